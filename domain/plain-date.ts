/**
 * Civil dates. The statutory periods of divorce registration are counted in whole days, so a date here
 * is a calendar day without time or zone.
 */
export type PlainDate = string & { readonly __brand: 'PlainDate' };

const MS_PER_DAY = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads `YYYY-MM-DD`; undefined for anything that is not a day of the calendar (2026-02-31, 2026-2-3). */
export function parsePlainDate(text: string): PlainDate | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(ms).toISOString().slice(0, 10) === text ? (text as PlainDate) : undefined;
}

/** Like {@link parsePlainDate}, for text that is known to be a date. @throws RangeError when it is not. */
export function plainDate(text: string): PlainDate {
  const date = parsePlainDate(text);
  if (date === undefined) throw new RangeError(`not a calendar date (YYYY-MM-DD): ${text}`);
  return date;
}

/** Whole days since 1970-01-01. */
function dayNumber(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
}

/** The date `days` later (earlier when negative). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return new Date((dayNumber(date) + days) * MS_PER_DAY).toISOString().slice(0, 10) as PlainDate;
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(date: PlainDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

export function yearOf(date: PlainDate): number {
  return Number(date.slice(0, 4));
}

/** Full years of age on `on`, counted like 民法典: the birthday itself completes the year. */
export function ageOn(bornOn: PlainDate, on: PlainDate): number {
  const years = yearOf(on) - yearOf(bornOn);
  return on.slice(5) < bornOn.slice(5) ? years - 1 : years;
}
