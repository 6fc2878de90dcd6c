/** The closed sets a case is described with. Everything else derives from them. */

/** Stages of 协议离婚登记, in the order a case passes them; the last seven end it. */
export const STAGES = [
  'draft',
  'pre-check',
  'correction',
  'ready',
  'cooling-off',
  'confirmation',
  'registered',
  'withdrawn',
  'deemed-withdrawn',
  'archived',
  'rejected',
  'refused',
  'lapsed',
] as const;
export type Stage = (typeof STAGES)[number];

/** What runs beside the stage. */
export const FLAGS = [
  'counselling',
  'home-visit',
  'custody-assessment',
  'safety',
  'cross-border',
  'provisional-clock',
  'needs-attention',
] as const;
export type Flag = (typeof FLAGS)[number];

/** What a person may do to a case. */
export const ACTS = [
  'submit',
  'pass',
  'return',
  'reject',
  'accept',
  'refuse-acceptance',
  'withdraw',
  'check-in',
  'review',
  'register',
  'refuse-registration',
  'refer-counselling',
  'correct',
  'expire',
  'settle',
] as const;
export type Act = (typeof ACTS)[number];

/** What the clock, the engine or another department does to a case. */
export const EVENTS = [
  'open',
  'import',
  'cooling-off-over',
  'window-over',
  'lapse',
  'archive',
  'calendar-published',
  'counselling-finished',
  'appointment-changed',
  'resumed',
  'attention-raised',
  'attention-cleared',
  'voided',
] as const;
export type CaseEvent = (typeof EVENTS)[number];

export const ROLES = [
  'clerk',
  'reviewer',
  'counsellor',
  'dispatcher',
  'quality',
  'archivist',
  'supervisor',
  'auditor',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];

/** The two applicants, in the order of the application form. */
export const PARTIES = ['a', 'b'] as const;
export type PartyLabel = (typeof PARTIES)[number];

export const CHANNELS = ['online', 'counter', 'phone'] as const;
export type Channel = (typeof CHANNELS)[number];

export const LOCALES = ['zh-Hans', 'zh-Hant', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** How a case that was accepted, or never was, came to its end. */
export const OUTCOMES = [
  'registered',
  'withdrawn',
  'deemed-withdrawn',
  'rejected',
  'refused',
  'lapsed',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a person has to look at a case. */
export const ATTENTION_CODES = [
  'REGISTER_UNAVAILABLE',
  'NOTICE_DELAYED',
  'NOTICE_FAILED',
  'CLOCK_PROVISIONAL',
  'CHECKED_IN_NOT_CONCLUDED',
  'EARLIER_DATE_THAN_TOLD',
  'ARCHIVE_DELAYED',
  'COUNSELLING_UNANSWERED',
  'BAD_SIGNAL',
] as const;
export type AttentionCode = (typeof ATTENTION_CODES)[number];

/** Reasons that a supervisor takes away once a person has dealt with them; the others go when what caused them does. */
export const SETTLED_BY_PERSON = [
  'EARLIER_DATE_THAN_TOLD',
  'BAD_SIGNAL',
  'NOTICE_FAILED',
] as const satisfies readonly AttentionCode[];
export type SettledByPerson = (typeof SETTLED_BY_PERSON)[number];
