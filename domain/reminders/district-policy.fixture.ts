import type { PlainDate } from '../plain-date.ts';
import type { ReminderPolicy, ReminderRule } from './policy.ts';

type Terms = Pick<ReminderRule, 'channels' | 'to' | 'urgency'>;
const TOLD: Terms = { channels: ['sms', 'email', 'call'], to: 'both', urgency: 'routine' };
const BY_MAIL: Terms = { ...TOLD, channels: ['email'] };
const AT_NINE = { at: '09:00', ...TOLD } as const;

/** For tests: a policy with a rule for every kind of notice and every anchor. */
export const DISTRICT_POLICY: ReminderPolicy = {
  version: 'test-1',
  from: '2026-01-01' as PlainDate,
  basis: 'test',
  sendingHours: { from: '08:30', until: '20:00' },
  leadMinutes: 30,
  rules: [
    { kind: 'draft-lapsing', on: 'draft-lapses', days: -3, ...AT_NINE },
    { kind: 'material-missing', on: 'returned', ...TOLD },
    { kind: 'material-missing', on: 'correction-lapses', days: -7, ...AT_NINE },
    { kind: 'pre-check-passed', on: 'passed', ...BY_MAIL },
    { kind: 'pre-check-passed', on: 'pre-check-lapses', days: -7, ...AT_NINE },
    { kind: 'appointment', on: 'appointment', days: -1, at: '17:00', ...TOLD, to: 'concerned' },
    { kind: 'appointment', on: 'appointment', minutes: -120, ...TOLD, to: 'concerned', urgency: 'urgent' },
    { kind: 'cooling-off-ending', on: 'cooling-off-last-day', days: -3, ...AT_NINE },
    { kind: 'window-open', on: 'claim-first-day', days: 0, ...AT_NINE },
    { kind: 'window-closing', on: 'claim-last-day', days: -7, ...AT_NINE },
    { kind: 'window-closing', on: 'claim-last-day', days: -3, ...AT_NINE },
    { kind: 'window-closing', on: 'claim-last-day', days: -1, ...AT_NINE, urgency: 'urgent' },
    { kind: 'dates-changed', on: 'dates-changed', ...TOLD, urgency: 'urgent' },
    { kind: 'withdrawn', on: 'withdrawn', ...TOLD, to: 'actor' },
    { kind: 'status-changed', on: 'withdrawn', ...TOLD, to: 'other' },
    { kind: 'deemed-withdrawn', on: 'deemed-withdrawn', ...TOLD },
    { kind: 'registered', on: 'registered', ...TOLD },
    { kind: 'archive-copy', on: 'archived', ...BY_MAIL },
    { kind: 'rating-invitation', on: 'archived', days: 1, ...AT_NINE, optional: true },
    { kind: 'number-confirmation', on: 'number-changed', ...TOLD, channels: ['sms'], to: 'concerned' },
  ],
};
