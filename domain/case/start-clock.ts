import type { WorkCalendar } from '../clock/calendar.ts';
import { type ClockReading, periods } from '../clock/periods.ts';
import type { PlainDate } from '../plain-date.ts';
import { planReminders } from '../reminders/plan.ts';
import { earliestFirst } from '../reminders/planned-notice.ts';
import type { EpochMs } from '../zoned-time.ts';
import { type CaseState, policyOf, lastingNotices, withFlag } from './state.ts';

/** The part of a case that follows from its clock; reminders of visits stay as they are. */
export type Clocked = Required<
  Pick<CaseState, 'calendar' | 'clock' | 'deadlineVersion' | 'planned' | 'flags'>
>;

/**
 * Both periods and the reminders that follow from a date of receipt under a calendar. Used at acceptance, at
 * import, and again when a calendar is published; each time is a new deadline version.
 * @param after reminders due at or before this instant are not planned
 */
export function startClock(
  state: CaseState,
  receivedOn: PlainDate,
  calendar: WorkCalendar,
  after: EpochMs,
): Clocked & { readonly clock: ClockReading } {
  const clock = periods(receivedOn, calendar);
  const deadlineVersion = state.deadlineVersion + 1;
  const reminders = planReminders(clock, { deadlineVersion, after, policy: policyOf(state) });
  return {
    calendar,
    clock,
    deadlineVersion,
    planned: earliestFirst([...reminders, ...lastingNotices(state.planned)]),
    flags: withFlag(state.flags, 'provisional-clock', clock.provisional),
  };
}
