import type { ClockChange, ToldDates } from '../../domain/clock/calendar-change.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import type { ClockReading } from '../../domain/clock/periods.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';

/** `superseded`: the year was published once more, and the newer recomputation tells its cases. */
export const RECOMPUTATION_STATES = ['planned', 'running', 'paused', 'done', 'superseded'] as const;
export type RecomputationState = (typeof RECOMPUTATION_STATES)[number];

/** `over`: the case ended, or was left to a newer recomputation, before it changed. */
export const RECOMPUTED_CASE_STATES = ['waiting', 'told', 'changed', 'over'] as const;
export type RecomputedCaseState = (typeof RECOMPUTED_CASE_STATES)[number];

/** A running case as the record shows it. */
export interface RunningClock {
  readonly caseNumber: string;
  readonly clock: ClockReading;
}

/** A case that is to be told. */
export interface ConcernedCase {
  readonly caseNumber: string;
  readonly change: ClockChange;
  readonly before: ToldDates;
  /** With the version by which the case's record will show that it has changed. */
  readonly after: ToldDates & { readonly calendarVersion: string };
}

export interface RecomputationProgress {
  readonly state: RecomputationState;
  readonly waiting: number;
  readonly told: number;
  /** Cases that changed, or were over, since it was looked before. */
  readonly moved: number;
}

/** How many cases may be under way, and when one that has not changed is told once more. */
export interface TellingPace {
  readonly window: number;
  readonly retellAfterMs: number;
}

export interface CalendarToTell {
  readonly caseNumber: string;
  readonly calendar: WorkCalendar;
}

export interface RecomputationStore {
  /** The year whose cases it is about; undefined when there is none of this id or its time is over. */
  begin(id: string, now: EpochMs): Promise<{ readonly year: number } | undefined>;
  /** The calendar in force, and any other by its version. */
  calendars(year: number): Promise<{
    readonly inForce: WorkCalendar;
    readonly known: (version: string) => WorkCalendar | undefined;
  }>;
  /** Running live cases received in the year or the one before, in the order of their numbers. */
  runningClocks(year: number, after: string | undefined, limit: number): Promise<readonly RunningClock[]>;
  /** Writes cases down as waiting; one that waits or has been told already is left as it is. */
  plan(id: string, cases: readonly ConcernedCase[], now: EpochMs): Promise<void>;
  /** Notes which of the cases told have changed by now. */
  confirm(id: string, now: EpochMs): Promise<number>;
  /**
   * Takes the cases whose turn it is, has them told of the calendar in force, and notes who was. No calendar comes
   * into force meanwhile, so that no case is told an older one after a newer.
   * @param tell answers with the numbers of those that were told
   */
  tellNext(
    id: string,
    pace: TellingPace,
    now: EpochMs,
    tell: (batch: readonly CalendarToTell[]) => Promise<readonly string[]>,
  ): Promise<void>;
  progress(id: string): Promise<Omit<RecomputationProgress, 'moved'>>;
  /** Writes down that it is done, if nobody waits; answers whether it is over. */
  finish(id: string, now: EpochMs): Promise<boolean>;
}

/** Tells a running case; one that has ended is not told. */
export interface CaseTeller {
  tell(caseNumber: string, calendar: WorkCalendar, recomputationId: string): Promise<void>;
}
