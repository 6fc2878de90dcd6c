import type { ClockReading } from '../clock/periods.ts';
import type { PlainDate } from '../plain-date.ts';
import { CLOCK_NOTICE_KINDS, type ClockNoticeKind } from '../reminders/kinds.ts';
import { nextAllowed } from '../reminders/quiet-hours.ts';
import { dateAt, type EpochMs } from '../zoned-time.ts';
import type { Clocked } from './start-clock.ts';
import type { CaseState, PendingNotice } from './state.ts';

/**
 * The reminders of a case whose dates have moved. One that was still to come and whose new hour has passed already
 * goes out at once: the couple has been told nothing yet. It is left out only when what it speaks of is over.
 */
export function replan(before: CaseState, read: Clocked, now: EpochMs): readonly PendingNotice[] {
  const dueAt = nextAllowed(now);
  const late = CLOCK_NOTICE_KINDS.flatMap((kind): PendingNotice[] => {
    if (dateAt(dueAt) > lastUse(kind, read.clock)) return [];
    // Of several late ones of a kind the last says what the others would have said.
    const unsent = before.planned.filter((each) => each.kind === kind && !stands(read.planned, each));
    const last = unsent.at(-1);
    return last ? [{ ...last, dueAt, deadlineVersion: read.deadlineVersion }] : [];
  });
  return [...late, ...read.planned].sort((x, y) => x.dueAt - y.dueAt);
}

function stands(planned: readonly PendingNotice[], { kind, offsetDays }: PendingNotice): boolean {
  return planned.some((each) => each.kind === kind && each.offsetDays === offsetDays);
}

/** The last day on which a reminder is of use. */
function lastUse(kind: ClockNoticeKind, clock: ClockReading): PlainDate {
  return kind === 'cooling-off-ending' ? clock.coolingOffLastDay : clock.claimLastDay;
}
