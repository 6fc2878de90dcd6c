import { addDays, weekday, yearOf, type PlainDate } from '../plain-date.ts';

/**
 * One calendar year as it differs from "Monday to Friday are worked". Only what differs is kept, because a
 * case records its calendar in its own history: `off` are weekdays (Mon–Fri) not worked, `makeUp` are
 * Saturdays and Sundays worked (调休上班), both as `MM-DD`.
 */
export interface YearCalendar {
  year: number;
  /** The State Council's yearly notice is out. Otherwise only the days fixed by law are known. */
  published: boolean;
  off: string[];
  makeUp: string[];
}

/** The national working calendar under one version name; plain JSON, recorded with each case. */
export interface WorkCalendar {
  version: string;
  years: YearCalendar[];
}

/** Asked about a year the calendar does not contain; a guess here would move a statutory date. */
export class CalendarYearMissing extends RangeError {
  override readonly name = 'CalendarYearMissing';
  readonly year: number;

  constructor(year: number, version: string) {
    super(`calendar ${version} does not contain the year ${year}`);
    this.year = year;
  }
}

/** What kind of day it is; a worked weekend day is `make-up`, a weekday off is `holiday`. */
export const DAY_KINDS = ['working', 'make-up', 'weekend', 'holiday'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** @throws CalendarYearMissing when the calendar does not contain the year */
export function yearCalendar(calendar: WorkCalendar, year: number): YearCalendar {
  const found = calendar.years.find((candidate) => candidate.year === year);
  if (!found) throw new CalendarYearMissing(year, calendar.version);
  return found;
}

/** @throws CalendarYearMissing when the calendar does not contain the date's year */
export function dayKind(calendar: WorkCalendar, date: PlainDate): DayKind {
  const year = yearCalendar(calendar, yearOf(date));
  const monthDay = date.slice(5);
  const weekend = weekday(date) > 5;
  if (year.makeUp.includes(monthDay)) return weekend ? 'make-up' : 'working';
  if (weekend) return 'weekend';
  return year.off.includes(monthDay) ? 'holiday' : 'working';
}

/**
 * A day on which a period cannot end: a State Council day off, or a Saturday or Sunday that is not declared
 * a make-up workday (民法典 203; weekends count as 法定休假日, the reading that never issues early).
 * @throws CalendarYearMissing
 */
export function isRestDay(calendar: WorkCalendar, date: PlainDate): boolean {
  const kind = dayKind(calendar, date);
  return kind === 'weekend' || kind === 'holiday';
}

/** @throws CalendarYearMissing */
export function isWorkingDay(calendar: WorkCalendar, date: PlainDate): boolean {
  return !isRestDay(calendar, date);
}

/** Whether the State Council's notice for the date's year is in the calendar. @throws CalendarYearMissing */
export function isPublished(calendar: WorkCalendar, date: PlainDate): boolean {
  return yearCalendar(calendar, yearOf(date)).published;
}

/** The first working day on or after `from`. @throws CalendarYearMissing when that leaves the calendar */
export function nextWorkingDay(calendar: WorkCalendar, from: PlainDate): PlainDate {
  let date = from;
  while (isRestDay(calendar, date)) date = addDays(date, 1);
  return date;
}

/** Working days from `from` to `to`, both counted; 0 when `to` is earlier. @throws CalendarYearMissing */
export function workingDaysBetween(calendar: WorkCalendar, from: PlainDate, to: PlainDate): number {
  let count = 0;
  for (let date = from; date <= to; date = addDays(date, 1)) {
    if (isWorkingDay(calendar, date)) count += 1;
  }
  return count;
}

/**
 * The years `fromYear` to `toYear`, both included: what a case records (its periods never leave the year of
 * receipt and the next). @throws CalendarYearMissing when one of them is not there
 */
export function sliceCalendar(calendar: WorkCalendar, fromYear: number, toYear: number): WorkCalendar {
  const years: YearCalendar[] = [];
  for (let year = fromYear; year <= toYear; year += 1) years.push(yearCalendar(calendar, year));
  return { version: calendar.version, years };
}

/** Brings the dates of a notice into the compact form: weekdays off and weekend days worked, sorted. */
export function compactYear(
  year: number,
  published: boolean,
  off: readonly PlainDate[],
  makeUp: readonly PlainDate[],
): YearCalendar {
  const monthDays = (dates: readonly PlainDate[], keep: (date: PlainDate) => boolean) =>
    [
      ...new Set(dates.filter((date) => yearOf(date) === year && keep(date)).map((date) => date.slice(5))),
    ].sort();
  return {
    year,
    published,
    off: monthDays(off, (date) => weekday(date) <= 5),
    makeUp: monthDays(makeUp, (date) => weekday(date) > 5),
  };
}

/** The calendar with one year replaced or added, under a new version name; the original is untouched. */
export function withYear(calendar: WorkCalendar, year: YearCalendar, version: string): WorkCalendar {
  const others = calendar.years.filter((candidate) => candidate.year !== year.year);
  return { version, years: [...others, year].sort((a, b) => a.year - b.year) };
}
