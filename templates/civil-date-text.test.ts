import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../domain/plain-date.ts';
import { fullDate, monthDay } from './civil-date-text.ts';

describe('dates in words', () => {
  it.each([
    ['2026-12-23', 'zh-Hans', '12月23日', '2026年12月23日'],
    ['2027-01-02', 'zh-Hant', '1月2日', '2027年1月2日'],
    ['2026-12-23', 'en', 'December 23', 'December 23, 2026'],
    ['2028-02-29', 'en', 'February 29', 'February 29, 2028'],
  ] as const)('%s in %s', (date, locale, short, long) => {
    expect(monthDay(plainDate(date), locale)).toBe(short);
    expect(fullDate(plainDate(date), locale)).toBe(long);
  });
});
