import { describe, expect, it } from '@jest/globals';
import { ACTS, ROLES, STAGES, type Act, type Role, type Stage } from './case/vocabulary.ts';
import {
  ACT_ROLES,
  actsAt,
  awaitsArchive,
  isFinal,
  isOpen,
  mayAct,
  nextStage,
  PROCEDURE,
} from './procedure.ts';

/** The acts of the procedure that move a case, written a second time from the law's own sequence of steps. */
const MOVES: readonly (readonly [Stage, Act, Stage])[] = [
  ['draft', 'submit', 'pre-check'],
  ['pre-check', 'pass', 'ready'],
  ['pre-check', 'return', 'correction'],
  ['pre-check', 'reject', 'rejected'],
  ['correction', 'submit', 'pre-check'],
  ['ready', 'accept', 'cooling-off'],
  ['ready', 'refuse-acceptance', 'refused'],
  ['cooling-off', 'withdraw', 'withdrawn'],
  ['confirmation', 'register', 'registered'],
  ['confirmation', 'expire', 'deemed-withdrawn'],
];
/** Acts that leave the stage as it is. */
const STAYS: readonly (readonly [Stage, readonly Act[]])[] = [
  ['draft', ['refer-counselling', 'correct', 'settle']],
  ['pre-check', ['refer-counselling', 'correct', 'settle']],
  ['correction', ['refer-counselling', 'correct', 'settle']],
  ['ready', ['refer-counselling', 'correct', 'settle']],
  ['cooling-off', ['refer-counselling', 'correct', 'settle']],
  ['confirmation', ['check-in', 'review', 'refuse-registration', 'refer-counselling', 'correct', 'settle']],
];
/** Stages the clock or the archive leads to. */
const BY_CLOCK: readonly (readonly [Stage, Stage])[] = [
  ['draft', 'lapsed'],
  ['correction', 'lapsed'],
  ['ready', 'lapsed'],
  ['cooling-off', 'confirmation'],
  ['confirmation', 'deemed-withdrawn'],
  ['registered', 'archived'],
  ['withdrawn', 'archived'],
  ['deemed-withdrawn', 'archived'],
];
const ROLE_OF: Record<Act, readonly Role[]> = {
  submit: ['clerk', 'dispatcher'],
  pass: ['reviewer'],
  return: ['reviewer'],
  reject: ['reviewer'],
  accept: ['clerk'],
  'refuse-acceptance': ['clerk'],
  withdraw: ['clerk'],
  'check-in': ['clerk', 'dispatcher'],
  review: ['clerk'],
  register: ['clerk'],
  'refuse-registration': ['clerk'],
  'refer-counselling': ['clerk', 'reviewer', 'counsellor', 'dispatcher'],
  correct: ['clerk', 'supervisor'],
  expire: ['supervisor'],
  settle: ['supervisor'],
};

const PAIRS = STAGES.flatMap((stage) => ACTS.map((act) => ({ stage, act })));

function expectedNext(stage: Stage, act: Act): Stage | undefined {
  const move = MOVES.find(([from, by]) => from === stage && by === act);
  if (move) return move[2];
  return STAYS.some(([at, acts]) => at === stage && acts.includes(act)) ? stage : undefined;
}

describe('the table', () => {
  it.each(PAIRS)('at $stage, $act leads where the procedure says', ({ stage, act }) => {
    expect(nextStage(stage, act)).toBe(expectedNext(stage, act));
    expect(actsAt(stage).includes(act)).toBe(expectedNext(stage, act) !== undefined);
  });

  it('has a row for every stage and no word that is not of the closed sets', () => {
    expect(Object.keys(PROCEDURE).sort()).toEqual([...STAGES].sort());
    for (const row of Object.values(PROCEDURE)) {
      for (const [act, to] of Object.entries(row)) {
        expect(ACTS).toContain(act);
        expect(STAGES).toContain(to);
      }
    }
  });

  it('reaches every stage from the draft, by acts, the clock and the archive', () => {
    const reached = new Set<Stage>(['draft']);
    for (let before = -1; before < reached.size;) {
      before = reached.size;
      for (const stage of [...reached]) {
        actsAt(stage).forEach((act) => reached.add(nextStage(stage, act) ?? stage));
        BY_CLOCK.filter(([from]) => from === stage).forEach(([, to]) => reached.add(to));
      }
    }
    expect([...reached].sort()).toEqual([...STAGES].sort());
  });

  it('lists the acts of a stage in the order of the closed set', () => {
    for (const stage of STAGES) {
      expect(actsAt(stage)).toEqual(ACTS.filter((act) => expectedNext(stage, act) !== undefined));
    }
  });

  it.each(ACTS)('offers %s somewhere', (act) => {
    expect(STAGES.some((stage) => nextStage(stage, act) !== undefined)).toBe(true);
  });
});

describe('the roles', () => {
  it.each(ACTS.flatMap((act) => ROLES.map((role) => ({ act, role }))))('$role and $act', ({ act, role }) => {
    expect(mayAct(role, act)).toBe(ROLE_OF[act].includes(role));
  });

  it('name somebody for every act, and only roles that exist', () => {
    expect(Object.keys(ACT_ROLES).sort()).toEqual([...ACTS].sort());
    for (const roles of Object.values(ACT_ROLES)) {
      expect(roles.length).toBeGreaterThan(0);
      expect(roles.filter((role) => !ROLES.includes(role))).toEqual([]);
    }
  });

  it('keep reading roles and the administrator from every act', () => {
    for (const role of ['auditor', 'quality', 'archivist', 'admin'] as const) {
      expect(ACTS.filter((act) => mayAct(role, act))).toEqual([]);
    }
  });
});

describe('where a stage stands', () => {
  it.each(STAGES)('%s is open, awaits the archive or is final: exactly one of them', (stage) => {
    expect([isOpen(stage), awaitsArchive(stage), isFinal(stage)].filter(Boolean)).toHaveLength(1);
  });

  it.each(STAGES)('%s offers acts if and only if it is open', (stage) => {
    expect(actsAt(stage).length > 0).toBe(isOpen(stage));
  });

  it('archives what ended after acceptance and nothing else', () => {
    expect(STAGES.filter(awaitsArchive)).toEqual(['registered', 'withdrawn', 'deemed-withdrawn']);
    expect(STAGES.filter(isFinal)).toEqual(['archived', 'rejected', 'refused', 'lapsed']);
  });
});
