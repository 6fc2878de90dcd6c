import { calendarOf, listCalendarYears } from '../../prisma/queries/calendars.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { type AffectedCase, affectedCases } from './affected-cases.ts';

/** Tells each case its new calendar. One that can't be told now is told by the next sweep. */
export async function tellCases(deps: ApiDependencies, affected: readonly AffectedCase[]): Promise<number> {
  let told = 0;
  for (const { caseNumber, calendar } of affected) {
    try {
      await deps.engine.publishCalendar({ caseNumber, realm: 'live' }, calendar);
      told += 1;
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown';
      deps.log.warn({ caseNumber, reason }, 'case not told of its calendar yet');
    }
  }
  return told;
}

/**
 * Finds cases whose dates do not follow from the calendar in force, and tells them: an approval whose messages were
 * lost to a crash is made good.
 */
export async function sweepUntold(deps: ApiDependencies): Promise<number> {
  const inForce = (await listCalendarYears(deps.db)).filter(({ state }) => state === 'published');
  const years = calendarOf(inForce).years.map(({ year }) => year);
  const newest = Math.max(...years, 0);
  // A period touches the year of receipt and the next; older years have no running case.
  const relevant = years.flatMap((year) => [year - 1, year]).filter((year) => year >= newest - 2);
  if (relevant.length === 0) return 0;
  return tellCases(deps, await affectedCases(deps, [...new Set(relevant)]));
}
