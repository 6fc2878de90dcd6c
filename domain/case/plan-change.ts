import { isOpen } from '../procedure.ts';
import { noticeKey } from '../reminders/notice-key.ts';
import type { EpochMs } from '../zoned-time.ts';
import { isOutdated } from './outdated.ts';
import { type CaseState, hasLeft, type PendingNotice } from './state.ts';
import { channelsTo, type Step } from './step.ts';
import type { PartyLabel } from './vocabulary.ts';

/** Why a notice on the plan will not be sent. Codes, shown to staff in words. */
export const CANCEL_REASONS = [
  'DATES_CHANGED',
  'CASE_WENT_ON',
  'CASE_ENDED',
  'APPOINTMENT_CHANGED',
  'CORRECTED',
  'SUPERSEDED',
] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** How a plan differs from the one on record. */
export interface PlanDifference {
  readonly add: readonly PendingNotice[];
  /** Keys of the notices taken back. */
  readonly cancel: readonly string[];
  readonly reason?: CancelReason;
  /** Keys of all that stands, when nothing else may be left on record as planned. */
  readonly standing?: readonly string[];
}

/**
 * What a turn changes in the plan on record. What is ordered in this turn is told by the order itself, and what has
 * left is never taken back.
 * @param before the plan as it stands on record
 * @param after the case at the end of the turn
 * @param due what the turn orders
 */
export function planDifference(
  before: readonly PendingNotice[],
  after: CaseState,
  due: readonly PendingNotice[],
  steps: readonly Step[],
  now: EpochMs,
): PlanDifference {
  const keys = (notices: readonly PendingNotice[]) =>
    notices.flatMap((each) => keysOf(after.caseNumber, each));
  const onRecord = new Set(keys(before));
  const standing = new Set(keys(reachable(after, [...after.planned, ...due])));
  const add = reachable(after, after.planned).filter(
    (each) => !each.ordered && keysOf(after.caseNumber, each).some((key) => !onRecord.has(key)),
  );
  const gone = before.filter((each) => !hasLeft(each, now) && keys([each]).some((key) => !standing.has(key)));
  const cancel = keys(gone).filter((key) => !standing.has(key));
  return { add, cancel, ...(cancel.length > 0 ? { reason: reasonOf(after, steps, gone, due, now) } : {}) };
}

/** Of planned notices what can reach anybody, and only for those it can reach: only that is ever on record. */
export function reachable(
  to: Pick<CaseState, 'mailable'>,
  notices: readonly PendingNotice[],
): readonly PendingNotice[] {
  return notices.flatMap((notice) => {
    const parties = notice.parties.filter((party) => channelsTo(to, notice.channels, party).length > 0);
    if (parties.length === notice.parties.length) return [notice];
    return parties.length === 0 ? [] : [{ ...notice, parties }];
  });
}

export function isEmpty({ add, cancel }: PlanDifference): boolean {
  return add.length === 0 && cancel.length === 0;
}

function reasonOf(
  after: CaseState,
  steps: readonly Step[],
  gone: readonly PendingNotice[],
  due: readonly PendingNotice[],
  now: EpochMs,
): CancelReason {
  if (!isOpen(after.stage)) return 'CASE_ENDED';
  const kinds = steps.map(({ kind }) => kind);
  if (kinds.includes('calendar-published')) return 'DATES_CHANGED';
  if (kinds.includes('appointment-changed')) return 'APPOINTMENT_CHANGED';
  if (gone.every((each) => isOutdated(each, due, now))) return 'SUPERSEDED';
  return kinds.length > 0 && kinds.every((kind) => kind === 'correct') ? 'CORRECTED' : 'CASE_WENT_ON';
}

/** The keys of a notice, one for each party it is for. */
export function keysOf(caseNumber: string, notice: PendingNotice): string[] {
  return notice.parties.map((party) => keyOf(caseNumber, notice, party));
}

export function keyOf(caseNumber: string, notice: PendingNotice, party: PartyLabel): string {
  const { kind, deadlineVersion, offsetDays, occasion } = notice;
  return noticeKey({ caseNumber, party, kind, deadlineVersion, offsetDays, occasion });
}
