import { PARTIES, type PartyLabel } from '../case/vocabulary.ts';
import { addDays } from '../plain-date.ts';
import { dateAt, type EpochMs, instantAt } from '../zoned-time.ts';
import { audience, type AudienceFacts } from './audience.ts';
import { noticeOf, type PlannedNotice, rulesOn } from './planned-notice.ts';
import type { EventAnchor, Recipients, ReminderPolicy, ReminderRule } from './policy.ts';
import type { SpokenOf } from './useful-until.ts';

/** Something that happened to a case and that parties may be told of. */
export interface CaseHappening {
  readonly on: EventAnchor;
  readonly at: EpochMs;
  readonly deadlineVersion: number;
  /** Who did it, after a withdrawal. */
  readonly actor?: PartyLabel | undefined;
  /** Whom it is about, where it is not about both. */
  readonly concerned?: readonly PartyLabel[];
  readonly occasion?: string;
  readonly facts: AudienceFacts;
  readonly about: SpokenOf;
}

/** A number is confirmed before it is used, whatever a policy says or forgets. */
const CONFIRM_NUMBER: ReminderRule = {
  kind: 'number-confirmation',
  on: 'number-changed',
  channels: ['sms'],
  to: 'concerned',
  urgency: 'urgent',
};

/** The notices that follow an event: at once, or on the day and hour the policy says, in the hours for sending. */
export function eventNotices(policy: ReminderPolicy, happening: CaseHappening): PlannedNotice[] {
  const { on, at, deadlineVersion, occasion, facts, about } = happening;
  const rules = rulesOn(policy, on);
  const missing = on === 'number-changed' && rules.length === 0;
  return (missing ? [CONFIRM_NUMBER] : rules).flatMap((rule) => {
    const allowed = audience(rule.kind, facts);
    const parties = recipients(rule.to, happening).filter((party) => allowed.includes(party));
    const told = { deadlineVersion, parties, about, ...(occasion === undefined ? {} : { occasion }) };
    const notice = noticeOf(rule, { wanted: hourOf(rule, at), ...told }, policy);
    return notice ? [notice] : [];
  });
}

function recipients(to: Recipients, { actor, concerned = [] }: CaseHappening): readonly PartyLabel[] {
  if (to === 'both') return PARTIES;
  if (to === 'concerned') return concerned;
  // Without knowing who acted, telling either could be telling the wrong one.
  if (actor === undefined) return [];
  return PARTIES.filter((party) => (party === actor) === (to === 'actor'));
}

/** An hour of the day that has passed when the event happens is the next day's. */
function hourOf({ days = 0, at }: ReminderRule, happened: EpochMs): EpochMs {
  if (at === undefined) return days === 0 ? happened : happened + days * 86_400_000;
  const wanted = instantAt(addDays(dateAt(happened), days), at);
  return wanted >= happened ? wanted : instantAt(addDays(dateAt(happened), days + 1), at);
}
