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

export interface Lapse {
  readonly stage: Stage;
  readonly lapsesAt: EpochMs;
  readonly deadlineVersion: number;
  /**
   * What began the stage, by the key of its step. The instant of the lapse would not do: a turn that is done again after
   * a worker's death reads a later clock, and its reminders must be the same ones.
   */
  readonly begunBy: string;
}

/** Reminders that the stage just begun will lapse, for both parties; what would be due by `now` is left out. */
export function lapseReminders(policy: ReminderPolicy, lapse: Lapse, now: EpochMs): PlannedNotice[] {
  const { stage, lapsesAt, deadlineVersion, begunBy } = lapse;
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
        occasion: `${anchor}@${begunBy}`,
      },
      policy,
    );
    return notice && notice.dueAt > now ? [notice] : [];
  });
}
