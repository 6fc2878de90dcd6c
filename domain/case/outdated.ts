import { CLOCK_NOTICE_KINDS } from '../reminders/kinds.ts';
import type { EpochMs } from '../zoned-time.ts';
import type { PendingNotice } from './state.ts';

const CLOCK_KINDS: readonly string[] = CLOCK_NOTICE_KINDS;

/**
 * Whether an overdue reminder of the clock has a later one of its kind among those `due`: after a standstill the last
 * says what the others would have said, and three at once would only confuse.
 */
export function isOutdated(notice: PendingNotice, due: readonly PendingNotice[], now: EpochMs): boolean {
  if (notice.dueAt > now || !CLOCK_KINDS.includes(notice.kind)) return false;
  return due.some(({ kind, dueAt }) => kind === notice.kind && dueAt > notice.dueAt);
}
