import type { PlainDate } from '../plain-date.ts';
import type { EventAnchor } from '../reminders/policy.ts';
import { dateAt, type EpochMs } from '../zoned-time.ts';
import type { ActInput } from './act-input.ts';
import type { Refusal } from './refusals.ts';
import type { CasePatch, CaseState } from './state.ts';
import type { Act, PartyLabel } from './vocabulary.ts';

export interface Moment {
  readonly now: EpochMs;
  readonly today: PlainDate;
}

export function momentAt(now: EpochMs): Moment {
  return { now, today: dateAt(now) };
}

/** What the parties may be told of; whom, when and how is for the case's policy to say. */
export interface Happened {
  readonly on: EventAnchor;
  /** Who did it, after a withdrawal. */
  readonly actor?: PartyLabel;
  /** Whom it is about, where it is not about both. */
  readonly concerned?: readonly PartyLabel[];
}

/** What an act does beside moving the stage. */
export interface Effect {
  readonly patch?: CasePatch;
  /** Codes, dates and ids for the timeline; no personal data. */
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly happened?: Happened;
  /** Number to be drawn from its gap-free sequence in the act's own transaction. */
  readonly allocate?: 'receipt' | 'certificate';
}

/** One act of the procedure: its guard (date, place, presence) and its effect. Both are pure. */
export interface ActRule<A extends Act> {
  refuse?: (state: CaseState, input: ActInput<A>, at: Moment) => Refusal | undefined;
  effect?: (state: CaseState, input: ActInput<A>, at: Moment) => Effect;
}

/** Both applicants stand before the registrar (民法典 1076: 亲自). */
export function bothPresent(parties: readonly PartyLabel[]): boolean {
  return parties.includes('a') && parties.includes('b');
}
