import { isOpen } from '../procedure.ts';
import { appointmentReminders } from '../reminders/plan-appointment.ts';
import { earliestFirst } from '../reminders/planned-notice.ts';
import type { EpochMs } from '../zoned-time.ts';
import type { AppointmentFact } from './appointment-fact.ts';
import { type CaseState, policyOf } from './state.ts';
import { type Stepped, takeStep } from './step.ts';

/**
 * A visit was booked, moved or cancelled: the reminders of its old time are taken back and those of the new one
 * planned. Undefined when the case knows it already or is over.
 */
export function appointmentChanged(
  state: CaseState,
  fact: AppointmentFact,
  now: EpochMs,
): Stepped | undefined {
  if (!isOpen(state.stage)) return undefined;
  const known = state.appointments?.find(({ id }) => id === fact.id);
  if (known ? sameVisit(known, fact) : fact.state === 'cancelled') return undefined;
  const others = (state.appointments ?? []).filter(({ id, startsAt }) => id !== fact.id && startsAt > now);
  const appointments = fact.state === 'booked' && fact.startsAt > now ? [...others, fact] : others;
  const kept = state.planned.filter(({ appointmentId }) => appointmentId !== fact.id);
  const booking = { seq: state.seq + 1, deadlineVersion: state.deadlineVersion };
  const planned = appointmentReminders(policyOf(state), fact, booking, now);
  const { id, service, state: what, startsAt, venueId } = fact;
  return takeStep(state, 'appointment-changed', state.stage, now, {
    patch: { appointments, planned: earliestFirst([...kept, ...planned]) },
    detail: {
      appointmentId: id,
      service,
      state: what,
      startsAt,
      ...(venueId === undefined ? {} : { venueId }),
    },
  });
}

function sameVisit(known: AppointmentFact, fact: AppointmentFact): boolean {
  return (
    known.state === fact.state &&
    known.startsAt === fact.startsAt &&
    known.service === fact.service &&
    known.venueId === fact.venueId &&
    (known.parties ?? []).join() === (fact.parties ?? []).join()
  );
}
