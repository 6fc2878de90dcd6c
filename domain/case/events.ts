import type { WorkCalendar } from '../clock/calendar.ts';
import { awaitsCalendar, coolingOffOver } from '../clock/clock-windows.ts';
import type { ClockReading } from '../clock/periods.ts';
import type { PlainDate } from '../plain-date.ts';
import { isOpen } from '../procedure.ts';
import { dateAt, type EpochMs } from '../zoned-time.ts';
import { clearAttention, raiseAttention } from './attention.ts';
import { replan } from './replan.ts';
import { startClock } from './start-clock.ts';
import { type CaseState, withFlag } from './state.ts';
import { type Step, type Stepped, takeStep } from './step.ts';

/** A running paper case joins: its clock starts in the past and past reminders are not sent. */
export function importRunning(
  state: CaseState,
  input: { receivedOn: PlainDate; acceptingVenueId: string; calendar: WorkCalendar },
  now: EpochMs,
): Stepped {
  const started = startClock(state, input.receivedOn, input.calendar, now);
  return takeStep(state, 'import', 'cooling-off', now, {
    patch: { ...started, acceptingVenueId: input.acceptingVenueId, lapsesAt: undefined },
    detail: { receivedOn: input.receivedOn, clock: started.clock },
    allocate: 'receipt',
  });
}

/**
 * A year's calendar was published or replaced: the clock is read again. Dates that stay keep their reminders;
 * dates that move get a new deadline version, and one that moves *earlier* than the couple was told is put
 * before a person (domain.md §5). A batch that tells a case twice changes it once.
 */
export function calendarPublished(
  state: CaseState,
  calendar: WorkCalendar,
  now: EpochMs,
  recomputationId?: string,
): { state: CaseState; steps: readonly Step[] } {
  const told = state.clock;
  if (!told || !isOpen(state.stage)) return { state, steps: [] };
  if (recomputationId !== undefined && state.calendar?.version === calendar.version)
    return { state, steps: [] };
  const read = startClock(state, told.receivedOn, calendar, now);
  const moved =
    read.clock.coolingOffLastDay !== told.coolingOffLastDay || read.clock.claimLastDay !== told.claimLastDay;
  const { calendar: nextCalendar, clock, flags } = read;
  const today = dateAt(now);
  // A window opened too early by the old dates closes again: both may still withdraw, and nothing is issued.
  const to = state.stage === 'confirmation' && !coolingOffOver(clock, today) ? 'cooling-off' : state.stage;
  const first = takeStep(state, 'calendar-published', to, now, {
    patch: moved ? { ...read, planned: replan(state, read, now) } : { calendar: nextCalendar, clock, flags },
    detail: {
      before: told,
      after: clock,
      moved,
      ...(recomputationId === undefined ? {} : { recomputationId }),
    },
    ...(moved ? { happened: { on: 'dates-changed' } } : {}),
  });
  const waits = awaitsCalendar(clock, today);
  const settled = waits ? undefined : clearAttention(first.state, 'CLOCK_PROVISIONAL', now);
  const { state: current } = settled ?? first;
  const escalated = isEarlier(clock, told)
    ? raiseAttention(current, 'EARLIER_DATE_THAN_TOLD', now)
    : undefined;
  const all = [first, settled, escalated].filter((each) => each !== undefined);
  return { state: (escalated ?? settled ?? first).state, steps: all.map(({ step }) => step) };
}

function isEarlier(after: ClockReading, before: ClockReading): boolean {
  return after.coolingOffLastDay < before.coolingOffLastDay || after.claimLastDay < before.claimLastDay;
}

/** Counselling came to its end; it changes nothing but the flag. */
export function counsellingFinished(state: CaseState, id: string, now: EpochMs): Stepped | undefined {
  if (!state.counselling.some((each) => each.id === id && each.open)) return undefined;
  const counselling = state.counselling.map((each) => (each.id === id ? { ...each, open: false } : each));
  return takeStep(state, 'counselling-finished', state.stage, now, {
    patch: {
      counselling,
      flags: withFlag(
        state.flags,
        'counselling',
        counselling.some((each) => each.open),
      ),
    },
    detail: { counsellingId: id },
  });
}

/** A lost workflow was started again from what the record kept of it; nothing else changes. */
export function resumed(state: CaseState, runId: string, now: EpochMs): Stepped {
  return takeStep(state, 'resumed', state.stage, now, { detail: { runId } });
}
