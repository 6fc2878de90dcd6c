import { mayAct } from '../domain/procedure.ts';
import { type Act, ROLES, type Role } from '../domain/case/vocabulary.ts';
import { Problem } from './problems/problem.ts';

/** Who asks, as the verified token says. */
export interface Actor {
  /** Staff id; never a name. */
  readonly sub: string;
  readonly role: Role;
  /** The venue they work at. */
  readonly venue: string;
  /** Venues they may act for; `*` is the whole district. */
  readonly venues: readonly string[];
}

const REGISTRARS = ['clerk', 'reviewer', 'supervisor'] as const satisfies readonly Role[];

/**
 * What each role may do besides the acts of the procedure, whose roles stand in its own table. The one place
 * where the API decides about rights.
 */
export const PERMISSIONS = {
  'start-case': ['clerk', 'dispatcher'],
  'import-case': ['supervisor'],
  'read-case': ROLES,
  /** Identity numbers of both parties; telephone number and address of one at a time. */
  'read-personal-data': REGISTRARS,
  /** One party's telephone number and address at a time, to visit or to call. */
  'read-contact': ['counsellor', 'dispatcher'],
  /** Names, for whoever deals with the couple or its file. */
  'read-names': [...REGISTRARS, 'counsellor', 'dispatcher', 'archivist', 'auditor'],
  /** Who must be protected from whom: those who arrange a visit. */
  'read-safety': ['clerk', 'counsellor', 'supervisor'],
  /** What staff wrote and what notices said. */
  'read-texts': [...REGISTRARS, 'auditor'],
  'add-document': ['clerk', 'reviewer', 'dispatcher'],
  'read-document': [...REGISTRARS, 'archivist', 'auditor'],
  'read-paper': [...REGISTRARS, 'archivist', 'auditor'],
  'read-findings': [...REGISTRARS, 'auditor'],
  'read-history': ['supervisor', 'auditor', 'admin'],
  'read-archive': ['archivist', 'supervisor', 'auditor'],
  'act-on-counselling': ['counsellor', 'dispatcher', 'clerk'],
  /** Who was due a reminder, and what became of it. */
  'read-reminders': ['quality', 'supervisor', 'auditor', 'clerk'],
  /** Whom staff must still ring. */
  'read-call-list': ['quality', 'supervisor', 'auditor', 'clerk', 'dispatcher', 'counsellor'],
  /** The telephone number of the one party a call is for. */
  'ring-party': ['clerk', 'supervisor', 'dispatcher', 'counsellor'],
  'record-call': ['clerk', 'supervisor', 'quality', 'dispatcher', 'counsellor'],
  /** To send again, to enter a new number and its code, to note what a party does not want. */
  'handle-reminders': ['clerk', 'supervisor', 'quality'],
  /** The second pair of eyes. */
  'approve-number': ['supervisor', 'reviewer'],
  /** Who handles reminders, and who is asked to approve. */
  'refuse-number': ['clerk', 'supervisor', 'quality', 'reviewer'],
  'read-number-changes': [...REGISTRARS, 'quality', 'auditor'],
  /** Whether engine and record agree, and what is wrong with the system itself. */
  'read-reconciliations': ['supervisor', 'quality', 'auditor', 'admin'],
  'start-reconciliation': ['supervisor', 'admin'],
  'propose-calendar': ['supervisor', 'admin'],
  'approve-calendar': ['supervisor', 'admin'],
  'read-recomputation': ['supervisor', 'quality', 'auditor', 'admin'],
  'control-recomputation': ['supervisor', 'admin'],
  'read-reference-data': ROLES,
  rehearse: ROLES,
  'decode-payloads': ['supervisor', 'auditor', 'admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export function may(actor: Actor, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(actor.role);
}

/** @throws Problem 403 ROLE_NOT_ALLOWED */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) throw new Problem('ROLE_NOT_ALLOWED');
}

/** @throws Problem 403 ROLE_NOT_ALLOWED when the procedure gives this act to other roles */
export function requireAct(actor: Actor, act: Act): void {
  if (!mayAct(actor.role, act)) throw new Problem('ROLE_NOT_ALLOWED');
}

export function inScope(actor: Actor, venueId: string): boolean {
  return actor.venues.includes('*') || actor.venues.includes(venueId);
}

/** Where an act is done: at the venue named in the request if the token covers it, else at home. */
export function actingVenue(actor: Actor, requested: string | undefined): string {
  if (requested === undefined) return actor.venue;
  if (requested !== actor.venue && !inScope(actor, requested)) throw new Problem('VENUE_OUT_OF_SCOPE');
  return requested;
}

/** The venues whose cases an actor may see; undefined for the whole district. */
export function visibleVenues(actor: Actor): readonly string[] | undefined {
  return actor.venues.includes('*') ? undefined : [...new Set([actor.venue, ...actor.venues])];
}

/** @throws Problem 403 VENUE_OUT_OF_SCOPE when neither office of the case is the actor's */
export function requireCaseInScope(
  actor: Actor,
  venues: { readonly venueId: string; readonly acceptingVenueId: string | null },
): void {
  const visible = visibleVenues(actor);
  const own = [venues.venueId, venues.acceptingVenueId].some((id) => id !== null && visible?.includes(id));
  if (visible && !own) throw new Problem('VENUE_OUT_OF_SCOPE');
}
