import type { PlainDate } from '../plain-date.ts';
import type { Channel, NoticeKind, Urgency } from './kinds.ts';

/** Dates a reminder can hang on. */
export const DATE_ANCHORS = [
  'draft-lapses',
  'correction-lapses',
  'pre-check-lapses',
  'cooling-off-last-day',
  'claim-first-day',
  'claim-last-day',
  'appointment',
] as const;
export type DateAnchor = (typeof DATE_ANCHORS)[number];

/** Events that a notice can follow. */
export const EVENT_ANCHORS = [
  'returned',
  'passed',
  'dates-changed',
  'withdrawn',
  'deemed-withdrawn',
  'registered',
  'archived',
  'number-changed',
] as const;
export type EventAnchor = (typeof EVENT_ANCHORS)[number];
export type ReminderAnchor = DateAnchor | EventAnchor;

/**
 * Who gets it. `actor` and `other` are told apart after a withdrawal only; `concerned` is whom an appointment or a
 * changed number is about. The contact-safety rules (`audience.ts`) take people off, never add any.
 */
export const RECIPIENTS = ['both', 'actor', 'other', 'concerned'] as const;
export type Recipients = (typeof RECIPIENTS)[number];

/** Wordings a rule may name; one stands for each kind of notice. */
export type TemplateName = NoticeKind;

/** One reminder of a policy. Plain JSON; a case carries its policy. */
export interface ReminderRule {
  readonly kind: NoticeKind;
  readonly on: ReminderAnchor;
  /** Whole days from the anchor's civil date; negative is before. Default 0. */
  readonly days?: number;
  /** Minutes from the anchor's instant, negative is before; for `appointment` only, instead of `days` and `at`. */
  readonly minutes?: number;
  /** `HH:MM` in Asia/Shanghai. Without it a notice that follows an event goes out at once. */
  readonly at?: string;
  /** In the order they are tried; the next one when the one before failed or the party has no address for it. */
  readonly channels: readonly Channel[];
  readonly to: Recipients;
  readonly urgency: Urgency;
  /** A party may decline it (domain.md §6: separate consent for optional things). */
  readonly optional?: boolean;
  /** Wording, when it is not the kind's own. */
  readonly template?: TemplateName;
}

/** What a district reminds of, from a day on. */
export interface ReminderPolicy {
  readonly version: string;
  /** First day on which cases are given this policy. */
  readonly from: PlainDate;
  /** Whose decision it is; the law itself orders no reminder. */
  readonly basis: string;
  /** Sending is allowed from `from` (included) to `until` (excluded), `HH:MM` Asia/Shanghai; `24:00` is midnight. */
  readonly sendingHours: { readonly from: string; readonly until: string };
  /**
   * A case orders its dated reminders up to this many minutes before they are due, each case at its own moment, so
   * that ten thousand with the same hour do not all wake at it. 0 orders them when they are due.
   * At most 480: the notice of a window is due in the morning, and is not to be ordered before the window opens.
   */
  readonly leadMinutes: number;
  readonly rules: readonly ReminderRule[];
}

/** Policies of a district, each in force from its `from` until the next one's. */
export interface DistrictPolicies {
  /** 6-digit division code. */
  readonly district: string;
  readonly policies: readonly ReminderPolicy[];
}

/** The policy in force on `today`; undefined before the first one's day. */
export function policyInForce(district: DistrictPolicies, today: PlainDate): ReminderPolicy | undefined {
  return district.policies
    .filter(({ from }) => from <= today)
    .reduce<ReminderPolicy | undefined>(
      (latest, each) => (latest === undefined || each.from > latest.from ? each : latest),
      undefined,
    );
}
