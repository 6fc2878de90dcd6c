import type { EpochMs } from '../zoned-time.ts';
import type { PartyLabel } from './vocabulary.ts';

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
  readonly venueId: string;
  /** Whom it is about; both unless said otherwise. */
  readonly parties?: readonly PartyLabel[];
}
