import type { WorkCalendar } from '../../../domain/clock/calendar.ts';
import { nextWorkingDay } from '../../../domain/clock/calendar.ts';
import { type ClockReading, periods } from '../../../domain/clock/periods.ts';
import { addDays, type PlainDate } from '../../../domain/plain-date.ts';
import type { ReminderPolicy } from '../../../domain/reminders/policy.ts';
import { dateAt } from '../../../domain/zoned-time.ts';
import type { CaseDriver } from './case-driver.ts';
import { eventually } from './eventually.ts';

export const BOTH = ['a', 'b'] as const;
export const FINAL_VISIT = {
  presentParties: BOTH,
  separatelyQuestioned: true,
  agreementFinal: true,
  registrar: 'registrar-7',
} as const;
const CLOSES = '18:00';

/** Ten o'clock on the next working day: the case can be acted on, and notices go out at once. */
export async function toWorkingMorning(theCase: CaseDriver): Promise<PlainDate> {
  const day = nextWorkingDay(theCase.district.calendar, addDays(dateAt(await theCase.now()), 1));
  await theCase.to(day, '10:00');
  return day;
}

/** Waits until the automatic checks of a round have ended. */
export async function checksEnded(theCase: CaseDriver, round = 1): Promise<void> {
  await eventually(() =>
    theCase.district.db.preCheckRun.findUniqueOrThrow({
      where: { caseNumber_round: { caseNumber: theCase.caseNumber, round } },
    }),
  );
}

/** draft → pre-check, with the automatic checks done. */
export async function untilChecked(theCase: CaseDriver): Promise<PlainDate> {
  const day = await toWorkingMorning(theCase);
  await theCase.act('submit', {});
  await checksEnded(theCase);
  return day;
}

/** draft → ready. */
export async function untilReady(theCase: CaseDriver): Promise<PlainDate> {
  const day = await untilChecked(theCase);
  await theCase.act('pass', { checkedRound: 1 });
  return day;
}

export interface Acceptance {
  readonly calendar?: WorkCalendar;
  readonly place?: 'counter' | 'home';
  readonly policy?: ReminderPolicy;
}

/** draft → cooling-off; answers with the clock the case must have. */
export async function untilAccepted(theCase: CaseDriver, options: Acceptance = {}): Promise<ClockReading> {
  const day = await untilReady(theCase);
  const { calendar = theCase.district.calendar, place = 'counter', policy } = options;
  const body = { presentParties: BOTH, place, calendar, closes: CLOSES };
  await theCase.act('accept', { ...body, ...(policy ? { policy } : {}) });
  return periods(day, calendar);
}

/** draft → confirmation, at ten on the first working day of the window. */
export async function untilWindow(theCase: CaseDriver): Promise<ClockReading> {
  const clock = await untilAccepted(theCase);
  await theCase.to(clock.claimFirstWorkingDay, '10:00');
  return clock;
}
