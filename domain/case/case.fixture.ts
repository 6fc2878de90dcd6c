import { CALENDAR_2026 } from '../clock/calendar-2026.fixture.ts';
import { plainDate } from '../plain-date.ts';
import { type EpochMs, instantAt } from '../zoned-time.ts';
import type { ActBodies, ActInput } from './act-input.ts';
import { catchUp } from './catch-up.ts';
import { decide } from './decide.ts';
import { type CaseOpening, type CaseState, openCase, patched } from './state.ts';
import type { Act, Role, Stage } from './vocabulary.ts';

/** An instant of the wall clock in Shanghai. */
export const at = (date: string, time = '10:00'): EpochMs => instantAt(plainDate(date), time);

export const OPENING: CaseOpening = {
  caseNumber: 'GM01-2026-000001',
  realm: 'live',
  channel: 'online',
  venueId: 'gm-centre',
  flags: [],
  safety: [],
  mailable: ['a', 'b'],
  closes: '18:00',
  seq: 1,
};

const OWN_ROLE: Readonly<Record<Act, Role>> = {
  submit: 'clerk',
  pass: 'reviewer',
  return: 'reviewer',
  reject: 'reviewer',
  accept: 'clerk',
  'refuse-acceptance': 'clerk',
  withdraw: 'clerk',
  'check-in': 'clerk',
  review: 'clerk',
  register: 'clerk',
  'refuse-registration': 'clerk',
  'refer-counselling': 'counsellor',
  correct: 'clerk',
  expire: 'supervisor',
  settle: 'supervisor',
};

const BODIES: ActBodies = {
  submit: {},
  pass: { checkedRound: 1 },
  return: { missing: ['marriage-certificate'], checkedRound: 1 },
  reject: { reason: 'MARRIAGE_NOT_MAINLAND', checkedRound: 1 },
  accept: { presentParties: ['a', 'b'], place: 'counter', calendar: CALENDAR_2026, closes: '18:00' },
  'refuse-acceptance': { reason: 'DOC_MISSING' },
  withdraw: { party: 'a' },
  'check-in': { presentParties: ['a', 'b'] },
  review: { separatelyQuestioned: true, agreementFinal: true },
  register: {
    presentParties: ['a', 'b'],
    separatelyQuestioned: true,
    agreementFinal: true,
    registrar: 'staff-7',
  },
  'refuse-registration': { reason: 'AGREEMENT_INCOMPLETE' },
  'refer-counselling': { counsellingId: 'c-1', party: 'a', topic: 'emotional', immediate: false },
  correct: { fields: ['parties.a.mobile'] },
  expire: {},
  settle: { code: 'BAD_SIGNAL' },
};

type Changes<A extends Act> = Partial<ActBodies[A]> & { venueId?: string; role?: Role; actId?: string };

/** An act as it is done when nothing is wrong, by the role it belongs to, at the accepting office. */
export function inputOf<A extends Act>(act: A, changes: Changes<A> = {}): ActInput {
  const base = { actId: `id-${act}`, actor: 'staff-1', role: OWN_ROLE[act], venueId: 'gm-centre' };
  return { ...base, act, ...BODIES[act], ...changes } as unknown as ActInput;
}

/** The case after an act. @throws Error when it is refused: the test has a wrong premise */
export function done<A extends Act>(
  state: CaseState,
  act: A,
  now: EpochMs,
  changes: Changes<A> = {},
): CaseState {
  const decision = decide(state, inputOf(act, changes), now);
  if (!decision.ok) throw new Error(`${act} was refused: ${decision.reason}`);
  return decision.state;
}

/** A case and an instant at which it stands at that stage with nothing overdue. */
export interface Scene {
  readonly state: CaseState;
  readonly now: EpochMs;
}

export function draft(opening: Partial<CaseOpening> = {}): CaseState {
  return openCase({ ...OPENING, ...opening }, at('2026-10-28', '09:00'));
}

/** Passed on the morning of 2026-10-28. */
export function ready(opening: Partial<CaseOpening> = {}): CaseState {
  const submitted = done(draft(opening), 'submit', at('2026-10-28', '09:10'));
  return done(submitted, 'pass', at('2026-10-28', '09:20'));
}

/** Accepted on 2026-10-30: cooling-off to 2026-11-30, claim from 2026-12-01 to 2026-12-30, all published. */
export function accepted(receivedOn = '2026-10-30', opening: Partial<CaseOpening> = {}): CaseState {
  return done(ready(opening), 'accept', at(receivedOn));
}

/** A case at every stage, brought there by the acts and the clock that lead there. */
export function sceneAt(stage: Stage): Scene {
  const submitted = done(draft(), 'submit', at('2026-10-28', '09:10'));
  const open = catchUp(accepted(), at('2026-12-01', '00:00')).state;
  const registered = done(open, 'register', at('2026-12-02'));
  const morning = at('2026-10-28', '09:30');
  const scenes: Record<Stage, () => Scene> = {
    draft: () => ({ state: draft(), now: morning }),
    'pre-check': () => ({ state: submitted, now: morning }),
    correction: () => ({ state: done(submitted, 'return', at('2026-10-28', '09:20')), now: morning }),
    ready: () => ({ state: ready(), now: morning }),
    'cooling-off': () => ({ state: accepted(), now: at('2026-11-10') }),
    confirmation: () => ({ state: open, now: at('2026-12-02') }),
    registered: () => ({ state: registered, now: at('2026-12-02', '10:01') }),
    withdrawn: () => ({ state: done(accepted(), 'withdraw', at('2026-11-10')), now: at('2026-11-10') }),
    'deemed-withdrawn': () => ({ state: catchUp(open, at('2026-12-31')).state, now: at('2026-12-31') }),
    archived: () => ({
      state: patched(registered, { stage: 'archived', planned: [] }),
      now: at('2026-12-03'),
    }),
    rejected: () => ({ state: done(submitted, 'reject', at('2026-10-28', '09:20')), now: morning }),
    refused: () => ({ state: done(ready(), 'refuse-acceptance', morning), now: at('2026-10-29') }),
    lapsed: () => ({ state: catchUp(draft(), at('2026-12-01')).state, now: at('2026-12-01') }),
  };
  return scenes[stage]();
}
