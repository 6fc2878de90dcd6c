import { describe, expect, it } from '@jest/globals';
import { CALENDAR_2026 } from './calendar-2026.fixture.ts';
import {
  CALENDAR_PROBLEM_CODES,
  publishedYearFrom,
  validateCalendar,
  type ProposedYear,
} from './validate-calendar.ts';

const days = (year: number, list: readonly string[]) => list.map((monthDay) => `${year}-${monthDay}`);
const off2026 = [...days(2026, CALENDAR_2026.years[0]?.off ?? []), '2026-01-03', '2026-05-02', '2026-10-03'];
const makeUp2026 = days(2026, CALENDAR_2026.years[0]?.makeUp ?? []);
const good: ProposedYear = { year: 2026, off: off2026, makeUp: makeUp2026 };
const at = (list: readonly string[]) => list.length;

describe('a proposed year', () => {
  it('that repeats the notice is accepted and becomes the compact year', () => {
    expect(validateCalendar(good)).toEqual([]);
    expect(publishedYearFrom(good)).toEqual(CALENDAR_2026.years[0]);
  });

  it.each([
    ['CALENDAR_YEAR_INVALID', 'year', { ...good, year: 2026.5 }],
    ['CALENDAR_YEAR_INVALID', 'year', { ...good, year: 1999 }],
    ['CALENDAR_DATE_INVALID', `off[${at(off2026)}]`, { ...good, off: [...off2026, '2026-02-31'] }],
    ['CALENDAR_DATE_INVALID', `makeUp[${at(makeUp2026)}]`, { ...good, makeUp: [...makeUp2026, '10/11'] }],
    ['CALENDAR_DATE_OTHER_YEAR', `off[${at(off2026)}]`, { ...good, off: [...off2026, '2027-01-01'] }],
    [
      'CALENDAR_DATE_OTHER_YEAR',
      `makeUp[${at(makeUp2026)}]`,
      { ...good, makeUp: [...makeUp2026, '2025-12-28'] },
    ],
    ['CALENDAR_DATE_TWICE', `off[${at(off2026)}]`, { ...good, off: [...off2026, '2026-10-01'] }],
    [
      'CALENDAR_DATE_OFF_AND_WORKED',
      `makeUp[${at(makeUp2026)}]`,
      { ...good, makeUp: [...makeUp2026, '2026-01-03'] },
    ],
    [
      'CALENDAR_MAKE_UP_NOT_WEEKEND',
      `makeUp[${at(makeUp2026)}]`,
      { ...good, makeUp: [...makeUp2026, '2026-11-23'] },
    ],
    [
      'CALENDAR_STATUTORY_DAY_MISSING',
      'off',
      { ...good, off: off2026.filter((date) => date !== '2026-05-02') },
    ],
  ])('is refused with %s at %s', (code, field, proposed) => {
    expect(validateCalendar(proposed)).toEqual([expect.objectContaining({ code, field })]);
    expect(() => publishedYearFrom(proposed)).toThrow(code);
  });

  it('reports a statutory day that is both off and worked under both headings', () => {
    const proposed = { ...good, makeUp: [...makeUp2026, '2026-05-02'] };
    expect(validateCalendar(proposed).map(({ code }) => code)).toEqual([
      'CALENDAR_DATE_OFF_AND_WORKED',
      'CALENDAR_STATUTORY_DAY_MISSING',
    ]);
  });

  it('reports everything at once when it is empty', () => {
    const codes = validateCalendar({ year: 2027, off: [], makeUp: [] }).map(({ code }) => code);
    expect(codes).toEqual(Array(6).fill('CALENDAR_STATUTORY_DAY_MISSING'));
    expect(CALENDAR_PROBLEM_CODES).toEqual(expect.arrayContaining(codes));
  });
});
