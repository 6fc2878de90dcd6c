import { describe, expect, it } from '@jest/globals';
import { CALENDAR_2026 } from './calendar-2026.fixture.ts';
import { yearCalendar, type YearCalendar } from './calendar.ts';
import { CALENDAR_FLAG_CODES, flagCalendar } from './flag-calendar.ts';

const YEAR = yearCalendar(CALENDAR_2026, 2026);
const provisional: YearCalendar = { ...YEAR, published: false };
const codes = (proposed: YearCalendar, inForce?: YearCalendar) =>
  flagCalendar(proposed, inForce).map(({ code }) => code);

describe('a proposed year', () => {
  it('like all others is not flagged, whether the year stands provisionally or not at all', () => {
    expect(codes(YEAR)).toEqual([]);
    expect(codes(YEAR, provisional)).toEqual([]);
  });

  it('without make-up days is', () => {
    // A notice that gives the bare days of the law has no weekday off that a weekend must pay for.
    const bare = { ...YEAR, makeUp: [], off: YEAR.off.slice(0, 13) };
    expect(codes(bare)).toEqual(['CALENDAR_NO_MAKE_UP_DAYS']);
  });

  it('that is published already is, with every day that differs', () => {
    expect(codes(YEAR, YEAR)).toEqual(['CALENDAR_YEAR_PUBLISHED_SAME']);
    const changed = { ...YEAR, off: [...YEAR.off, '10-08'], makeUp: [...YEAR.makeUp.slice(1), '10-17'] };
    expect(flagCalendar(changed, YEAR)).toEqual([
      {
        code: 'CALENDAR_YEAR_PUBLISHED_DIFFERS',
        days: [
          { date: '2026-01-04', before: 'make-up', after: 'weekend' },
          { date: '2026-10-08', before: 'working', after: 'holiday' },
          { date: '2026-10-17', before: 'weekend', after: 'make-up' },
        ],
      },
    ]);
  });

  it.each([
    ['a festival left out', { ...YEAR, off: YEAR.off.filter((day) => !day.startsWith('02-')) }],
    ['a month off', { ...YEAR, off: [...YEAR.off, '07-01', '07-02', '07-03', '07-06'] }],
  ])('with %s is', (_what, proposed) => {
    const [flag] = flagCalendar(proposed, undefined);
    expect(flag).toEqual({
      code: 'CALENDAR_DAYS_OFF_UNUSUAL',
      found: proposed.off.length - 6,
      expected: 13,
    });
  });

  it('may have a day that is given once', () => {
    expect(codes({ ...YEAR, off: [...YEAR.off, '09-03'] })).toEqual([]);
  });

  it('has a code for each', () => expect(new Set(CALENDAR_FLAG_CODES).size).toBe(4));
});
