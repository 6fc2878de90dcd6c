import type { ClockReading } from '../clock/periods.ts';
import { addDays } from '../plain-date.ts';
import { instantAt, type EpochMs } from '../zoned-time.ts';
import type { NoticeKind } from './kinds.ts';
import { DEFAULT_REMINDER_POLICY, type ReminderPolicy } from './policy.ts';
import { nextAllowed } from './quiet-hours.ts';

/** A notice that is due at `dueAt`; those planned here go to both parties. Plain JSON. */
export interface PlannedNotice {
  kind: NoticeKind;
  dueAt: EpochMs;
  deadlineVersion: number;
  /** Days from the rule's anchor date; negative is before. */
  offsetDays: number;
}

export interface PlanOptions {
  /** Counts up whenever the case's dates are recomputed. */
  deadlineVersion: number;
  /** Leaves out what is due at or before this instant: a case that joins late is not sent past reminders. */
  after?: EpochMs | undefined;
  policy?: ReminderPolicy | undefined;
}

/** The reminders that follow from a clock reading, earliest first, none inside quiet hours. */
export function planReminders(reading: ClockReading, options: PlanOptions): PlannedNotice[] {
  const { deadlineVersion, after = -Infinity, policy = DEFAULT_REMINDER_POLICY } = options;
  return policy.rules
    .map((rule) => ({
      kind: rule.kind,
      dueAt: nextAllowed(instantAt(addDays(reading[rule.anchor], rule.offsetDays), rule.at)),
      deadlineVersion,
      offsetDays: rule.offsetDays,
    }))
    .filter((notice) => notice.dueAt > after)
    .sort((a, b) => a.dueAt - b.dueAt);
}
