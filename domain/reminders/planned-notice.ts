import type { PartyLabel } from '../case/vocabulary.ts';
import { addDays, type PlainDate } from '../plain-date.ts';
import { type EpochMs, instantAt } from '../zoned-time.ts';
import type { Channel, NoticeKind, Urgency } from './kinds.ts';
import type { ReminderAnchor, ReminderPolicy, ReminderRule, TemplateName } from './policy.ts';
import { nextAllowed } from './quiet-hours.ts';
import { type SpokenOf, usefulUntil } from './useful-until.ts';

/** A notice that is due at `dueAt`, with the terms on which it is ordered. Plain JSON. */
export interface PlannedNotice {
  readonly kind: NoticeKind;
  readonly on: ReminderAnchor;
  readonly dueAt: EpochMs;
  /** Nobody needs it from this instant on. */
  readonly usefulUntil: EpochMs;
  readonly deadlineVersion: number;
  /** Days from the rule's anchor date; negative is before. */
  readonly offsetDays: number;
  readonly parties: readonly PartyLabel[];
  readonly channels: readonly Channel[];
  readonly urgency: Urgency;
  readonly optional?: true;
  readonly template?: TemplateName;
  /** What gave rise to it, where it is not a date of the clock: the act's id, the lapse, or the visit and its time. */
  readonly occasion?: string;
  /** Id of the visit it speaks of. */
  readonly appointmentId?: string;
}

/** What differs between the notices of one rule. */
export interface Occurrence {
  /** Before quiet hours have been looked at. */
  readonly wanted: EpochMs;
  readonly deadlineVersion: number;
  readonly parties: readonly PartyLabel[];
  readonly about: SpokenOf;
  readonly occasion?: string;
  readonly appointmentId?: string;
}

/** The notice of a rule, moved out of quiet hours; undefined when it would come too late to be of use. */
export function noticeOf(
  rule: ReminderRule,
  occurrence: Occurrence,
  { sendingHours }: ReminderPolicy,
): PlannedNotice | undefined {
  const { wanted, about, ...same } = occurrence;
  const dueAt = nextAllowed(wanted, sendingHours);
  const until = usefulUntil(rule.kind, dueAt, about);
  if (until <= dueAt || same.parties.length === 0) return undefined;
  return {
    kind: rule.kind,
    on: rule.on,
    dueAt,
    usefulUntil: until,
    offsetDays: rule.days ?? 0,
    channels: rule.channels,
    urgency: rule.urgency,
    ...(rule.optional ? { optional: true } : {}),
    ...(rule.template ? { template: rule.template } : {}),
    ...same,
  };
}

/** The instant of a rule that counts whole days from a civil date. */
export function onDay(rule: ReminderRule, anchor: PlainDate): EpochMs {
  return instantAt(addDays(anchor, rule.days ?? 0), rule.at);
}

export function earliestFirst<N extends { readonly dueAt: EpochMs }>(notices: readonly N[]): N[] {
  return [...notices].sort((x, y) => x.dueAt - y.dueAt);
}

export function rulesOn(policy: ReminderPolicy, on: ReminderAnchor): readonly ReminderRule[] {
  return policy.rules.filter((rule) => rule.on === on);
}
