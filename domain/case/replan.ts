import { CLOCK_NOTICE_KINDS } from '../reminders/kinds.ts';
import { earliestFirst } from '../reminders/planned-notice.ts';
import { nextAllowed } from '../reminders/quiet-hours.ts';
import { usefulUntil } from '../reminders/useful-until.ts';
import type { EpochMs } from '../zoned-time.ts';
import type { Clocked } from './start-clock.ts';
import { type CaseState, hasLeft, type PendingNotice, policyOf } from './state.ts';

/**
 * The reminders of a case whose dates have moved. One that was still to come and whose new hour has passed already
 * goes out at once: the couple has been told nothing yet. It is left out only when what it speaks of is over.
 */
export function replan(before: CaseState, read: Clocked, now: EpochMs): readonly PendingNotice[] {
  const dueAt = nextAllowed(now, policyOf(before).sendingHours);
  const late = CLOCK_NOTICE_KINDS.flatMap((kind): PendingNotice[] => {
    const until = usefulUntil(kind, dueAt, read);
    if (until <= dueAt) return [];
    // Of several late ones of a kind the last says what the others would have said.
    const unsent = before.planned.filter(
      (each) => each.kind === kind && !stands(read.planned, each) && !hasLeft(each, now),
    );
    const last = unsent.at(-1);
    if (!last) return [];
    return [{ ...last, ordered: false, dueAt, usefulUntil: until, deadlineVersion: read.deadlineVersion }];
  });
  return earliestFirst([...late, ...read.planned]);
}

function stands(planned: readonly PendingNotice[], { kind, offsetDays }: PendingNotice): boolean {
  return planned.some((each) => each.kind === kind && each.offsetDays === offsetDays);
}
