import type { Locale, PartyLabel } from '../../domain/case/vocabulary.ts';
import type { Channel, NoticeKind } from '../../domain/reminders/kinds.ts';
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

/** A notice with what is needed to send it; held in memory only. */
export interface NoticeToSend {
  readonly id: string;
  readonly caseNumber: string;
  readonly rehearsal: boolean;
  readonly party: PartyLabel;
  readonly kind: NoticeKind;
  readonly locale: Locale;
  readonly state: NoticeState;
  readonly channels: readonly Channel[];
  readonly channel?: Channel;
  readonly attemptedAt?: EpochMs;
  readonly dates: NoticeDates;
  readonly contact: { readonly mobile?: string; readonly email?: string };
}

export interface Attempt {
  readonly channel: Channel;
  readonly at: EpochMs;
  readonly text: string;
  readonly templateVersion: string;
  readonly parts: number;
}

export interface NoticeStore {
  find(id: string): Promise<NoticeToSend | undefined>;
  /** Written before the gateway is called: from here on the outcome is unknown until told. */
  sending(notice: NoticeToSend, attempt: Attempt): Promise<void>;
  sent(id: string, providerId: string, at: EpochMs): Promise<void>;
  /** Surely not sent; it will be tried again. */
  putBack(id: string, error: string): Promise<void>;
  /** Nobody has told us whether it was sent: the gateway is asked before it is tried again. */
  stillUnknown(id: string, error: string): Promise<void>;
  /** No channel is left. */
  failed(id: string, error: string): Promise<void>;
  /** Whether other notices of the case are still being tried in vain. */
  othersDelayed(caseNumber: string, exceptId: string): Promise<boolean>;
}
