import type { PlainDate } from '../plain-date.ts';
import type { NoticeKind } from '../reminders/kinds.ts';
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

/** A notice an act or a transition gives rise to at once (sent in the next allowed hours). */
export interface ActNotice {
  readonly kind: NoticeKind;
  readonly parties: readonly PartyLabel[];
}

/** What an act does beside moving the stage. */
export interface Effect {
  readonly patch?: CasePatch;
  /** Codes, dates and ids for the timeline; no personal data. */
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly notices?: readonly ActNotice[];
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
