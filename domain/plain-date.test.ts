import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, ageOn, daysBetween, parsePlainDate, plainDate, weekday, yearOf } from './plain-date.ts';

const SEED = { seed: 20261123 };
const anyDate = fc
  .integer({ min: -20_000, max: 40_000 })
  .map((days) => addDays(plainDate('1970-01-01'), days));

describe('reading a date', () => {
  it.each(['2026-11-23', '2024-02-29', '2000-02-29', '1900-03-01', '9999-12-31'])('%s is a date', (text) => {
    expect(parsePlainDate(text)).toBe(text);
    expect(plainDate(text)).toBe(text);
  });

  it.each([
    '',
    '2026-02-31',
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-2-3',
    '20260203',
    '2026-02-03T00:00',
    ' 2026-02-03',
  ])('%j is not', (text) => {
    expect(parsePlainDate(text)).toBeUndefined();
    expect(() => plainDate(text)).toThrow(RangeError);
  });
});

describe('counting days', () => {
  it('crosses months, leap days and years', () => {
    expect(addDays(plainDate('2026-01-16'), 30)).toBe('2026-02-15');
    expect(addDays(plainDate('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(plainDate('2026-12-02'), 30)).toBe('2027-01-01');
    expect(addDays(plainDate('2027-01-01'), -1)).toBe('2026-12-31');
    expect(daysBetween(plainDate('2026-03-01'), plainDate('2026-02-01'))).toBe(-28);
  });

  it('adds and measures consistently, and keeps text order equal to time order', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        const moved = addDays(date, days);
        expect(daysBetween(date, moved)).toBe(days);
        expect(moved < date).toBe(days < 0);
        expect(parsePlainDate(moved)).toBe(moved);
      }),
      SEED,
    );
  });

  it('knows weekdays, also before 1970', () => {
    expect(weekday(plainDate('2026-11-23'))).toBe(1);
    expect(weekday(plainDate('2026-11-29'))).toBe(7);
    expect(weekday(plainDate('1969-12-31'))).toBe(3);
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(weekday(addDays(date, 1))).toBe((weekday(date) % 7) + 1);
      }),
      SEED,
    );
  });

  it('gives the year', () => {
    expect(yearOf(plainDate('2026-12-31'))).toBe(2026);
  });
});

describe('age', () => {
  it.each([
    ['2008-11-23', '2026-11-23', 18],
    ['2008-11-24', '2026-11-23', 17],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2026-11-23', '2026-11-23', 0],
  ])('born %s is on %s %i years old', (bornOn, on, years) => {
    expect(ageOn(plainDate(bornOn), plainDate(on))).toBe(years);
  });
});
