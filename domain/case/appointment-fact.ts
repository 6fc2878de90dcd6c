import type { EpochMs } from '../zoned-time.ts';
import { PARTIES, type PartyLabel } from './vocabulary.ts';

export const APPOINTMENT_SERVICES = [
  'acceptance',
  'confirmation',
  'counselling',
  'oath-hall',
  'consultation',
] as const;
export type AppointmentService = (typeof APPOINTMENT_SERVICES)[number];

/** A visit was booked, moved (booked again under its id) or cancelled. */
export interface AppointmentFact {
  readonly id: string;
  readonly service: AppointmentService;
  readonly state: 'booked' | 'cancelled';
  readonly startsAt: EpochMs;
  /** The case's own office unless said otherwise. */
  readonly venueId?: string;
  /** Whom it is about; both unless said otherwise. */
  readonly parties?: readonly PartyLabel[];
}

/** Whether something that came as a signal is the fact it is said to be; without its time nothing can be planned. */
export function isAppointment(fact: unknown): fact is AppointmentFact {
  if (typeof fact !== 'object' || fact === null) return false;
  const { id, service, state, startsAt, venueId, parties } = fact as Readonly<Record<string, unknown>>;
  return (
    typeof id === 'string' &&
    APPOINTMENT_SERVICES.some((each) => each === service) &&
    (state === 'booked' || state === 'cancelled') &&
    Number.isSafeInteger(startsAt) &&
    (venueId === undefined || typeof venueId === 'string') &&
    (parties === undefined ||
      (Array.isArray(parties) && parties.every((party) => PARTIES.includes(party as PartyLabel))))
  );
}
