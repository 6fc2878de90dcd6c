import { describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '../case/vocabulary.ts';
import {
  applyCounsellingAct,
  appointmentFact,
  COUNSELLING_ACTS,
  COUNSELLING_OUTCOMES,
  COUNSELLING_REFUSALS,
  COUNSELLING_STATES,
  type CounsellingAct,
  type CounsellingActName,
  type CounsellingStage,
  type CounsellingState,
  isCounsellingOver,
  openCounselling,
  refuseCounsellingAct,
} from './counselling.ts';

const NOW = 1_000;
const OPENING = {
  id: 'c-1',
  caseNumber: 'GM01-2026-000001',
  party: 'a',
  topic: 'family',
  immediate: false,
} as const;
const stateAt = (state: CounsellingStage): CounsellingState => ({ ...openCounselling(OPENING), state });

function inputOf(act: CounsellingActName, role: Role = 'counsellor'): CounsellingAct {
  const base = { actId: `id-${act}`, actor: 'staff-3', role };
  switch (act) {
    case 'assign':
      return { ...base, act, counsellor: 'staff-9' };
    case 'appoint':
      return { ...base, act, appointmentAt: NOW + 1 };
    case 'finish':
      return { ...base, act, outcome: 'attended' };
    case 'decline':
      return { ...base, act };
  }
}

/** The life of a counselling, written a second time: who is to be done what, and where it leads. */
const LEADS: Record<CounsellingActName, readonly [CounsellingStage, readonly CounsellingStage[]]> = {
  assign: ['assigned', ['requested', 'assigned', 'appointed']],
  appoint: ['appointed', ['assigned', 'appointed']],
  finish: ['finished', ['assigned', 'appointed']],
  decline: ['declined', ['requested', 'assigned', 'appointed']],
};
const HANDS: readonly Role[] = ['counsellor', 'dispatcher', 'clerk'];
const mayDo = (act: CounsellingActName, role: Role) =>
  act === 'finish' ? role === 'counsellor' : HANDS.includes(role);

describe.each(COUNSELLING_STATES)('at %s', (state) => {
  const trials = COUNSELLING_ACTS.flatMap((act) => ROLES.map((role) => ({ act, role })));

  it.each(trials)('$act by $role', ({ act, role }) => {
    const [to, from] = LEADS[act];
    const refused = refuseCounsellingAct(stateAt(state), inputOf(act, role), NOW);
    if (!mayDo(act, role)) expect(refused).toBe('ROLE_NOT_ALLOWED');
    else if (!from.includes(state)) expect(refused).toBe('ACT_NOT_ALLOWED');
    else {
      expect(refused).toBeUndefined();
      const next = applyCounsellingAct(stateAt(state), inputOf(act, role));
      expect(next).toMatchObject({ state: to, seq: 1, answered: [`id-${act}`] });
    }
  });

  it('is over if and only if nothing more can be done', () => {
    const possible = COUNSELLING_ACTS.some(
      (act) => refuseCounsellingAct(stateAt(state), inputOf(act), NOW) === undefined,
    );
    expect(isCounsellingOver(stateAt(state))).toBe(!possible);
  });
});

describe('an appointment', () => {
  it.each([
    [NOW - 1, 'APPOINTMENT_IN_PAST'],
    [NOW, 'APPOINTMENT_IN_PAST'],
    [NOW + 1, undefined],
  ])('at %d when it is 1000: %s', (appointmentAt, reason) => {
    const input = { ...inputOf('appoint'), act: 'appoint', appointmentAt } as CounsellingAct;
    expect(refuseCounsellingAct(stateAt('assigned'), input, NOW)).toBe(reason);
  });

  it('can be moved, and a new counsellor needs a new one', () => {
    const appointed = applyCounsellingAct(stateAt('assigned'), inputOf('appoint'));
    const moved = applyCounsellingAct(appointed, {
      ...inputOf('appoint'),
      act: 'appoint',
      appointmentAt: NOW + 9,
    });
    expect(moved).toMatchObject({ state: 'appointed', appointmentAt: NOW + 9, seq: 2 });
    expect(applyCounsellingAct(moved, inputOf('assign')).state).toBe('assigned');
  });
});

describe('the couple’s diary', () => {
  const at = (appointmentAt: number) =>
    ({ ...inputOf('appoint'), act: 'appoint', appointmentAt }) as CounsellingAct;
  const assigned = stateAt('assigned');
  const appointed = applyCounsellingAct(assigned, at(NOW + 5));
  const fact = {
    id: 'counselling-c-1',
    service: 'counselling',
    state: 'booked',
    startsAt: NOW + 5,
    parties: ['a'],
  };

  it('has the hour that is set, for whom it is about', () => {
    expect(appointmentFact(assigned, appointed, NOW)).toEqual(fact);
    const both = { party: 'both' } as const;
    const told = appointmentFact({ ...assigned, ...both }, { ...appointed, ...both }, NOW);
    expect(told).toMatchObject({ startsAt: NOW + 5 });
    expect(told).not.toHaveProperty('parties');
  });

  it('follows it when it is moved', () => {
    const moved = applyCounsellingAct(appointed, at(NOW + 9));
    expect(appointmentFact(appointed, moved, NOW)).toEqual({ ...fact, startsAt: NOW + 9 });
    expect(appointmentFact(appointed, applyCounsellingAct(appointed, at(NOW + 5)), NOW)).toBeUndefined();
  });

  it.each(['assign', 'finish', 'decline'] as const)('forgets it at %s while it is ahead', (act) => {
    const after = applyCounsellingAct(appointed, inputOf(act));
    expect(appointmentFact(appointed, after, NOW)).toEqual({ ...fact, state: 'cancelled' });
    expect(appointmentFact(appointed, after, NOW + 5)).toBeUndefined();
    expect(appointmentFact(assigned, applyCounsellingAct(assigned, inputOf(act)), NOW)).toBeUndefined();
  });
});

describe('an opening', () => {
  it('waits to be assigned, unless the party is taken to the psychologist at once', () => {
    expect(openCounselling(OPENING).state).toBe('requested');
    expect(openCounselling({ ...OPENING, immediate: true }).state).toBe('assigned');
  });

  it('keeps a named counsellor and holds codes only', () => {
    const state = openCounselling({ ...OPENING, counsellor: 'staff-9' });
    expect(Object.keys(state).sort()).toEqual(
      ['answered', 'caseNumber', 'counsellor', 'id', 'immediate', 'party', 'seq', 'state', 'topic'].sort(),
    );
  });

  it.each(COUNSELLING_OUTCOMES)('can end with the outcome %s', (outcome) => {
    const ended = applyCounsellingAct(stateAt('appointed'), { ...inputOf('finish'), act: 'finish', outcome });
    expect(ended).toMatchObject({ state: 'finished', outcome });
  });
});

it('every refusal of the closed set is given above, and none beside them', () => {
  const given = new Set(
    COUNSELLING_STATES.flatMap((state) =>
      COUNSELLING_ACTS.flatMap((act) =>
        ROLES.flatMap((role) =>
          [NOW, NOW + 10].map((now) => refuseCounsellingAct(stateAt(state), inputOf(act, role), now)),
        ),
      ),
    ),
  );
  given.delete(undefined);
  expect([...given].sort()).toEqual([...COUNSELLING_REFUSALS].sort());
});
