import { addDays, type PlainDate } from '../plain-date.ts';
import { dateAt, instantAt, type EpochMs } from '../zoned-time.ts';
import type { ClockReading, ProvisionalDate } from './periods.ts';

/** When the accepting office closes, `HH:MM` in Asia/Shanghai; it matters only on a last day (民法典 203). */
export interface OpeningHours {
  closes: string;
}

const isProvisional = (reading: ClockReading, date: ProvisionalDate) =>
  reading.provisionalDates.includes(date);

/**
 * Whether a party may withdraw (撤回) at `now`: from the day of receipt, on any day before the last at any
 * hour, on `coolingOffLastDay` until closing time. The closing instant itself is too late. While that last day is
 * provisional nobody loses the right.
 */
export function withdrawalOpen(reading: ClockReading, now: EpochMs, hours: OpeningHours): boolean {
  const today = dateAt(now);
  if (today < reading.receivedOn) return false;
  if (isProvisional(reading, 'coolingOffLastDay')) return true;
  return now < instantAt(reading.coolingOffLastDay, hours.closes);
}

export const CLAIM_WINDOWS = ['before', 'open', 'after'] as const;
export type ClaimWindow = (typeof CLAIM_WINDOWS)[number];

/**
 * Where `today` stands to the claim window (申领离婚证期间). While `coolingOffLastDay` is provisional the
 * window is never open, so that nothing is issued early. `after` alone does not end a case: see
 * {@link claimExpired}.
 */
export function claimWindow(reading: ClockReading, today: PlainDate): ClaimWindow {
  if (!coolingOffOver(reading, today)) return 'before';
  return today > reading.claimLastDay ? 'after' : 'open';
}

/**
 * Whether a certificate may be issued at `now`, as far as the clock goes (that it is a working day is a
 * separate question). On `claimLastDay` the office's closing ends it, except for a couple checked in before
 * closing that day.
 */
export function claimOpen(
  reading: ClockReading,
  now: EpochMs,
  hours: OpeningHours,
  checkedInAt?: EpochMs,
): boolean {
  const today = dateAt(now);
  if (claimWindow(reading, today) !== 'open') return false;
  if (today < reading.claimLastDay) return true;
  const closing = instantAt(reading.claimLastDay, hours.closes);
  if (now < closing) return true;
  return checkedInAt !== undefined && dateAt(checkedInAt) === today && checkedInAt < closing;
}

/** Whether the cooling-off period is over; never on a provisional last day. */
export function coolingOffOver(reading: ClockReading, today: PlainDate): boolean {
  return today > reading.coolingOffLastDay && !isProvisional(reading, 'coolingOffLastDay');
}

/** Whether the application now counts as withdrawn (视为撤回); never on a provisional last day. */
export function claimExpired(reading: ClockReading, today: PlainDate): boolean {
  return today > reading.claimLastDay && !isProvisional(reading, 'claimLastDay');
}

/** Whether a date has passed that is still provisional: the case waits for that year's notice, flagged. */
export function awaitsCalendar(reading: ClockReading, today: PlainDate): boolean {
  return (
    (today > reading.coolingOffLastDay && isProvisional(reading, 'coolingOffLastDay')) ||
    (today > reading.claimLastDay && isProvisional(reading, 'claimLastDay'))
  );
}

/** The instant the cooling-off period is over: 00:00 of the day after its last day. */
export function coolingOffEndsAt(reading: ClockReading): EpochMs {
  return instantAt(reading.claimFirstDay);
}

/** The instant an unclaimed application expires: 00:00 of the day after `claimLastDay`. */
export function claimEndsAt(reading: ClockReading): EpochMs {
  return instantAt(addDays(reading.claimLastDay, 1));
}
