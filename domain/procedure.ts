import { ACTS, type Act, type Role, type Stage } from './case/vocabulary.ts';

/**
 * The procedure: stage × act → next stage. The API's refusals, the workflow's validators and the console's
 * buttons all read this table; the guards beside each act (`case/acts/`) add what depends on date and place.
 */
export const PROCEDURE = {
  draft: { submit: 'pre-check', 'refer-counselling': 'draft', correct: 'draft', settle: 'draft' },
  'pre-check': {
    pass: 'ready',
    return: 'correction',
    reject: 'rejected',
    'refer-counselling': 'pre-check',
    correct: 'pre-check',
    settle: 'pre-check',
  },
  correction: {
    submit: 'pre-check',
    'refer-counselling': 'correction',
    correct: 'correction',
    settle: 'correction',
  },
  ready: {
    accept: 'cooling-off',
    'refuse-acceptance': 'refused',
    'refer-counselling': 'ready',
    correct: 'ready',
    settle: 'ready',
  },
  'cooling-off': {
    withdraw: 'withdrawn',
    'refer-counselling': 'cooling-off',
    correct: 'cooling-off',
    settle: 'cooling-off',
  },
  confirmation: {
    'check-in': 'confirmation',
    review: 'confirmation',
    register: 'registered',
    'refuse-registration': 'confirmation',
    'refer-counselling': 'confirmation',
    correct: 'confirmation',
    expire: 'deemed-withdrawn',
    settle: 'confirmation',
  },
  registered: {},
  withdrawn: {},
  'deemed-withdrawn': {},
  archived: {},
  rejected: {},
  refused: {},
  lapsed: {},
} as const satisfies Record<Stage, Partial<Record<Act, Stage>>>;

/** Who may do what. Supervisors may not act in a clerk's place: whoever signs was at the counter. */
export const ACT_ROLES = {
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
} as const satisfies Record<Act, readonly Role[]>;

/** The stage an act leads to from `stage`, by the table alone; undefined when the table has no such act. */
export function nextStage(stage: Stage, act: Act): Stage | undefined {
  const row: Partial<Record<Act, Stage>> = PROCEDURE[stage];
  return row[act];
}

/** The acts the table offers at a stage, in the order of {@link ACTS}. */
export function actsAt(stage: Stage): Act[] {
  return ACTS.filter((act) => nextStage(stage, act) !== undefined);
}

export function mayAct(role: Role, act: Act): boolean {
  const roles: readonly Role[] = ACT_ROLES[act];
  return roles.includes(role);
}

/** Ended after acceptance: these are archived, whatever the outcome (民发〔2020〕116号). */
export function awaitsArchive(stage: Stage): boolean {
  return stage === 'registered' || stage === 'withdrawn' || stage === 'deemed-withdrawn';
}

/** Nothing further happens to a case at these stages. */
export function isFinal(stage: Stage): boolean {
  return stage === 'archived' || stage === 'rejected' || stage === 'refused' || stage === 'lapsed';
}

/** Accepted or on the way there, and not ended: a couple may have one such case at a time. */
export function isOpen(stage: Stage): boolean {
  return !awaitsArchive(stage) && !isFinal(stage);
}
