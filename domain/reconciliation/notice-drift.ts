import type { GatewayChannel } from '../reminders/kinds.ts';
import type { EpochMs } from '../zoned-time.ts';
import { SLACK } from './slack.ts';

/** In how many ways a notice can be without the outcome it should have by now. */
export const NOTICE_DRIFTS = [
  'PLANNED_OVERDUE',
  'QUEUED_OVERDUE',
  'SENDING_STUCK',
  'RECEIPT_LATE',
  'PLAN_DIFFERS',
] as const;
export type NoticeDrift = (typeof NOTICE_DRIFTS)[number];

/**
 * `reconcile`: its case looks at its own plan · `deliver`: the delivery of its channel looks for due notices, and asks
 * the gateway about one whose outcome is unknown · `ask-gateway` what has become of it, then fall back · `person`.
 */
export const NOTICE_REPAIRS = ['reconcile', 'deliver', 'ask-gateway', 'person'] as const;
export type NoticeRepair = (typeof NOTICE_REPAIRS)[number];

/** What the database says of a notice that still lacks its outcome. */
export interface NoticeOnRecord {
  readonly state: 'planned' | 'queued' | 'sending' | 'sent';
  readonly channel?: GatewayChannel;
  readonly dueAt: EpochMs;
  readonly sendAt?: EpochMs;
  readonly attemptedAt?: EpochMs;
  readonly claimedUntil?: EpochMs;
  readonly sentAt?: EpochMs;
  /** It speaks of a window whose beginning no published calendar has settled: the case holds it back. */
  readonly heldBack: boolean;
  /** Its case has not come to its end. */
  readonly caseOpen: boolean;
  /** Whether the case's own plan, as kept with its last turn, has it; undefined when no such plan is kept. */
  readonly onPlan?: boolean;
}

/**
 * What is wrong with a notice at `now`, real time; undefined when nothing is.
 */
export function noticeDrift(notice: NoticeOnRecord, now: EpochMs): NoticeDrift | undefined {
  // Somebody is at it.
  if (notice.claimedUntil !== undefined && notice.claimedUntil > now) return undefined;
  switch (notice.state) {
    case 'planned':
      if (notice.onPlan === false) return 'PLAN_DIFFERS';
      return !notice.heldBack && notice.dueAt + SLACK.planned < now ? 'PLANNED_OVERDUE' : undefined;
    case 'queued':
      return late(notice.sendAt, SLACK.queued, now) ? 'QUEUED_OVERDUE' : undefined;
    case 'sending':
      return late(latest(notice.sendAt, notice.attemptedAt), SLACK.sending, now)
        ? 'SENDING_STUCK'
        : undefined;
    case 'sent':
      return lacksReceipt(notice, now) ? 'RECEIPT_LATE' : undefined;
  }
}

/** Mail servers give no receipts. */
function lacksReceipt({ channel, sentAt }: NoticeOnRecord, now: EpochMs): boolean {
  if (channel !== 'sms' || sentAt === undefined) return false;
  return late(sentAt, SLACK.receipt, now) && !late(sentAt, SLACK.receiptGivenUp, now);
}

/** Without an instant it is late already: nobody would ever look. */
function late(since: EpochMs | undefined, slack: number, now: EpochMs): boolean {
  return since === undefined || since + slack < now;
}

function latest(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

/** What is to be done about it. */
export function noticeRepair(drift: NoticeDrift, notice: Pick<NoticeOnRecord, 'caseOpen'>): NoticeRepair {
  switch (drift) {
    case 'PLANNED_OVERDUE':
    case 'PLAN_DIFFERS':
      // A case that has ended orders nothing any more.
      return notice.caseOpen ? 'reconcile' : 'person';
    case 'QUEUED_OVERDUE':
    case 'SENDING_STUCK':
      return 'deliver';
    case 'RECEIPT_LATE':
      return 'ask-gateway';
  }
}
