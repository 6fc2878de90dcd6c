import type { WorkCalendar } from '../../../domain/clock/calendar.ts';
import { isWorkingDay } from '../../../domain/clock/calendar.ts';
import { periods } from '../../../domain/clock/periods.ts';
import { addDays, daysBetween, type PlainDate } from '../../../domain/plain-date.ts';
import type { Channel } from '../../../domain/reminders/kinds.ts';
import type { DistrictPolicies, ReminderPolicy, ReminderRule } from '../../../domain/reminders/policy.ts';
import { dateAt, type EpochMs, timeAt } from '../../../domain/zoned-time.ts';

const MINUTE_MS = 60_000;
const DISTRICT = '440311';

/** Reminders of a case of the present, all due at one minute. */
export interface DuePolicy {
  readonly policy: ReminderPolicy;
  /** The day on which the cases must have been accepted. */
  readonly receivedOn: PlainDate;
  readonly dueAt: EpochMs;
}

export interface DueOptions {
  readonly version: string;
  /** Not before this instant; it is the next whole minute. */
  readonly notBefore: EpochMs;
  readonly calendar: WorkCalendar;
  readonly leadMinutes: number;
  readonly channels?: readonly Channel[];
  /** Further rules, such as of events. */
  readonly rules?: readonly ReminderRule[];
}

/**
 * A policy by which everybody accepted on the last working day is reminded once, at a minute of today: three days
 * before the cooling-off period ends would be weeks away, so the rule counts from there back to today.
 */
export function dueAtMinute({ version, notBefore, calendar, leadMinutes, ...given }: DueOptions): DuePolicy {
  const dueAt = Math.ceil(notBefore / MINUTE_MS) * MINUTE_MS;
  const receivedOn = lastWorkingDayBefore(dateAt(Date.now()), calendar);
  const { coolingOffLastDay } = periods(receivedOn, calendar);
  const { channels = ['sms', 'email', 'call'], rules = [] } = given;
  const rule: ReminderRule = {
    kind: 'cooling-off-ending',
    on: 'cooling-off-last-day',
    days: daysBetween(coolingOffLastDay, dateAt(dueAt)),
    at: timeAt(dueAt),
    channels,
    to: 'both',
    urgency: 'routine',
  };
  return { policy: policyOf(version, receivedOn, leadMinutes, [rule, ...rules]), receivedOn, dueAt };
}

/** A policy that lets messages leave at any hour, as these tests run at any hour. */
export function policyOf(
  version: string,
  from: PlainDate,
  leadMinutes: number,
  rules: readonly ReminderRule[],
): ReminderPolicy {
  const sendingHours = { from: '00:00', until: '24:00' };
  return { version, from, basis: 'of a test', sendingHours, leadMinutes, rules };
}

export function districtOf(...policies: readonly ReminderPolicy[]): DistrictPolicies {
  return { district: DISTRICT, policies };
}

function lastWorkingDayBefore(today: PlainDate, calendar: WorkCalendar): PlainDate {
  let day = addDays(today, -1);
  while (!isWorkingDay(calendar, day)) day = addDays(day, -1);
  return day;
}
