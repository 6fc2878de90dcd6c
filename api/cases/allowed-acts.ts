import { ACT_RULES } from '../../domain/case/acts/index.ts';
import type { ActInput } from '../../domain/case/act-input.ts';
import { type ActRule, momentAt } from '../../domain/case/act-rule.ts';
import { catchUp } from '../../domain/case/catch-up.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { type Act, type Role, SETTLED_BY_PERSON, type Stage } from '../../domain/case/vocabulary.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import { actsAt, mayAct } from '../../domain/procedure.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';

/** What the record knows beside the state. */
export interface OfferFacts {
  /** For acceptance, when the case has no clock yet. */
  readonly calendar: WorkCalendar;
  /** The last round of automatic checks that is done. */
  readonly checkedRound: number;
}

export interface Offer {
  /** The stage the law has the case at now, even if no timer has rung yet. */
  readonly stage: Stage;
  readonly acts: readonly Act[];
}

/**
 * What a role may do with a case at this moment: the acts of the stage, without those that date, place or hour
 * forbid. What only the visit itself shows (who is present, what was asked) is taken as in order.
 */
export function offeredActs(state: CaseState, role: Role, facts: OfferFacts, now: EpochMs): Offer {
  const present = catchUp(state, now).state;
  const acts = actsAt(present.stage).filter(
    (act) => mayAct(role, act) && lawfulNow(present, act, role, facts, now),
  );
  return { stage: present.stage, acts };
}

function lawfulNow(state: CaseState, act: Act, role: Role, facts: OfferFacts, now: EpochMs): boolean {
  const rule = ACT_RULES[act] as ActRule<Act>;
  return rule.refuse?.(state, bestInput(state, act, role, facts), momentAt(now)) === undefined;
}

/** The input of a visit at which everything is in order. */
function bestInput(state: CaseState, act: Act, role: Role, facts: OfferFacts): ActInput {
  return {
    act,
    actId: '',
    actor: '',
    role,
    venueId: state.acceptingVenueId ?? state.venueId,
    presentParties: ['a', 'b'],
    place: 'counter',
    ...facts,
    closes: state.closes,
    separatelyQuestioned: true,
    agreementFinal: true,
    party: 'a',
    code: SETTLED_BY_PERSON.find((code) => state.attention.some((each) => each.code === code)),
  } as unknown as ActInput;
}
