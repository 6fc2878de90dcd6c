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

/** Groups of facts that a wording is filled from. */
type Facts = 'lapse' | 'appointment' | 'clock' | 'rating' | 'number';

const FACTS_NEEDED: { readonly [T in TemplateName]?: Facts } = {
  'draft-lapsing': 'lapse',
  'material-missing': 'lapse',
  'pre-check-passed': 'lapse',
  appointment: 'appointment',
  'cooling-off-ending': 'clock',
  'window-open': 'clock',
  'window-closing': 'clock',
  'dates-changed': 'clock',
  'deemed-withdrawn': 'clock',
  'rating-invitation': 'rating',
  'number-confirmation': 'number',
};

const FACTS_AT: Readonly<Record<ReminderAnchor, readonly Facts[]>> = {
  'draft-lapses': ['lapse'],
  'correction-lapses': ['lapse'],
  'pre-check-lapses': ['lapse'],
  returned: ['lapse'],
  passed: ['lapse'],
  'cooling-off-last-day': ['clock'],
  'claim-first-day': ['clock'],
  'claim-last-day': ['clock'],
  'dates-changed': ['clock'],
  withdrawn: ['clock'],
  'deemed-withdrawn': ['clock'],
  registered: ['clock'],
  appointment: ['appointment'],
  archived: ['clock', 'rating'],
  'number-changed': ['number'],
};

/** Whether a wording can be filled from what is known at an anchor. */
export function templateFits(template: TemplateName, anchor: ReminderAnchor): boolean {
  const needed = FACTS_NEEDED[template];
  return needed === undefined || FACTS_AT[anchor].includes(needed);
}
