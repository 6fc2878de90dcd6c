import type { PlainDate } from '../../domain/plain-date.ts';
import type { Realm } from '../../domain/case/state.ts';
import { type EpochMs, instantAt } from '../../domain/zoned-time.ts';
import {
  findReminder,
  type ReminderRow,
  type ReminderScope,
  type Span,
} from '../../prisma/queries/reminders.ts';
import type { Present } from '../../prisma/requeue-notices.ts';
import { type Actor, may, requireCaseInScope, visibleVenues } from '../authorize.ts';
import { nowOf } from '../cases/load-case.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../problems/problem.ts';
import { FIRST_INSTANT, LAST_INSTANT } from './cursor.ts';

/** Which notices this reader may see. */
export function scopeOf(actor: Actor, realm: Realm): ReminderScope {
  return { realm, visibleVenues: visibleVenues(actor), seesSafety: may(actor, 'read-safety') };
}

/**
 * Whether a notice is kept from this reader: who must not learn of a change of status tells who must be protected
 * from whom.
 */
export function isHidden(actor: Actor, notice: { readonly kind: string }, flags: readonly string[]): boolean {
  return notice.kind === 'status-changed' && flags.includes('safety') && !may(actor, 'read-safety');
}

/**
 * A notice of the actor's venues.
 * @throws Problem 404 REMINDER_UNKNOWN, 403 VENUE_OUT_OF_SCOPE
 */
export async function getReminder(deps: ApiDependencies, actor: Actor, id: string): Promise<ReminderRow> {
  const row = await findReminder(deps.db, id);
  if (!row) throw new Problem('REMINDER_UNKNOWN');
  requireCaseInScope(actor, row.case);
  if (isHidden(actor, row, row.case.flags)) throw new Problem('REMINDER_UNKNOWN');
  return row;
}

/** Real time, and the time of the case. */
export function presentOf(deps: ApiDependencies, row: { readonly timeOffsetMs: bigint }): Present {
  const real = deps.now();
  return { real, own: nowOf(row, real) };
}

const DAY_MS = 86_400_000;

/** Civil days in Asia/Shanghai, as far as the database's instants go. */
export function daysFrom(on: PlainDate, days = 1): Span {
  const from = instantAt(on);
  return { from: known(from), to: known(from + days * DAY_MS) };
}

function known(instant: EpochMs): EpochMs {
  return Math.min(LAST_INSTANT, Math.max(FIRST_INSTANT, instant));
}
