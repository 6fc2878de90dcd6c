import { PARTIES } from '../case/vocabulary.ts';
import type { ClockReading } from '../clock/periods.ts';
import type { PlainDate } from '../plain-date.ts';
import type { EpochMs } from '../zoned-time.ts';
import { earliestFirst, noticeOf, onDay, type PlannedNotice, rulesOn } from './planned-notice.ts';
import { POLICY_0_1 } from './policy-0-1.ts';
import type { ReminderPolicy } from './policy.ts';

export interface PlanOptions {
  /** Counts up whenever the case's dates are recomputed. */
  readonly deadlineVersion: number;
  /** Leaves out what is due at or before this instant: a case that joins late is not sent past reminders. */
  readonly after?: EpochMs | undefined;
  readonly policy?: ReminderPolicy | undefined;
}

/** The dates of the legal clock that a reminder can hang on. */
const CLOCK_DATES = {
  'cooling-off-last-day': ({ coolingOffLastDay }) => coolingOffLastDay,
  'claim-first-day': ({ claimFirstDay }) => claimFirstDay,
  'claim-last-day': ({ claimLastDay }) => claimLastDay,
} as const satisfies Record<string, (reading: ClockReading) => PlainDate>;
type ClockAnchor = keyof typeof CLOCK_DATES;

/** The reminders that follow from a clock reading, for both parties, earliest first, none inside quiet hours. */
export function planReminders(reading: ClockReading, options: PlanOptions): PlannedNotice[] {
  const { deadlineVersion, after = -Infinity, policy = POLICY_0_1 } = options;
  const planned = (Object.keys(CLOCK_DATES) as ClockAnchor[]).flatMap((anchor) =>
    rulesOn(policy, anchor).map((rule) =>
      noticeOf(
        rule,
        {
          wanted: onDay(rule, CLOCK_DATES[anchor](reading)),
          deadlineVersion,
          parties: PARTIES,
          about: { clock: reading },
        },
        policy,
      ),
    ),
  );
  return earliestFirst(
    planned.filter((notice) => notice !== undefined && notice.dueAt > after) as PlannedNotice[],
  );
}
