import { createRequire } from 'node:module';
import chineseDays from 'chinese-days';
import { compactYear, type WorkCalendar, type YearCalendar } from '../../domain/clock/calendar.ts';
import { addDays, daysBetween, plainDate, type PlainDate } from '../../domain/plain-date.ts';

/** Release of the package the seeds come from; part of the version name a case records. */
const SOURCE = 'chinese-days-1.5.7';

/** The package's data as it ships them; its functions read them in the machine's own time zone. */
const DATA = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as {
  holidays: Record<string, string>;
  workdays: Record<string, string>;
};

/**
 * A year's State Council calendar as the package knows it; undefined when its data do not hold that year.
 * Outside its data the package guesses "every weekday is worked", so a year counts as known only when its
 * data name both ends of the calendar: 1 January and 1 October.
 */
export function publishedYear(year: number): YearCalendar | undefined {
  if (!(`${year}-01-01` in DATA.holidays) || !(`${year}-10-01` in DATA.holidays)) return undefined;
  const daysOf = (dates: Record<string, string>) =>
    Object.keys(dates)
      .filter((date) => date.startsWith(`${year}-`))
      .map(plainDate);
  return compactYear(year, true, daysOf(DATA.holidays), daysOf(DATA.workdays));
}

/** The Gregorian date of a day of the lunar year that begins in `year`; of a leap month's pair, the first. */
function lunarDate(year: number, monthDay: string): PlainDate {
  // Noon, because the package reads a bare date as midnight in Greenwich and then uses the machine's zone.
  return plainDate(chineseDays.getSolarDateFromLunar(`${year}-${monthDay}T12:00:00`).date);
}

/** Qingming (清明), which the package dates a day early on machines west of Greenwich: a known year shows it. */
function qingming(year: number): PlainDate {
  const named = (of: number) => plainDate(chineseDays.getSolarTermDate(of, 4, 'pure_brightness'));
  return addDays(named(year), daysBetween(named(2026), plainDate('2026-04-05')));
}

/**
 * The thirteen days off fixed by law (全国年节及纪念日放假办法 of 2024-11-10, art. 2): New Year; New Year's Eve
 * and the first three days of the lunar year; Qingming; 1–2 May; Dragon Boat; Mid-Autumn; 1–3 October.
 */
export function statutoryDays(year: number): PlainDate[] {
  const springFestival = lunarDate(year, '01-01');
  return [
    plainDate(`${year}-01-01`),
    ...[-1, 0, 1, 2].map((days) => addDays(springFestival, days)),
    qingming(year),
    plainDate(`${year}-05-01`),
    plainDate(`${year}-05-02`),
    lunarDate(year, '05-05'),
    lunarDate(year, '08-15'),
    ...['10-01', '10-02', '10-03'].map((monthDay) => plainDate(`${year}-${monthDay}`)),
  ];
}

/** A year whose notice is not out: the days fixed by law and weekends; no make-up days exist without a notice. */
export function provisionalYear(year: number): YearCalendar {
  return compactYear(year, false, statutoryDays(year), []);
}

/** The named years, each published where the package has it and provisional otherwise. */
export function calendarFor(years: readonly number[], version: string): WorkCalendar {
  return { version, years: years.map((year) => publishedYear(year) ?? provisionalYear(year)) };
}

/** The calendar a new installation starts with, `fromYear` to `toYear` both included. */
export function seedCalendars(fromYear: number, toYear: number): WorkCalendar {
  const years = Array.from({ length: Math.max(0, toYear - fromYear + 1) }, (_, at) => fromYear + at);
  return calendarFor(years, SOURCE);
}

/** For rehearsals: every year counts as published, so that no case waits for a notice. */
export function countAsPublished(calendar: WorkCalendar): WorkCalendar {
  return {
    version: `${calendar.version}-rehearsal`,
    years: calendar.years.map((year) => ({ ...year, published: true })),
  };
}
