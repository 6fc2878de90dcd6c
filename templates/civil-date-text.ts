import type { PlainDate } from '../domain/plain-date.ts';
import type { Locale } from '../domain/case/vocabulary.ts';

const ENGLISH_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function partsOf(date: PlainDate): DateParts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function englishMonth(month: number): string {
  const name = ENGLISH_MONTHS[month - 1];
  if (name === undefined) throw new RangeError(`not a month: ${month}`);
  return name;
}

/** A day without its year, as short notices say it: `12月23日`, `December 23`. */
export function monthDay(date: PlainDate, locale: Locale): string {
  const { month, day } = partsOf(date);
  switch (locale) {
    case 'zh-Hans':
    case 'zh-Hant':
      return `${month}月${day}日`;
    case 'en':
      return `${englishMonth(month)} ${day}`;
  }
}

/** A day with its year, as papers say it: `2026年12月23日`, `December 23, 2026`. */
export function fullDate(date: PlainDate, locale: Locale): string {
  const { year } = partsOf(date);
  return locale === 'en' ? `${monthDay(date, locale)}, ${year}` : `${year}年${monthDay(date, locale)}`;
}
