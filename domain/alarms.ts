/**
 * What somebody on duty must know of the system itself, as against `ATTENTION_CODES`, which are about one case. An
 * alarm stands from the moment it is raised until what it speaks of works again.
 */
export const ALARM_CODES = [
  'RECONCILIATION_MISSED',
  'RECONCILIATION_FAILED',
  'REMINDER_POLICY_INVALID',
  'GATEWAY_REFUSED',
  'RECOMPUTATION_STALLED',
] as const;
export type AlarmCode = (typeof ALARM_CODES)[number];

/** Codes, numbers, instants and ids only: an alarm is mailed, and shown to people who may not read cases. */
export type AlarmDetail = Readonly<Record<string, string | number | boolean | null>>;
