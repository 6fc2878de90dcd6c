import type { AppointmentFact } from './appointment-fact.ts';
import type { ClockReading } from '../clock/periods.ts';
import type { WorkCalendar } from '../clock/calendar.ts';
import { type Lapse, lapseReminders } from '../reminders/plan-lapse.ts';
import type { PlannedNotice } from '../reminders/planned-notice.ts';
import { POLICY_0_1 } from '../reminders/policy-0-1.ts';
import type { ReminderPolicy } from '../reminders/policy.ts';
import type { EpochMs } from '../zoned-time.ts';
import type { AttentionCode, Channel, Flag, Outcome, PartyLabel, Stage } from './vocabulary.ts';

export type Realm = 'live' | 'rehearsal';

/** What an act answered; kept so that the same act sent twice is answered twice and done once. */
export interface ActAnswer {
  readonly seq: number;
  readonly stage: Stage;
  readonly receiptNumber?: string;
  readonly certificateNumber?: string;
}

export interface Attention {
  readonly code: AttentionCode;
  readonly since: EpochMs;
}

/** A notice waiting for its hour; `ordered` when it is on its way already and can still be taken back. */
export type PendingNotice = PlannedNotice & { readonly ordered?: boolean };

/** Counselling asked for in this case; its own life is a workflow of its own. */
export interface CounsellingRef {
  readonly id: string;
  readonly open: boolean;
}

/**
 * All that a case must remember to go on. Plain JSON without personal data: it is the workflow's state, is
 * handed on by continue-as-new, and is what the rules of `domain/case` take and give.
 */
export interface CaseState {
  readonly caseNumber: string;
  readonly realm: Realm;
  readonly channel: Channel;
  readonly venueId: string;
  readonly acceptingVenueId?: string;
  readonly openedAt: EpochMs;
  readonly stage: Stage;
  readonly stageSince: EpochMs;
  readonly outcome?: Outcome;
  readonly flags: readonly Flag[];
  /** Number of the last recorded step. */
  readonly seq: number;
  readonly answers: Readonly<Record<string, ActAnswer>>;
  /** When the stage lapses by itself: drafts, corrections and passed pre-checks. */
  readonly lapsesAt?: EpochMs;
  /** How often the application has been submitted; each time is a round of checks. */
  readonly preCheckRound: number;
  readonly calendar?: WorkCalendar;
  readonly clock?: ClockReading;
  readonly deadlineVersion: number;
  /** `HH:MM` at which the accepting office closes; it counts on the last day of a period only. */
  readonly closes: string;
  readonly checkedInAt?: EpochMs;
  /** Notices whose hour has not come, or that have not been ordered, earliest first. */
  readonly planned: readonly PendingNotice[];
  readonly attention: readonly Attention[];
  readonly counselling: readonly CounsellingRef[];
  /** Who must not be told of what the other does (`safety` flag). */
  readonly safety: readonly PartyLabel[];
  /** Who has given an e-mail address. */
  readonly mailable: readonly PartyLabel[];
  /** What the case reminds of; a case opened before policies were data has none and keeps to {@link POLICY_0_1}. */
  readonly policy?: ReminderPolicy;
  /** Visits ahead. */
  readonly appointments?: readonly AppointmentFact[];
  /** Who withdrew. */
  readonly withdrawnBy?: PartyLabel;
}

/** Changes to a case; a property that is `undefined` is removed. */
export type CasePatch = { readonly [K in keyof CaseState]?: CaseState[K] | undefined };

/** The case with a patch applied. */
export function patched(state: CaseState, patch: CasePatch): CaseState {
  const next: Record<string, unknown> = { ...state, ...patch };
  for (const key of Object.keys(patch)) if (next[key] === undefined) Reflect.deleteProperty(next, key);
  return next as unknown as CaseState;
}

/** What a case is opened with. */
export interface CaseOpening {
  readonly caseNumber: string;
  readonly realm: Realm;
  readonly channel: Channel;
  readonly venueId: string;
  readonly flags: readonly Flag[];
  readonly safety: readonly PartyLabel[];
  readonly mailable: readonly PartyLabel[];
  readonly policy?: ReminderPolicy;
  readonly closes: string;
  /** When its row was written; without it (opened by release 0.1) the case begins when its workflow does. */
  readonly openedAt?: EpochMs;
  /** What a draft is reminded of was written with its row. */
  readonly planOnRecord?: true;
  /** Step number 1 is written together with the case row, before the workflow starts. */
  readonly seq: number;
}

/** A draft nobody touches lapses after this many days (domain.md §6: drafts are kept 30 days). */
export const DRAFT_IDLE_DAYS = 30;
/** How long a couple may take to hand in what was missing. */
export const CORRECTION_DAYS = 30;
/** How long a passed pre-check is good for a visit; slots are released up to 30 days ahead. */
export const PRE_CHECK_VALID_DAYS = 60;

const DAY_MS = 86_400_000;

/** The state of a newly opened case at `now`. */
export function openCase(opening: CaseOpening, now: EpochMs): CaseState {
  const lapsesAt = lapseAfter(now, DRAFT_IDLE_DAYS);
  const { policy } = opening;
  return {
    caseNumber: opening.caseNumber,
    realm: opening.realm,
    channel: opening.channel,
    venueId: opening.venueId,
    openedAt: now,
    stage: 'draft',
    stageSince: now,
    flags: opening.flags,
    seq: opening.seq,
    answers: {},
    lapsesAt,
    deadlineVersion: 0,
    preCheckRound: 0,
    closes: opening.closes,
    planned: policy ? lapseReminders(policy, draftLapse(lapsesAt), now) : [],
    attention: [],
    counselling: [],
    safety: opening.safety,
    mailable: opening.mailable,
    ...(policy ? { policy } : {}),
  };
}

/** A draft is begun once, at the instant its row was written. */
function draftLapse(lapsesAt: EpochMs): Lapse {
  return { stage: 'draft', lapsesAt, deadlineVersion: 0, begunBy: String(lapsesAt) };
}

/** What the case reminds of. */
export function policyOf({ policy = POLICY_0_1 }: Pick<CaseState, 'policy'>): ReminderPolicy {
  return policy;
}

/** Ordered, and its hour has come: it is with the gateway, or will be in a moment. */
export function hasLeft({ ordered, dueAt }: PendingNotice, now: EpochMs): boolean {
  return ordered === true && dueAt <= now;
}

/** Of what is planned, what outlives the stage in which it was planned: reminders of visits, and a new number's code. */
export function lastingNotices(planned: readonly PendingNotice[]): readonly PendingNotice[] {
  return planned.filter(({ on }) => on === 'appointment' || on === 'number-changed');
}

/** `flags` with `flag` present or absent, in the order of the closed set. */
export function withFlag(flags: readonly Flag[], flag: Flag, present: boolean): readonly Flag[] {
  const others = flags.filter((each) => each !== flag);
  return present ? [...others, flag] : others;
}

/** `now` plus whole days, as the instant at which a stage lapses. */
export function lapseAfter(now: EpochMs, days: number): EpochMs {
  return now + days * DAY_MS;
}
