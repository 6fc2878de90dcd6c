import type { Stage } from '../case/vocabulary.ts';
import { isOpen } from '../procedure.ts';
import type { EpochMs } from '../zoned-time.ts';
import { CLOCK_NOTICE_KINDS, type NoticeKind } from './kinds.ts';

/** Why a notice says what is not so any more. */
export const UNTRUE_REASONS = ['DATES_CHANGED', 'CASE_WENT_ON', 'CASE_ENDED'] as const;
export type UntrueReason = (typeof UNTRUE_REASONS)[number];

/** What a notice claims. */
export interface Claimed {
  readonly kind: NoticeKind;
  /** Version of the deadlines it was planned under. */
  readonly deadlineVersion: number;
}

/** The case as it stands now. */
export interface Standing {
  readonly stage: Stage;
  readonly deadlineVersion: number;
}

/**
 * The stages at which a notice is true; `open` is any at which the case goes on, `ever` also what comes after its end.
 * A window opens at midnight by its date, while its case may be woken hours later: what speaks of the window is true of
 * a case that still reads `cooling-off`. Were the window shut again by a calendar, the dates would have a new version.
 */
const TRUE_AT = {
  'draft-lapsing': ['draft'],
  'material-missing': ['correction'],
  'pre-check-passed': ['ready'],
  appointment: 'open',
  'cooling-off-ending': ['cooling-off'],
  'window-open': ['cooling-off', 'confirmation'],
  'window-closing': ['cooling-off', 'confirmation'],
  'dates-changed': ['cooling-off', 'confirmation'],
  withdrawn: 'ever',
  'status-changed': 'ever',
  'deemed-withdrawn': 'ever',
  registered: 'ever',
  'archive-copy': 'ever',
  'rating-invitation': 'ever',
  'number-confirmation': 'ever',
} as const satisfies Record<NoticeKind, readonly Stage[] | 'open' | 'ever'>;

/** These show dates of the clock, and nothing else. The version that other kinds carry says only when they were planned. */
const SHOW_DATES: readonly NoticeKind[] = [...CLOCK_NOTICE_KINDS, 'dates-changed'];

/**
 * Whether what a notice says is still so. Asked whenever one that was planned earlier is about to be sent, sent again,
 * or rung up about: a calendar may have moved its dates meanwhile, or the case gone on.
 * @returns true, or why not
 */
export function stillTrue(notice: Claimed, now: Standing): true | UntrueReason {
  const stages: readonly Stage[] | 'open' | 'ever' = TRUE_AT[notice.kind];
  if (stages === 'ever') return true;
  if (!isOpen(now.stage)) return 'CASE_ENDED';
  if (SHOW_DATES.includes(notice.kind) && notice.deadlineVersion < now.deadlineVersion)
    return 'DATES_CHANGED';
  return stages === 'open' || stages.includes(now.stage) ? true : 'CASE_WENT_ON';
}

/**
 * Why a notice that has not reached its party is taken back; undefined when it is not. One whose time has run out
 * because the clock went on was true as long as it was of use: that nobody could be warned is not covered up.
 */
export function takenBack(
  notice: Claimed & { readonly usefulUntil?: EpochMs | undefined },
  standing: Standing,
  now: EpochMs,
): UntrueReason | undefined {
  const truth = stillTrue(notice, standing);
  if (truth === true) return undefined;
  const ranOut =
    truth === 'CASE_WENT_ON' &&
    notice.kind === 'cooling-off-ending' &&
    notice.usefulUntil !== undefined &&
    now >= notice.usefulUntil;
  return ranOut ? undefined : truth;
}
