import { claimEndsAt, coolingOffEndsAt } from '../clock/clock-windows.ts';
import { isOpen } from '../procedure.ts';
import type { NoticeKind } from '../reminders/kinds.ts';
import type { EpochMs } from '../zoned-time.ts';
import { leadOf } from '../reminders/lead.ts';
import { isOutdated } from './outdated.ts';
import { type CaseState, hasLeft, type PendingNotice, policyOf } from './state.ts';
import type { AttentionCode, Stage } from './vocabulary.ts';

export interface Wake {
  readonly at: EpochMs;
  readonly kind: 'lapse' | 'window-opens' | 'window-closes' | 'notice';
}

/** When the case must next be looked at without anybody acting; undefined when it waits for people only. */
export function nextWake(state: CaseState): Wake | undefined {
  const deadline = nextDeadline(state);
  const notice = noticeWake(state);
  if (notice && (!deadline || notice.at <= deadline.at || opensWithNotice(deadline, notice))) {
    return { at: notice.at, kind: 'notice' };
  }
  return deadline;
}

/** When the next notice is to be ordered. A case that has ended also waits for the hour of those on their way. */
function noticeWake(state: CaseState): NoticeWake | undefined {
  const lead = leadTime(state);
  const over = !isOpen(state.stage);
  return sendable(state)
    .filter(({ ordered }) => over || !ordered)
    .map(({ kind, dueAt, ordered }) => ({ kind, at: ordered ? dueAt : dueAt - lead }))
    .reduce<NoticeWake | undefined>(
      (first, each) => (first && first.at <= each.at ? first : each),
      undefined,
    );
}

interface NoticeWake {
  readonly kind: NoticeKind;
  readonly at: EpochMs;
}

/** A rehearsed case orders on the minute: its time is its own, and nobody else wakes in it. */
function leadTime(state: CaseState): EpochMs {
  return state.realm === 'rehearsal' ? 0 : leadOf(state.caseNumber, policyOf(state).leadMinutes);
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
function opensWithNotice(deadline: Wake, notice: NoticeWake): boolean {
  return (
    deadline.kind === 'window-opens' &&
    notice.kind === 'window-open' &&
    notice.at - deadline.at < 12 * 3_600_000
  );
}

/** Planned notices that may go out: nothing is said of a window whose opening rests on a provisional date. */
export function sendable(state: CaseState): readonly PendingNotice[] {
  const provisional = state.clock?.provisionalDates.includes('coolingOffLastDay') ?? false;
  if (!provisional) return state.planned;
  return state.planned.filter(({ kind }) => kind !== 'window-open' && kind !== 'window-closing');
}

/**
 * The notices to be ordered at `now`. They stay on the plan until their hour has come, so that an act can take them
 * back; those whose hour has come leave it, and so do those that a later one of their kind makes needless.
 */
export function takeDueNotices(
  state: CaseState,
  now: EpochMs,
): { state: CaseState; due: readonly PendingNotice[] } {
  const lead = leadTime(state);
  const ready = sendable(state).filter(({ dueAt, ordered }) => !ordered && dueAt - lead <= now);
  const due = ready.filter((each) => !isOutdated(each, ready, now));
  if (due.length === 0 && !state.planned.some((each) => hasLeft(each, now))) return { state, due };
  const planned = state.planned
    .filter((each) => !ready.includes(each) || due.includes(each))
    .map((each): PendingNotice => (due.includes(each) ? { ...each, ordered: true } : each))
    .filter((each) => !hasLeft(each, now));
  return { due, state: { ...state, planned } };
}
