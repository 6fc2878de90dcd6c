import { yearOf } from '../plain-date.ts';
import type { WorkCalendar } from './calendar.ts';
import { compareClock, type ComparedClock } from './calendar-change.ts';
import { ownCalendar } from './calendar-version.ts';
import type { ClockReading } from './periods.ts';

/** A clock compared, with the name of the calendar it would have then. */
export type ComparedCase = ComparedClock & { readonly calendarVersion: string };

/**
 * Compares the clocks of many cases with one calendar. Cases received on one day under one calendar have the same
 * clock, so that ten thousand cases are a few hundred comparisons.
 */
export class ClockComparer {
  private readonly next: WorkCalendar;
  private readonly known: (version: string) => WorkCalendar | undefined;
  private readonly compared = new Map<string, ComparedCase | undefined>();

  /**
   * @param next the calendar as it is to be, all years of the cases in it
   * @param known finds the calendar a case has by its version
   */
  constructor(next: WorkCalendar, known: (version: string) => WorkCalendar | undefined) {
    this.next = next;
    this.known = known;
  }

  /** Undefined when the calendar lacks a year of the case. */
  compare(clock: ClockReading): ComparedCase | undefined {
    const { receivedOn, calendarVersion, coolingOffLastDay, claimFirstWorkingDay, claimLastDay } = clock;
    const dates = [coolingOffLastDay, claimFirstWorkingDay, claimLastDay, String(clock.provisional)];
    const key = [receivedOn, calendarVersion, ...dates].join();
    if (!this.compared.has(key)) this.compared.set(key, this.compareNew(clock));
    return this.compared.get(key);
  }

  private compareNew(clock: ClockReading): ComparedCase | undefined {
    const own = ownCalendar(this.next, yearOf(clock.receivedOn));
    if (!own) return undefined;
    return {
      ...compareClock(clock, this.known(clock.calendarVersion), own),
      calendarVersion: own.version,
    };
  }
}
