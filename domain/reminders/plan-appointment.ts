import type { AppointmentFact } from '../case/appointment-fact.ts';
import { PARTIES } from '../case/vocabulary.ts';
import { dateAt, type EpochMs } from '../zoned-time.ts';
import { noticeOf, onDay, type PlannedNotice, rulesOn } from './planned-notice.ts';
import type { ReminderPolicy, ReminderRule } from './policy.ts';

const MINUTE_MS = 60_000;

/**
 * Reminders of one visit for those it is about. What would be due by `now`, or not before the visit begins, is left
 * out; a cancelled visit has none.
 * @param booking `seq` is the step that booked it: moved away and back, a visit is reminded of anew
 */
export function appointmentReminders(
  policy: ReminderPolicy,
  visit: AppointmentFact,
  booking: { readonly seq: number; readonly deadlineVersion: number },
  now: EpochMs,
): PlannedNotice[] {
  if (visit.state === 'cancelled') return [];
  const { id, startsAt } = visit;
  return rulesOn(policy, 'appointment').flatMap((rule) => {
    const notice = noticeOf(
      rule,
      {
        wanted: wantedAt(rule, startsAt),
        deadlineVersion: booking.deadlineVersion,
        parties: visit.parties ?? PARTIES,
        about: { startsAt },
        occasion: `${id}@${startsAt}/${offsetOf(rule)}/${booking.seq}`,
        appointmentId: id,
      },
      policy,
    );
    return notice && notice.dueAt > now ? [notice] : [];
  });
}

function wantedAt(rule: ReminderRule, startsAt: EpochMs): EpochMs {
  return rule.minutes === undefined ? onDay(rule, dateAt(startsAt)) : startsAt + rule.minutes * MINUTE_MS;
}

function offsetOf({ days = 0, minutes }: ReminderRule): string {
  return minutes === undefined ? `${days}d` : `${minutes}m`;
}
