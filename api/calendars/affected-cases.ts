import { dayKind, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { type ClockReading, periods, sameDates } from '../../domain/clock/periods.ts';
import { addDays, type PlainDate, yearOf } from '../../domain/plain-date.ts';
import { calendarInForce } from '../../prisma/queries/calendars.ts';
import { runningClocks } from '../../prisma/queries/cases.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** The dates of a clock that people are told. */
export interface ToldDates {
  readonly coolingOffLastDay: PlainDate;
  readonly claimFirstWorkingDay: PlainDate;
  readonly claimLastDay: PlainDate;
  readonly provisional: boolean;
}

export interface AffectedCase {
  readonly caseNumber: string;
  readonly before: ToldDates;
  readonly after: ToldDates;
  /** What the case must be told: its two years. */
  readonly calendar: WorkCalendar;
}

/**
 * Running live cases whose dates a calendar moves or settles, or within whose periods it makes a working day of a
 * rest day or the other way round.
 * @param change gives the years as they would be: the calendar in force, or one with a proposed year in it
 */
export async function affectedCases(
  deps: ApiDependencies,
  years: readonly number[],
  change: (calendar: WorkCalendar) => WorkCalendar = (calendar) => calendar,
): Promise<AffectedCase[]> {
  const from = Math.min(...years);
  const inForce = await calendarInForce(deps.db, from, Math.max(...years) + 1);
  const changed = change(inForce);
  const rows = await runningClocks(deps.db, years);
  return rows.flatMap(({ caseNumber, receivedOn, clock }): AffectedCase[] => {
    if (receivedOn === null || clock === null) return [];
    const before = clock as unknown as ClockReading;
    const year = yearOf(receivedOn as PlainDate);
    const own = yearsOf(changed, year);
    if (own.years.length < 2) return [];
    const after = periods(receivedOn as PlainDate, own);
    const days = kindsDiffer(yearsOf(inForce, year), own, after);
    const isSame = sameDates(before, after) && before.provisional === after.provisional && !days;
    return isSame ? [] : [{ caseNumber, before: told(before), after: told(after), calendar: own }];
  });
}

function yearsOf(calendar: WorkCalendar, year: number): WorkCalendar {
  const wanted = [year, year + 1];
  return {
    version: calendar.version
      .split('+')
      .filter((part) => wanted.some((each) => part.startsWith(`${each}.`)))
      .join('+'),
    years: calendar.years.filter((each) => wanted.includes(each.year)),
  };
}

function kindsDiffer(
  before: WorkCalendar,
  after: WorkCalendar,
  { receivedOn, claimLastDay }: ClockReading,
): boolean {
  if (before.years.length < 2) return true;
  for (let day = receivedOn; day <= claimLastDay; day = addDays(day, 1)) {
    if (dayKind(before, day) !== dayKind(after, day)) return true;
  }
  return false;
}

function told({
  coolingOffLastDay,
  claimFirstWorkingDay,
  claimLastDay,
  provisional,
}: ClockReading): ToldDates {
  return { coolingOffLastDay, claimFirstWorkingDay, claimLastDay, provisional };
}
