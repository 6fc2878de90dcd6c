import type { WorkCalendar } from '../clock/calendar.ts';
import type { PlainDate } from '../plain-date.ts';
import type { RefusalReasonCode } from '../refusal-reasons.ts';
import type { ReminderPolicy } from '../reminders/policy.ts';
import type { Act, PartyLabel, Role, SettledByPerson } from './vocabulary.ts';

/** What every act carries: who, in which role, at which venue, and the key that is the same at every attempt. */
export interface ActBase {
  readonly actId: string;
  /** Staff id; never a name. */
  readonly actor: string;
  readonly role: Role;
  readonly venueId: string;
  /** Free text, sealed with the case's own data key (base64): the engine only carries it. */
  readonly sealed?: string;
}

/** Facts the API looks up and the case records, so that a replay sees what was seen then. */
export interface VenueFacts {
  /** `HH:MM` at which the acting office closes. */
  readonly closes: string;
}

/** The last round of automatic checks that has come to its end; 0 when none has. */
export interface CheckFacts {
  readonly checkedRound: number;
}

export interface ActBodies {
  submit: object;
  pass: CheckFacts;
  return: { readonly missing: readonly string[] } & CheckFacts;
  reject: { readonly reason: RefusalReasonCode } & CheckFacts;
  accept: {
    readonly presentParties: readonly PartyLabel[];
    readonly receivedOn?: PlainDate;
    readonly place: 'counter' | 'home';
    readonly calendar: WorkCalendar;
    /** The district's policy of this day, when it is another than the case has. */
    readonly policy?: ReminderPolicy;
  } & VenueFacts;
  'refuse-acceptance': { readonly reason: RefusalReasonCode };
  withdraw: { readonly party: PartyLabel };
  'check-in': { readonly presentParties: readonly PartyLabel[] };
  review: { readonly separatelyQuestioned: boolean; readonly agreementFinal: boolean };
  register: {
    readonly presentParties: readonly PartyLabel[];
    readonly separatelyQuestioned: boolean;
    readonly agreementFinal: boolean;
    readonly registrar: string;
  };
  'refuse-registration': { readonly reason: RefusalReasonCode };
  'refer-counselling': {
    readonly counsellingId: string;
    readonly party: PartyLabel | 'both';
    readonly topic: 'emotional' | 'legal' | 'family';
    readonly immediate: boolean;
    readonly counsellor?: string;
  };
  /** Names of the corrected fields; the new values travel sealed. Who is protected and who has an address follow them. */
  correct: {
    readonly fields: readonly string[];
    readonly safety?: readonly PartyLabel[];
    readonly mailable?: readonly PartyLabel[];
    /** The same of the parties alone that the correction changes; the others stay as the case has them. */
    readonly safetyOf?: Partial<Record<PartyLabel, boolean>>;
    readonly mailableOf?: Partial<Record<PartyLabel, boolean>>;
    /** Whose new mobile number waits to be confirmed. */
    readonly numbers?: readonly PartyLabel[];
  };
  expire: object;
  /** What was done about it is the act's sealed note. */
  settle: { readonly code: SettledByPerson };
}

/** One act with its body; `ActInput<'accept'>` for one kind. */
export type ActInput<A extends Act = Act> = { [K in A]: ActBase & { readonly act: K } & ActBodies[K] }[A];
