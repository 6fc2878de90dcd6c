import { isWorkingDay, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { type ClockReading, periods } from '../../domain/clock/periods.ts';
import { addDays, type PlainDate, yearOf } from '../../domain/plain-date.ts';
import { POLICY_0_1 } from '../../domain/reminders/policy-0-1.ts';
import type { ReceivedWhen } from './scenario.ts';

/** How far back a receipt may lie: longer than both periods with their holidays. */
const LOOK_BACK_DAYS = 120;

/**
 * The day of receipt for a case that shall be in a certain phase on `today`. Only days on which an office was
 * open count. Where no day fits (no provisional date in midsummer), the nearest phase is used instead.
 */
export function receiptDay(when: ReceivedWhen, today: PlainDate, calendar: WorkCalendar): PlainDate {
  const readings = readingsBefore(today, calendar);
  const cooling = readings.filter(({ coolingOffLastDay }) => coolingOffLastDay > today);
  const phase = (fits: (reading: ClockReading) => boolean, at: number) =>
    pick(preferSettled(readings.filter(fits)), at) ?? pick(readings, at);
  const found = ((): ClockReading | undefined => {
    switch (when.phase) {
      case 'cooling-off':
        return pick(cooling, when.at);
      case 'confirmation':
        // Not the very last day: a demonstration should not end at closing time.
        return phase(
          ({ claimFirstDay, claimLastDay }) => claimFirstDay <= today && claimLastDay > today,
          when.at,
        );
      case 'over':
        return phase(({ claimLastDay }) => claimLastDay < today, when.at);
      case 'reminder-next':
        return cooling.find((reading) => reminderDay(reading) > today) ?? cooling.at(-1);
      case 'provisional':
        return (
          cooling.filter(({ provisionalDates }) => provisionalDates.includes('coolingOffLastDay')).at(-1) ??
          cooling.at(-1)
        );
    }
  })();
  if (!found) throw new Error(`no day of receipt before ${today} can be found in the calendar`);
  return found.receivedOn;
}

/** The clock of every working day before `today`, oldest first, as far back as the calendar goes. */
function readingsBefore(today: PlainDate, calendar: WorkCalendar): ClockReading[] {
  const years = calendar.years.map(({ year }) => year);
  return Array.from({ length: LOOK_BACK_DAYS }, (_, index) => addDays(today, index - LOOK_BACK_DAYS))
    .filter((day) => years.includes(yearOf(day)) && isWorkingDay(calendar, day))
    .map((day) => periods(day, calendar));
}

/** Nothing ends on a provisional date, so a case with one would wait and not be where it was meant to be. */
function preferSettled(readings: readonly ClockReading[]): readonly ClockReading[] {
  const settled = readings.filter(({ provisionalDates }) => !provisionalDates.includes('coolingOffLastDay'));
  return settled.length > 0 ? settled : readings;
}

function pick(readings: readonly ClockReading[], at: number): ClockReading | undefined {
  return readings[Math.round(at * (readings.length - 1))];
}

function reminderDay(reading: ClockReading): PlainDate {
  const rule = POLICY_0_1.rules.find(({ kind }) => kind === 'cooling-off-ending');
  return addDays(reading.coolingOffLastDay, rule?.days ?? 0);
}
