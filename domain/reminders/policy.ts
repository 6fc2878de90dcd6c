import type { Channel, ClockNoticeKind, NoticeKind } from './kinds.ts';

/** The dates of a clock reading that a reminder can hang on. */
export type ReminderAnchor = 'coolingOffLastDay' | 'claimFirstDay' | 'claimLastDay';

/** One reminder: `offsetDays` after its anchor date (negative: before), at `at` (`HH:MM`, Asia/Shanghai). */
export interface ReminderRule {
  kind: ClockNoticeKind;
  anchor: ReminderAnchor;
  offsetDays: number;
  at: string;
}

export interface ReminderPolicy {
  version: string;
  /** First day the policy applies. */
  from: string;
  /** Whose decision it is; the law itself orders no reminder. */
  basis: string;
  rules: readonly ReminderRule[];
}

/** The district's policy: everything goes to both parties. */
export const DEFAULT_REMINDER_POLICY: ReminderPolicy = {
  version: '2026-1',
  from: '2026-01-01',
  basis: '光明区婚姻登记处服务承诺：冷静期届满前三日提醒',
  rules: [
    { kind: 'cooling-off-ending', anchor: 'coolingOffLastDay', offsetDays: -3, at: '09:00' },
    { kind: 'window-open', anchor: 'claimFirstDay', offsetDays: 0, at: '09:00' },
    { kind: 'window-closing', anchor: 'claimLastDay', offsetDays: -7, at: '09:00' },
    { kind: 'window-closing', anchor: 'claimLastDay', offsetDays: -3, at: '09:00' },
    { kind: 'window-closing', anchor: 'claimLastDay', offsetDays: -1, at: '09:00' },
  ],
};

const SMS_THEN_EMAIL = ['sms', 'email'] as const;

/**
 * Channels in the order they are tried; the next one only when the one before failed or the party has no
 * address for it. Good news that obliges nobody to anything goes by e-mail alone.
 */
export const NOTICE_CHANNELS = {
  'material-missing': SMS_THEN_EMAIL,
  'pre-check-passed': ['email'],
  appointment: SMS_THEN_EMAIL,
  'cooling-off-ending': SMS_THEN_EMAIL,
  'window-open': SMS_THEN_EMAIL,
  'window-closing': SMS_THEN_EMAIL,
  withdrawn: SMS_THEN_EMAIL,
  'deemed-withdrawn': SMS_THEN_EMAIL,
  registered: SMS_THEN_EMAIL,
  'rating-invitation': SMS_THEN_EMAIL,
} as const satisfies Record<NoticeKind, readonly Channel[]>;

/** Channels of a kind in the order they are tried; never empty. */
export function channelsFor(kind: NoticeKind): readonly Channel[] {
  return NOTICE_CHANNELS[kind];
}
