import { claimEndsAt, coolingOffEndsAt } from '../clock/clock-windows.ts';
import { isOpen } from '../procedure.ts';
import type { EpochMs } from '../zoned-time.ts';
import type { CaseState, PendingNotice } from './state.ts';
import type { AttentionCode, Stage } from './vocabulary.ts';

export interface Wake {
  readonly at: EpochMs;
  readonly kind: 'lapse' | 'window-opens' | 'window-closes' | 'notice';
}

/** When the case must next be looked at without anybody acting; undefined when it waits for people only. */
export function nextWake(state: CaseState): Wake | undefined {
  const deadline = nextDeadline(state);
  const notice = sendable(state)[0];
  if (notice && (!deadline || notice.dueAt <= deadline.at || opensWithNotice(deadline, notice))) {
    return { at: notice.dueAt, kind: 'notice' };
  }
  return deadline;
}

/** The next date on which the law or the house rules change the stage. Search attributes and lists show it. */
export function nextDeadline(state: CaseState): Wake | undefined {
  if (!isOpen(state.stage)) return undefined;
  if (state.lapsesAt !== undefined) return { at: state.lapsesAt, kind: 'lapse' };
  const clock = state.clock;
  const flagged = state.attention.some(({ code }) => waitsForPerson(code, state.stage));
  if (!clock || flagged) return undefined;
  return state.stage === 'cooling-off'
    ? { at: coolingOffEndsAt(clock), kind: 'window-opens' }
    : { at: claimEndsAt(clock), kind: 'window-closes' };
}

/** The clock ends nothing while one of these stands: a person, or a calendar, must come first. */
function waitsForPerson(code: AttentionCode, stage: Stage): boolean {
  if (code === 'EARLIER_DATE_THAN_TOLD') return stage === 'confirmation';
  return code === 'CLOCK_PROVISIONAL' || code === 'CHECKED_IN_NOT_CONCLUDED';
}

/**
 * The window opens at midnight, when no office is open and nobody may be written to. Acts are judged by date,
 * so the case need not be woken before the notice that tells the couple, a few hours later.
 */
function opensWithNotice(deadline: Wake, notice: PendingNotice): boolean {
  return (
    deadline.kind === 'window-opens' &&
    notice.kind === 'window-open' &&
    notice.dueAt - deadline.at < 12 * 3_600_000
  );
}

/** Planned notices that may go out: nothing is said of a window whose opening rests on a provisional date. */
export function sendable(state: CaseState): readonly PendingNotice[] {
  const provisional = state.clock?.provisionalDates.includes('coolingOffLastDay') ?? false;
  if (!provisional) return state.planned;
  return state.planned.filter(({ kind }) => kind !== 'window-open' && kind !== 'window-closing');
}

/** Takes the notices due at `now` off the plan. */
export function takeDueNotices(
  state: CaseState,
  now: EpochMs,
): { state: CaseState; due: readonly PendingNotice[] } {
  const due = sendable(state).filter(({ dueAt }) => dueAt <= now);
  if (due.length === 0) return { state, due };
  return { due, state: { ...state, planned: state.planned.filter((each) => !due.includes(each)) } };
}
