import { isWorkingDay } from '../clock/calendar.ts';
import { claimOpen } from '../clock/clock-windows.ts';
import type { Moment } from './act-rule.ts';
import type { Refusal } from './refusals.ts';
import type { CaseState } from './state.ts';

/**
 * Why nothing may be claimed (发证) from this case now, at this office: outside the window, another office, a
 * rest day, after closing on the last day without an earlier check-in (民法典 1077, 203; 条例 art 16).
 */
export function claimRefusal(state: CaseState, venueId: string, at: Moment): Refusal | undefined {
  const { clock, calendar } = state;
  if (!clock || !calendar) return 'ACT_NOT_ALLOWED';
  if (venueId !== state.acceptingVenueId) return 'WRONG_OFFICE';
  if (at.today < clock.claimFirstDay) return 'WITHIN_COOLING_OFF';
  if (clock.provisionalDates.includes('coolingOffLastDay')) return 'CLOCK_PROVISIONAL';
  if (windowIsOver(state, at)) {
    return clock.provisionalDates.includes('claimLastDay') ? 'CLOCK_PROVISIONAL' : 'OUTSIDE_P2';
  }
  if (!isWorkingDay(calendar, at.today)) return 'NOT_WORKING_DAY';
  return claimOpen(clock, at.now, state, state.checkedInAt) ? undefined : 'AFTER_CLOSING';
}

/** The last day for claiming has passed. */
export function windowIsOver(state: CaseState, at: Moment): boolean {
  return state.clock !== undefined && at.today > state.clock.claimLastDay;
}
