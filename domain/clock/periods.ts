import { addDays, type PlainDate } from '../plain-date.ts';
import { ROLL_CAUSES, type BasisCode, type RollCause, type RolledDate } from './basis.ts';
import { dayKind, isPublished, type WorkCalendar } from './calendar.ts';

/** Both periods as dated data (民法典 1077, in days; the month rule of art. 202 does not apply). */
export const COOLING_OFF = { days: 30, basis: '民法典 1077', from: '2021-01-01' } as const;
export const CLAIM = { days: 30, basis: '民法典 1077', from: '2021-01-01' } as const;

/** The dates that may still change when a year's notice is published. */
export const PROVISIONAL_DATES = ['coolingOffLastDay', 'claimFirstWorkingDay', 'claimLastDay'] as const;
export type ProvisionalDate = (typeof PROVISIONAL_DATES)[number];

/** Both periods of one application in civil dates of Asia/Shanghai. Plain JSON; small enough for a history. */
export interface ClockReading {
  /** The day the receipt was issued (受理日); not counted. */
  receivedOn: PlainDate;
  /** Last day of the cooling-off period (冷静期届满日): withdrawals until closing, no certificates yet. */
  coolingOffLastDay: PlainDate;
  /** The day after, from 00:00; it may be a rest day. */
  claimFirstDay: PlainDate;
  /** The first day on which a certificate can really be issued. */
  claimFirstWorkingDay: PlainDate;
  /** Last day for applying for the certificate; afterwards deemed withdrawn (视为撤回). */
  claimLastDay: PlainDate;
  provisional: boolean;
  provisionalDates: ProvisionalDate[];
  calendarVersion: string;
  basis: BasisCode[];
}

interface Rolled {
  date: PlainDate;
  /** Some day looked at lies in a year whose notice is not published. */
  provisional: boolean;
  causes: RollCause[];
}

/** roll(d): while d is a rest day, the next day (民法典 203); remembers why. */
function roll(calendar: WorkCalendar, from: PlainDate): Rolled {
  const causes = new Set<RollCause>();
  let provisional = false;
  for (let date = from; ; date = addDays(date, 1)) {
    provisional ||= !isPublished(calendar, date);
    const kind = dayKind(calendar, date);
    if (kind !== 'working') causes.add(kind);
    if (kind === 'working' || kind === 'make-up') {
      return { date, provisional, causes: ROLL_CAUSES.filter((cause) => causes.has(cause)) };
    }
  }
}

/**
 * Both thirty-day periods of an application received on `receivedOn`. Neither period's start day counts, each
 * period's last day rolls to the next working day, and the second runs from the rolled end of the first
 * (民法典 201, 203, 1077; 婚姻登记条例 16). A date is provisional when working it out touched a day of an
 * unpublished year. Arithmetic only: whether the office was open on `receivedOn` is for the caller.
 * @throws CalendarYearMissing when the periods leave the calendar's years
 */
export function periods(receivedOn: PlainDate, calendar: WorkCalendar): ClockReading {
  const coolingOff = roll(calendar, addDays(receivedOn, COOLING_OFF.days));
  const claimFirstDay = addDays(coolingOff.date, 1);
  const claimFirst = roll(calendar, claimFirstDay);
  const claimLast = roll(calendar, addDays(coolingOff.date, CLAIM.days));

  const unsettled: Record<ProvisionalDate, boolean> = {
    coolingOffLastDay: coolingOff.provisional,
    claimFirstWorkingDay: coolingOff.provisional || claimFirst.provisional,
    claimLastDay: coolingOff.provisional || claimLast.provisional,
  };
  const provisionalDates = PROVISIONAL_DATES.filter((name) => unsettled[name]);
  const provisional = provisionalDates.length > 0;

  return {
    receivedOn,
    coolingOffLastDay: coolingOff.date,
    claimFirstDay,
    claimFirstWorkingDay: claimFirst.date,
    claimLastDay: claimLast.date,
    provisional,
    provisionalDates,
    calendarVersion: calendar.version,
    basis: [
      'thirty-days',
      'start-day-not-counted',
      'last-day-business-hours',
      'same-office',
      ...rollCodes('cooling-off', coolingOff),
      ...rollCodes('claim-first', claimFirst),
      ...rollCodes('claim-last', claimLast),
      ...(provisional ? (['calendar-not-published'] as const) : []),
    ],
  };
}

function rollCodes(date: RolledDate, rolled: Rolled): BasisCode[] {
  return rolled.causes.map((cause): BasisCode => `${date}-${cause}`);
}

/** Whether two readings give the parties the same dates (their versions and grounds may differ). */
export function sameDates(a: ClockReading, b: ClockReading): boolean {
  return (
    a.coolingOffLastDay === b.coolingOffLastDay &&
    a.claimFirstWorkingDay === b.claimFirstWorkingDay &&
    a.claimLastDay === b.claimLastDay
  );
}
