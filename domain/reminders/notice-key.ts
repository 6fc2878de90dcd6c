import type { PartyLabel } from '../case/vocabulary.ts';
import type { NoticeKind } from './kinds.ts';

/** What makes a notice the same notice. */
export interface NoticeIdentity {
  caseNumber: string;
  party: PartyLabel;
  kind: NoticeKind;
  /** Version of the deadlines the notice speaks of; 0 for notices that follow an act. */
  deadlineVersion: number;
  /** Days from its anchor date, as in the policy; 0 for notices that follow an act. */
  offsetDays: number;
  /** Tells apart notices of one kind that may rightly come more than once: the id of the act or booking. */
  occasion?: string | undefined;
}

/**
 * One stable key per notice: however often it is planned or its sending retried, the recipient gets it once.
 * It holds no personal data and is safe as a gateway's idempotency key.
 */
export function noticeKey(notice: NoticeIdentity): string {
  const { caseNumber, party, kind, deadlineVersion, offsetDays, occasion } = notice;
  const base = `${caseNumber}/${party}/${kind}/v${deadlineVersion}/${offsetDays}`;
  return occasion === undefined ? base : `${base}/${occasion}`;
}
