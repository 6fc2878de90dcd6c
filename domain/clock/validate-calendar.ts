import { parsePlainDate, weekday, yearOf, type PlainDate } from '../plain-date.ts';
import { compactYear, type YearCalendar } from './calendar.ts';

/** A year's notice (国务院办公厅节假日安排通知) as proposed: dates as `YYYY-MM-DD`, weekends may be listed. */
export interface ProposedYear {
  year: number;
  off: readonly string[];
  makeUp: readonly string[];
}

export const CALENDAR_PROBLEM_CODES = [
  'CALENDAR_YEAR_INVALID',
  'CALENDAR_DATE_INVALID',
  'CALENDAR_DATE_OTHER_YEAR',
  'CALENDAR_DATE_TWICE',
  'CALENDAR_DATE_OFF_AND_WORKED',
  'CALENDAR_MAKE_UP_NOT_WEEKEND',
  'CALENDAR_STATUTORY_DAY_MISSING',
] as const;
export type CalendarProblemCode = (typeof CALENDAR_PROBLEM_CODES)[number];

export interface CalendarProblem {
  code: CalendarProblemCode;
  /** `year`, `off[3]`, `makeUp[0]`, `off`. */
  field: string;
  value: string;
}

/** The statutory days whose date is the same every year (放假办法 of 2024-11-10, art. 2), in force from 2025. */
export const FIXED_STATUTORY_DAYS = {
  monthDays: ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'],
  basis: '全国年节及纪念日放假办法 2',
  from: '2025-01-01',
} as const;

/**
 * Problems of a proposed year; empty when it can be used. Strict on purpose: a notice that also moves a day of
 * the neighbouring year is entered as a second proposal for that year.
 */
export function validateCalendar(proposed: ProposedYear): CalendarProblem[] {
  const { year } = proposed;
  if (!Number.isInteger(year) || year < 2025 || year > 2199) {
    return [{ code: 'CALENDAR_YEAR_INVALID', field: 'year', value: String(year) }];
  }
  const off = new Set(proposed.off);
  const makeUp = new Set(proposed.makeUp);
  return [
    ...dateProblems('off', proposed.off, year),
    ...dateProblems('makeUp', proposed.makeUp, year),
    ...proposed.makeUp.flatMap((text, at) => makeUpProblems(text, `makeUp[${at}]`, off)),
    ...FIXED_STATUTORY_DAYS.monthDays
      .map((monthDay) => `${year}-${monthDay}`)
      // A fixed day listed as worked is reported too: it is not off, whatever the weekday.
      .filter((date) => !off.has(date) || makeUp.has(date))
      .map((value): CalendarProblem => ({ code: 'CALENDAR_STATUTORY_DAY_MISSING', field: 'off', value })),
  ];
}

function dateProblems(list: 'off' | 'makeUp', texts: readonly string[], year: number): CalendarProblem[] {
  const seen = new Set<string>();
  return texts.flatMap((value, at): CalendarProblem[] => {
    const field = `${list}[${at}]`;
    if (seen.has(value)) return [{ code: 'CALENDAR_DATE_TWICE', field, value }];
    seen.add(value);
    const date = parsePlainDate(value);
    if (date === undefined) return [{ code: 'CALENDAR_DATE_INVALID', field, value }];
    return yearOf(date) === year ? [] : [{ code: 'CALENDAR_DATE_OTHER_YEAR', field, value }];
  });
}

function makeUpProblems(value: string, field: string, off: ReadonlySet<string>): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  if (off.has(value)) problems.push({ code: 'CALENDAR_DATE_OFF_AND_WORKED', field, value });
  const date = parsePlainDate(value);
  if (date !== undefined && weekday(date) <= 5) {
    problems.push({ code: 'CALENDAR_MAKE_UP_NOT_WEEKEND', field, value });
  }
  return problems;
}

/** A validated proposal as a published year. @throws RangeError when it has problems (validate first) */
export function publishedYearFrom(proposed: ProposedYear): YearCalendar {
  const problem = validateCalendar(proposed)[0];
  if (problem) throw new RangeError(`calendar ${proposed.year}: ${problem.code} at ${problem.field}`);
  return compactYear(proposed.year, true, proposed.off as PlainDate[], proposed.makeUp as PlainDate[]);
}
