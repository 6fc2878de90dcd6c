import { addDays, type PlainDate } from '../plain-date.ts';
import { dayKind, type WorkCalendar } from './calendar.ts';
import { type ClockReading, periods, sameDates } from './periods.ts';

/**
 * What another calendar does to a running case. `earlier` and `later` speak of the two days on which a right ends,
 * and one that is earlier outweighs one that is later, since somebody may be hurt by it. `settled`: the same days,
 * no longer provisional. `none`: the same days, but some day on the way to them is worked or off that was not.
 */
export const CLOCK_CHANGES = ['earlier', 'later', 'settled', 'none'] as const;
export type ClockChange = (typeof CLOCK_CHANGES)[number];

/** The dates of a clock that people are told. */
export interface ToldDates {
  readonly coolingOffLastDay: PlainDate;
  readonly claimFirstWorkingDay: PlainDate;
  readonly claimLastDay: PlainDate;
  readonly provisional: boolean;
}

export interface ComparedClock {
  readonly before: ToldDates;
  readonly after: ToldDates;
  /** `unchanged`: the case need not be told. */
  readonly change: ClockChange | 'unchanged';
}

/**
 * Compares a case's clock with what it would be under `next`.
 * @param had the calendar the case has; undefined when it is not known any more, then days on the way are not compared
 * @param next the case's two years as they are to be
 * @throws CalendarYearMissing when `next` lacks a year of the periods
 */
export function compareClock(
  clock: ClockReading,
  had: WorkCalendar | undefined,
  next: WorkCalendar,
): ComparedClock {
  const after = periods(clock.receivedOn, next);
  return { before: told(clock), after: told(after), change: changeBetween(clock, after, had, next) };
}

function changeBetween(
  before: ClockReading,
  after: ClockReading,
  had: WorkCalendar | undefined,
  next: WorkCalendar,
): ComparedClock['change'] {
  const ends = ['coolingOffLastDay', 'claimLastDay'] as const;
  if (ends.some((name) => after[name] < before[name])) return 'earlier';
  if (ends.some((name) => after[name] > before[name])) return 'later';
  if (before.provisional !== after.provisional) return after.provisional ? 'none' : 'settled';
  const same = sameDates(before, after) && (had === undefined || !kindsDiffer(had, next, after));
  return same ? 'unchanged' : 'none';
}

/** Whether a day of the case is a rest day, a working day or a make-up day under one calendar only. */
function kindsDiffer(
  had: WorkCalendar,
  next: WorkCalendar,
  { receivedOn, claimLastDay }: ClockReading,
): boolean {
  for (let day = receivedOn; day <= claimLastDay; day = addDays(day, 1)) {
    if (dayKind(had, day) !== dayKind(next, day)) return true;
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

/** How many running cases a calendar concerns, and how; `unchanged` ones are not told. */
export type ChangeCounts = Readonly<Record<ClockChange | 'unchanged', number>>;

export function countChanges(
  changes: readonly { readonly change: ClockChange | 'unchanged'; readonly count: number }[],
): ChangeCounts {
  const counts = { earlier: 0, later: 0, settled: 0, none: 0, unchanged: 0 };
  for (const { change, count } of changes) counts[change] += count;
  return counts;
}
