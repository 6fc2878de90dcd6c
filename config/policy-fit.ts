import type { NoticeKind } from '../domain/reminders/kinds.ts';
import type { Recipients, ReminderAnchor, TemplateName } from '../domain/reminders/policy.ts';

/** What each kind of notice speaks of, and so what it can hang on. */
export const ANCHORS_OF_KIND: Readonly<Record<NoticeKind, readonly ReminderAnchor[]>> = {
  'draft-lapsing': ['draft-lapses'],
  'material-missing': ['returned', 'correction-lapses'],
  'pre-check-passed': ['passed', 'pre-check-lapses'],
  appointment: ['appointment'],
  'cooling-off-ending': ['cooling-off-last-day'],
  'window-open': ['claim-first-day'],
  'window-closing': ['claim-last-day'],
  'dates-changed': ['dates-changed'],
  withdrawn: ['withdrawn'],
  'status-changed': ['withdrawn'],
  'deemed-withdrawn': ['deemed-withdrawn'],
  registered: ['registered'],
  'archive-copy': ['archived'],
  'rating-invitation': ['archived'],
  'number-confirmation': ['number-changed'],
};

/** Whom a notice at this anchor can go to; `both` everywhere else. */
const RECIPIENTS_AT: { readonly [A in ReminderAnchor]?: readonly Recipients[] } = {
  withdrawn: ['both', 'actor', 'other'],
  appointment: ['both', 'concerned'],
  // Only the party whose number it is may get the code.
  'number-changed': ['concerned'],
};

export function recipientsAt(anchor: ReminderAnchor): readonly Recipients[] {
  return RECIPIENTS_AT[anchor] ?? ['both'];
}

/**
 * Wordings of their own kind alone, whatever else is told at the same anchor: an invitation to rate is optional, and
 * kept from a case under the safety flag, by its kind; a code belongs to the number it proves.
 */
const NEVER_BORROWED: readonly TemplateName[] = ['rating-invitation', 'number-confirmation'];

/**
 * Whether a kind of notice may speak in the wording of another: what that wording says must be true at the anchor, and
 * be known there.
 */
export function templateFits(template: TemplateName, kind: NoticeKind, anchor: ReminderAnchor): boolean {
  if (template === kind) return true;
  return !NEVER_BORROWED.includes(template) && ANCHORS_OF_KIND[template].includes(anchor);
}

/** Kinds that carry a right, or prove a number: a policy says when they are sent, never that they aren't. */
export const REQUIRED_KINDS = [
  'cooling-off-ending',
  'window-open',
  'window-closing',
  'dates-changed',
  'number-confirmation',
] as const satisfies readonly NoticeKind[];

/**
 * The latest `days` with which a notice is still of use: the last whole day before a lapse, the last day of a period.
 * A rule beyond it would be there and never be carried out.
 */
export const LATEST_DAYS: { readonly [A in ReminderAnchor]?: number } = {
  'draft-lapses': -1,
  'correction-lapses': -1,
  'pre-check-lapses': -1,
  'cooling-off-last-day': 0,
  'claim-first-day': 29,
  'claim-last-day': 0,
  appointment: 0,
};
