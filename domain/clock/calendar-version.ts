import type { WorkCalendar } from './calendar.ts';

/** One year of a calendar's version name: `2027.2`, or `2027.1p` while the year's notice was not out. */
export interface YearVersion {
  readonly year: number;
  readonly revision: number;
  readonly provisional: boolean;
}

const YEAR = /^(\d{4})\.(\d+)(p?)$/;

export function yearVersion({ year, revision, provisional }: YearVersion): string {
  return `${year}.${revision}${provisional ? 'p' : ''}`;
}

/** The name of a calendar made of these years, which stand in their order. */
export function calendarVersion(years: readonly YearVersion[]): string {
  return years.map(yearVersion).join('+') || 'none';
}

/** The years a version is made of; undefined for a name that no calendar of the record has. */
export function yearsOfVersion(version: string): readonly YearVersion[] | undefined {
  const years = version.split('+').map((part) => {
    const match = YEAR.exec(part);
    return match && { year: Number(match[1]), revision: Number(match[2]), provisional: match[3] === 'p' };
  });
  return years.every((each) => each !== null) ? years : undefined;
}

/**
 * What a case received in `receivedYear` is given: that year and the next, under the name of those two alone, so that
 * a change of another year is none to it. Undefined when the calendar lacks one of them.
 */
export function ownCalendar(calendar: WorkCalendar, receivedYear: number): WorkCalendar | undefined {
  const wanted = [receivedYear, receivedYear + 1];
  const years = calendar.years.filter(({ year }) => wanted.includes(year));
  const named = yearsOfVersion(calendar.version)?.filter(({ year }) => wanted.includes(year));
  if (years.length < wanted.length || !named) return undefined;
  return { version: calendarVersion(named), years };
}
