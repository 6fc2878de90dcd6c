import { z } from 'zod';
import { ACTS } from '../../domain/case/vocabulary.ts';
import { ACT_ROLES } from '../../domain/procedure.ts';
import { ACT_BODIES } from '../cases/act-bodies.ts';
import { doAct } from '../cases/do-act.ts';
import { caseHead, caseParams } from '../cases/schemas.ts';
import { type Route, route } from '../http/route.ts';
import { Problem } from '../problems/problem.ts';

const TAG = 'Acts';

const SUMMARIES = {
  submit: 'Hand the application in for the pre-check',
  pass: 'Pass the pre-check',
  return: 'Return it for missing material',
  reject: 'Reject it with a legal ground',
  accept: 'Accept the application of both, present in person',
  'refuse-acceptance': 'Refuse to accept it (不予受理)',
  withdraw: 'One party withdraws in person (撤回)',
  'check-in': 'Both have arrived for the confirmation visit',
  review: 'Separate questioning and review (审查)',
  register: 'Register the divorce and issue the certificate (登记)',
  'refuse-registration': 'Refuse the registration (不予办理)',
  'refer-counselling': 'Refer a party to counselling',
  correct: 'Correct the application',
  expire: 'End a case whose couple left on the last day without a registration',
  settle: 'Note that a person has dealt with why the case stands before one',
} as const;

/** One address for each act, so that each documents its own body and its own roles. */
const acts = ACTS.map((act) =>
  route({
    method: 'post',
    path: `/cases/{caseNumber}/acts/${act}`,
    tag: TAG,
    summary: SUMMARIES[act],
    description: `Roles: ${ACT_ROLES[act].join(', ')}.`,
    access: 'staff',
    params: caseParams,
    body: ACT_BODIES[act] as z.ZodType,
    readsBody: true,
    answers: { status: 200, description: 'The case after the act', schema: caseHead },
    problems: ['ROLE_NOT_ALLOWED', 'CASE_UNKNOWN', 'ACT_NOT_ALLOWED', 'VALIDATION_FAILED'],
    handle: async ({ deps, actor, actId, params, body }) => ({
      json: await doAct({ deps, actor, actId, caseNumber: params.caseNumber, act, body }),
    }),
  }),
);

const unknownAct = route({
  method: 'post',
  path: '/cases/{caseNumber}/acts/{act}',
  tag: TAG,
  summary: 'Any other act is answered with ACT_UNKNOWN',
  access: 'staff',
  params: caseParams.extend({ act: z.string() }),
  answers: { status: 404, description: 'There is no such act' },
  problems: ['ACT_UNKNOWN'],
  handle: () => Promise.reject(new Problem('ACT_UNKNOWN')),
});

export const actRoutes: readonly Route[] = [...acts, unknownAct];
