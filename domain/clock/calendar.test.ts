import { describe, expect, it } from '@jest/globals';
import { addDays, plainDate, weekday, type PlainDate } from '../plain-date.ts';
import { CALENDAR_2026 as calendar } from './calendar-2026.fixture.ts';
import {
  CalendarYearMissing,
  compactYear,
  dayKind,
  isPublished,
  isRestDay,
  isWorkingDay,
  nextWorkingDay,
  sliceCalendar,
  withYear,
  workingDaysBetween,
} from './calendar.ts';

const day = plainDate;

function range(from: string, to: string): PlainDate[] {
  const days: PlainDate[] = [];
  for (let date = day(from); date <= to; date = addDays(date, 1)) days.push(date);
  return days;
}

describe('the days of 2026', () => {
  const off = [
    ...range('2026-01-01', '2026-01-03'),
    ...range('2026-02-15', '2026-02-23'),
    ...range('2026-04-04', '2026-04-06'),
    ...range('2026-05-01', '2026-05-05'),
    ...range('2026-06-19', '2026-06-21'),
    ...range('2026-09-25', '2026-09-27'),
    ...range('2026-10-01', '2026-10-07'),
  ];
  const worked = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'].map(
    day,
  );

  it.each(range('2026-01-01', '2026-12-31'))('%s', (date) => {
    const rest = off.includes(date) || (weekday(date) > 5 && !worked.includes(date));
    expect(isRestDay(calendar, date)).toBe(rest);
    expect(isWorkingDay(calendar, date)).toBe(!rest);
  });

  it('are named by kind', () => {
    expect(dayKind(calendar, day('2026-02-13'))).toBe('working');
    expect(dayKind(calendar, day('2026-02-14'))).toBe('make-up');
    expect(dayKind(calendar, day('2026-02-15'))).toBe('weekend');
    expect(dayKind(calendar, day('2026-02-16'))).toBe('holiday');
  });

  it('come out of the notice in compact form', () => {
    expect(compactYear(2026, true, [...off, day('2027-01-01')], [...worked, ...worked])).toEqual(
      calendar.years[0],
    );
  });
});

describe('counting working days', () => {
  it('finds the next one, the day itself included', () => {
    expect(nextWorkingDay(calendar, day('2026-02-14'))).toBe('2026-02-14');
    expect(nextWorkingDay(calendar, day('2026-02-15'))).toBe('2026-02-24');
    expect(nextWorkingDay(calendar, day('2026-12-31'))).toBe('2026-12-31');
  });

  it('counts both ends', () => {
    expect(workingDaysBetween(calendar, day('2026-02-09'), day('2026-02-28'))).toBe(6 + 4 + 1);
    expect(workingDaysBetween(calendar, day('2026-02-15'), day('2026-02-23'))).toBe(0);
    expect(workingDaysBetween(calendar, day('2026-02-24'), day('2026-02-24'))).toBe(1);
    expect(workingDaysBetween(calendar, day('2026-02-25'), day('2026-02-24'))).toBe(0);
  });
});

describe('years', () => {
  it('are published or not', () => {
    expect(isPublished(calendar, day('2026-12-31'))).toBe(true);
    expect(isPublished(calendar, day('2027-01-01'))).toBe(false);
  });

  it('that are missing are an error with a name, never a guess', () => {
    for (const ask of [isRestDay, isWorkingDay, isPublished, nextWorkingDay]) {
      expect(() => ask(calendar, day('2028-01-03'))).toThrow(CalendarYearMissing);
    }
    expect(() => sliceCalendar(calendar, 2026, 2028)).toThrow(RangeError);
    expect(() => isRestDay(calendar, day('2025-06-01'))).toThrow(
      'calendar test-2026 does not contain the year 2025',
    );
  });

  it('can be cut out and replaced without touching the original', () => {
    expect(sliceCalendar(calendar, 2027, 2027)).toEqual({ version: 'test-2026', years: [calendar.years[1]] });
    const replaced = withYear(calendar, { year: 2027, published: true, off: ['01-01'], makeUp: [] }, 'v2');
    expect(replaced.version).toBe('v2');
    expect(isPublished(replaced, day('2027-01-01'))).toBe(true);
    expect(isPublished(calendar, day('2027-01-01'))).toBe(false);
    const added = withYear(calendar, { year: 2025, published: true, off: [], makeUp: [] }, 'v3');
    expect(added.years.map(({ year }) => year)).toEqual([2025, 2026, 2027]);
  });

  it('are plain JSON', () => {
    expect(JSON.parse(JSON.stringify(calendar))).toEqual(calendar);
  });
});
