import { PARTIES, type Stage } from '../case/vocabulary.ts';
import { dateAt, type EpochMs } from '../zoned-time.ts';
import { noticeOf, onDay, type PlannedNotice, rulesOn } from './planned-notice.ts';
import type { DateAnchor, ReminderPolicy } from './policy.ts';

/** The stages that lapse by themselves, and what a reminder of it hangs on. */
const LAPSES = {
  draft: 'draft-lapses',
  correction: 'correction-lapses',
  ready: 'pre-check-lapses',
} as const satisfies Partial<Record<Stage, DateAnchor>>;

/** Reminders that the stage just begun will lapse, for both parties; what would be due by `now` is left out. */
export function lapseReminders(
  policy: ReminderPolicy,
  lapse: { readonly stage: Stage; readonly lapsesAt: EpochMs; readonly deadlineVersion: number },
  now: EpochMs,
): PlannedNotice[] {
  const { stage, lapsesAt, deadlineVersion } = lapse;
  const anchors: Partial<Record<Stage, DateAnchor>> = LAPSES;
  const anchor = anchors[stage];
  if (anchor === undefined) return [];
  return rulesOn(policy, anchor).flatMap((rule) => {
    const notice = noticeOf(
      rule,
      {
        wanted: onDay(rule, dateAt(lapsesAt)),
        deadlineVersion,
        parties: PARTIES,
        about: { lapsesAt },
        // A case can be returned for correction more than once.
        occasion: `${anchor}@${lapsesAt}`,
      },
      policy,
    );
    return notice && notice.dueAt > now ? [notice] : [];
  });
}
