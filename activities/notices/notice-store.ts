import type { Locale, Outcome, PartyLabel, Stage } from '../../domain/case/vocabulary.ts';
import type { Channel, GatewayChannel, NoticeKind } from '../../domain/reminders/kinds.ts';
import type { SendingHours } from '../../domain/reminders/quiet-hours.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type { NoticeDates } from '../records/port.ts';

/**
 * `planned` for a later day · `queued` for its next attempt · `sending`: an outcome is not known yet · `sent`: a gateway
 * has it · `delivered`: proven · `undelivered`: no channel is left to fall back to, and none of the list · `to-call`:
 * staff must ring · `called`: staff reached the party · `failed`: nobody could be warned · `suppressed` by contact
 * safety or the party's own wish · `cancelled`: what it spoke of has changed.
 */
export const NOTICE_STATES = [
  'planned',
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'to-call',
  'called',
  'failed',
  'suppressed',
  'cancelled',
] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** States of one attempt. `rejected` and `not-sent` never reached the party. */
export const ATTEMPT_STATES = [
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'rejected',
  'not-sent',
] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** The latest attempt at a notice. */
export interface LastAttempt {
  /** From 1. */
  readonly n: number;
  readonly channel: GatewayChannel;
  readonly at: EpochMs;
  readonly state: AttemptState;
  /** What it said; the gateway is asked for exactly this. Only of one whose outcome is not known. */
  readonly text?: string;
}

export interface Wording {
  readonly text: string;
  readonly templateVersion: string;
  readonly parts: number;
}

/** A notice with what is needed to send it; held in memory only. Instants are real time unless said otherwise. */
export interface NoticeToSend {
  readonly id: string;
  readonly caseNumber: string;
  readonly rehearsal: boolean;
  readonly party: PartyLabel;
  readonly kind: NoticeKind;
  readonly template?: NoticeKind;
  readonly locale: Locale;
  readonly state: 'queued' | 'sending';
  readonly channels: readonly Channel[];
  readonly channel: GatewayChannel;
  readonly optional: boolean;
  /** In the case's own time, like `usefulUntil`. */
  readonly dueAt: EpochMs;
  readonly usefulUntil?: EpochMs;
  /** Tries on the channel in use that came to nothing. */
  readonly vainTries: number;
  readonly last?: LastAttempt;
  readonly dates: NoticeDates;
  /** Undefined when the case's personal data has been erased. */
  readonly contact?: { readonly mobile?: string; readonly email?: string };
  /** The change of number that is to be confirmed; only of `number-confirmation`, and only while it waits for that. */
  readonly changeId?: string;
  /** Public name of the venue the dates speak of, in the language of the notice. */
  readonly venueName?: string;
  /** Version of the deadlines the notice was planned under. */
  readonly deadlineVersion: number;
  /** Of the case as it stands now, like `stage` and `outcome`. */
  readonly caseDeadlineVersion: number;
  readonly stage: Stage;
  readonly outcome?: Outcome;
  /** Who withdrew; looked up only for notices that follow a withdrawal or an archive. */
  readonly withdrawnBy?: PartyLabel;
  /** A party of the case must be protected from the other. */
  readonly safety: boolean;
  /** The party wants no optional messages. */
  readonly declinesOptional: boolean;
  /** Of the policy the notice was planned under. */
  readonly sendingHours?: SendingHours;
  /** The case shows that its notices are delayed. */
  readonly delayShown: boolean;
  /** The case shows that somebody could not be warned. */
  readonly failureShown: boolean;
}

/** An attempt as it stands on record before the gateway is called. */
export interface Attempt extends Wording {
  readonly id: string;
  readonly caseNumber: string;
  readonly n: number;
  readonly channel: GatewayChannel;
  /** The number or address; kept as a blind index only. */
  readonly address: string;
  readonly at: EpochMs;
}

/** A gateway has taken it over. */
export interface Accepted {
  readonly id: string;
  readonly n: number;
  readonly providerId: string;
  readonly at: EpochMs;
}

/** What becomes of a notice that no gateway has taken over. */
export interface Settled {
  readonly id: string;
  readonly state: 'queued' | 'sending' | 'to-call' | 'undelivered' | 'failed' | 'suppressed' | 'cancelled';
  /** With `queued` and `sending`: where and when it is tried next. */
  readonly channel?: GatewayChannel;
  readonly sendAt?: EpochMs;
  readonly vainTries: number;
  readonly error?: string;
  /** How the attempt that was under way ended; without it, there was none or its outcome is still not known. */
  readonly attempt?: { readonly n: number; readonly state: AttemptState };
}

export interface Claim {
  readonly channel: GatewayChannel;
  /** Nobody else has this name. */
  readonly by: string;
  readonly now: EpochMs;
  /** The notices are this claimant's until then. */
  readonly until: EpochMs;
  readonly most: number;
  /** Only this one, whatever its hour. */
  readonly only?: string;
}

/** The outbox. Everything is done for a whole batch at once; states never go backwards. */
export interface NoticeStore {
  /** Takes due notices that nobody else is at: urgent ones first, then by their hour. */
  claim(claim: Claim): Promise<NoticeToSend[]>;
  /** Notices of the channel that are due and nobody is at; counted up to `most`. */
  waiting(channel: GatewayChannel, now: EpochMs, most: number): Promise<number>;
  /** When the next claim of somebody who may have died runs out. */
  nextLapse(channel: GatewayChannel, by: string): Promise<EpochMs | undefined>;
  /** Instants up to `until`, half a second exact, at which unclaimed notices are to be tried. */
  hours(until: EpochMs): Promise<readonly (readonly [GatewayChannel, EpochMs])[]>;
  /** Written before the gateway is called. @returns keys of those that may be sent: still claimed, and not cancelled */
  begin(by: string, attempts: readonly Attempt[]): Promise<ReadonlySet<string>>;
  /** Which of these names of the gateway's belong to other notices: two parties may share a telephone and a text. */
  othersOf(id: string, providerIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** False when the message turned out to be another notice's. */
  found(accepted: Accepted): Promise<boolean>;
  accepted(rows: readonly Accepted[]): Promise<void>;
  settle(by: string, rows: readonly Settled[]): Promise<void>;
  /** Whether notices of the case are still being tried in vain. */
  delayed(caseNumber: string): Promise<boolean>;
  /** Whether nobody of the case is left to be warned by staff, and nothing that failed before is on its way again. */
  warned(caseNumber: string): Promise<boolean>;
  /** Open cases with somebody to be warned by staff that were not told so since; one a person has settled was told. */
  untold(most: number): Promise<readonly string[]>;
}
