import { addDays, plainDate, type PlainDate, yearOf } from '../plain-date.ts';
import { type DayKind, dayKind, type YearCalendar } from './calendar.ts';

/** What is possible in a proposed year, and unlikely: both people see it before anything comes into force. */
export const CALENDAR_FLAG_CODES = [
  'CALENDAR_NO_MAKE_UP_DAYS',
  'CALENDAR_YEAR_PUBLISHED_DIFFERS',
  'CALENDAR_YEAR_PUBLISHED_SAME',
  'CALENDAR_DAYS_OFF_UNUSUAL',
] as const;
export type CalendarFlagCode = (typeof CALENDAR_FLAG_CODES)[number];

/** Whoever proposes must say that it is meant. An unusual number of days is only shown: a notice may be unusual. */
export const FLAGS_TO_CONFIRM: ReadonlySet<CalendarFlagCode> = new Set([
  'CALENDAR_NO_MAKE_UP_DAYS',
  'CALENDAR_YEAR_PUBLISHED_DIFFERS',
  'CALENDAR_YEAR_PUBLISHED_SAME',
]);

/** A day that is another under the proposal than under the calendar in force. */
export interface DifferingDay {
  readonly date: PlainDate;
  readonly before: DayKind;
  readonly after: DayKind;
}

export interface CalendarFlag {
  readonly code: CalendarFlagCode;
  /** For a year that is published already: the days that differ. */
  readonly days?: readonly DifferingDay[];
  /** For an unusual number: weekdays off that no make-up day pays for, and what the law gives. */
  readonly found?: number;
  readonly expected?: number;
}

/**
 * Weekdays off less weekend days worked are the days the law gives, since a statutory day on a weekend is made good
 * on a weekday: 13 since 2025 (放假办法 of 2024-11-10, art. 2), and so in every notice but for days given once.
 */
export const DAYS_OFF_BY_LAW = { days: 13, basis: '全国年节及纪念日放假办法 2', from: '2025-01-01' } as const;
/** A day given once, or an overlap of two festivals, is no reason to ask; a festival left out is. */
const TOLERATED_DAYS = 3;

/** @param inForce the same year as it stands now; undefined when there is none */
export function flagCalendar(proposed: YearCalendar, inForce: YearCalendar | undefined): CalendarFlag[] {
  const flags: CalendarFlag[] = [];
  if (proposed.makeUp.length === 0) flags.push({ code: 'CALENDAR_NO_MAKE_UP_DAYS' });
  if (inForce?.published) {
    const days = differingDays(inForce, proposed);
    flags.push(
      days.length > 0
        ? { code: 'CALENDAR_YEAR_PUBLISHED_DIFFERS', days }
        : { code: 'CALENDAR_YEAR_PUBLISHED_SAME' },
    );
  }
  const found = proposed.off.length - proposed.makeUp.length;
  if (Math.abs(found - DAYS_OFF_BY_LAW.days) > TOLERATED_DAYS) {
    flags.push({ code: 'CALENDAR_DAYS_OFF_UNUSUAL', found, expected: DAYS_OFF_BY_LAW.days });
  }
  return flags;
}

/** The days of a year that two calendars call by different kinds, in their order. */
export function differingDays(before: YearCalendar, after: YearCalendar): DifferingDay[] {
  const [had, next] = [before, after].map((year) => ({ version: 'compared', years: [year] }));
  const days: DifferingDay[] = [];
  if (!had || !next) return days;
  const first = plainDate(`${after.year}-01-01`);
  for (let date = first; yearOf(date) === after.year; date = addDays(date, 1)) {
    const [was, is] = [dayKind(had, date), dayKind(next, date)];
    if (was !== is) days.push({ date, before: was, after: is });
  }
  return days;
}
