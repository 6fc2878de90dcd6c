import {
  awaitsCalendar,
  claimEndsAt,
  claimExpired,
  coolingOffEndsAt,
  coolingOffOver,
} from '../clock/clock-windows.ts';
import { isOpen } from '../procedure.ts';
import { dateAt, type EpochMs } from '../zoned-time.ts';
import { raiseAttention } from './attention.ts';
import type { CaseState } from './state.ts';
import { type Step, type Stepped, takeStep } from './step.ts';

/** A case brought up to the present, with the steps that took. */
export interface CaughtUp {
  readonly state: CaseState;
  readonly steps: readonly Step[];
}

/**
 * Lets the clock do what is due by `now`: drafts lapse, the claim window opens, an unclaimed application is
 * deemed withdrawn (民法典 1077). Nothing ends on a provisional date: such a case is flagged and waits.
 */
export function catchUp(state: CaseState, now: EpochMs): CaughtUp {
  const steps: Step[] = [];
  let current = state;
  for (let due = dueTransition(current, now); due; due = dueTransition(current, now)) {
    steps.push(due.step);
    current = due.state;
  }
  return { state: current, steps };
}

function dueTransition(state: CaseState, now: EpochMs): Stepped | undefined {
  if (!isOpen(state.stage)) return undefined;
  if (state.lapsesAt !== undefined && state.lapsesAt <= now) {
    return takeStep(state, 'lapse', 'lapsed', state.lapsesAt, {
      patch: { outcome: 'lapsed', lapsesAt: undefined, planned: [] },
    });
  }
  if (state.stage === 'cooling-off') return endCoolingOff(state, now);
  if (state.stage === 'confirmation') return closeWindow(state, now);
  return undefined;
}

function endCoolingOff(state: CaseState, now: EpochMs): Stepped | undefined {
  const clock = state.clock;
  if (!clock) return undefined;
  if (awaitsCalendar(clock, dateAt(now))) return raiseAttention(state, 'CLOCK_PROVISIONAL', now);
  if (!coolingOffOver(clock, dateAt(now))) return undefined;
  const opened = coolingOffEndsAt(clock);
  // Its day has passed while nobody was awake to send it; it would only confuse now, so it is put on record instead.
  const missed = state.planned.filter(
    ({ kind, ordered }) => kind === 'cooling-off-ending' && !ordered,
  ).length;
  return takeStep(state, 'cooling-off-over', 'confirmation', opened, {
    patch: { planned: state.planned.filter(({ kind }) => kind !== 'cooling-off-ending') },
    detail: {
      claimFirstWorkingDay: clock.claimFirstWorkingDay,
      claimLastDay: clock.claimLastDay,
      ...(missed > 0 ? { missed: 'cooling-off-ending' } : {}),
    },
  });
}

function closeWindow(state: CaseState, now: EpochMs): Stepped | undefined {
  const clock = state.clock;
  if (!clock) return undefined;
  if (awaitsCalendar(clock, dateAt(now))) return raiseAttention(state, 'CLOCK_PROVISIONAL', now);
  if (!claimExpired(clock, dateAt(now))) return undefined;
  // The couple was told a later date; a supervisor decides (`expire`), not the clock.
  if (state.attention.some(({ code }) => code === 'EARLIER_DATE_THAN_TOLD')) return undefined;
  const closed = claimEndsAt(clock);
  if (state.checkedInAt !== undefined && dateAt(state.checkedInAt) === clock.claimLastDay) {
    return raiseAttention(state, 'CHECKED_IN_NOT_CONCLUDED', closed);
  }
  return takeStep(state, 'window-over', 'deemed-withdrawn', closed, {
    patch: { outcome: 'deemed-withdrawn', planned: [] },
    detail: { claimLastDay: clock.claimLastDay },
    happened: { on: 'deemed-withdrawn' },
  });
}
