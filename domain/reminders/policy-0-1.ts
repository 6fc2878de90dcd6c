import type { PlainDate } from '../plain-date.ts';
import type { ReminderPolicy, ReminderRule } from './policy.ts';
import { SENDING_HOURS } from './quiet-hours.ts';

type Terms = Pick<ReminderRule, 'channels' | 'to' | 'urgency'>;

const TOLD: Terms = { channels: ['sms', 'email'], to: 'both', urgency: 'routine' };
/** Good news that obliges nobody to anything goes by e-mail alone. */
const BY_MAIL: Terms = { ...TOLD, channels: ['email'] };

/**
 * What release 0.1 reminded of. A case opened by it carries no policy and keeps to this one, at replay too: nothing
 * here may ever change.
 */
export const POLICY_0_1: ReminderPolicy = {
  version: '2026-1',
  from: '2026-01-01' as PlainDate,
  basis: '光明区婚姻登记处服务承诺：冷静期届满前三日提醒',
  sendingHours: SENDING_HOURS,
  leadMinutes: 0,
  rules: [
    { kind: 'material-missing', on: 'returned', ...TOLD },
    { kind: 'pre-check-passed', on: 'passed', ...BY_MAIL },
    { kind: 'cooling-off-ending', on: 'cooling-off-last-day', days: -3, at: '09:00', ...TOLD },
    { kind: 'window-open', on: 'claim-first-day', days: 0, at: '09:00', ...TOLD },
    { kind: 'window-closing', on: 'claim-last-day', days: -7, at: '09:00', ...TOLD },
    { kind: 'window-closing', on: 'claim-last-day', days: -3, at: '09:00', ...TOLD },
    { kind: 'window-closing', on: 'claim-last-day', days: -1, at: '09:00', ...TOLD },
    { kind: 'withdrawn', on: 'withdrawn', ...TOLD },
    { kind: 'deemed-withdrawn', on: 'deemed-withdrawn', ...TOLD },
    { kind: 'registered', on: 'registered', ...TOLD },
  ],
};
