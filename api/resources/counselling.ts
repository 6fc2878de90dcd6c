import { z } from 'zod';
import {
  COUNSELLING_ACTS,
  COUNSELLING_OUTCOMES,
  COUNSELLING_STATES,
  type CounsellingAct,
  type CounsellingActName,
} from '../../domain/counselling/counselling.ts';
import type { Counselling } from '../../prisma/generated/client.ts';
import { auditRead, getCase, refOf } from '../cases/load-case.ts';
import { caseParams, idSchema, instantSchema } from '../cases/schemas.ts';
import { ActRefusedByCase, CaseNotRunning } from '../engine/port.ts';
import { type Call, type Route, route } from '../http/route.ts';
import { Problem } from '../problems/problem.ts';

const TAG = 'Counselling';

const counsellingSchema = z
  .object({
    id: z.string(),
    party: z.string(),
    topic: z.string(),
    immediate: z.boolean(),
    state: z.enum(COUNSELLING_STATES),
    counsellor: z.string().optional(),
    appointmentAt: z.string().optional(),
    outcome: z.enum(COUNSELLING_OUTCOMES).optional(),
    requestedAt: z.string().optional(),
    updatedAt: z.string().optional(),
  })
  .meta({ id: 'Counselling' });

const list = route({
  method: 'get',
  path: '/cases/{caseNumber}/counsellings',
  tag: TAG,
  summary: 'Counselling asked for in a case',
  description: 'Codes and dates only; what is said in the room is written down nowhere.',
  access: 'read-case',
  params: caseParams,
  answers: {
    status: 200,
    description: 'Earliest first',
    schema: z.object({ caseNumber: z.string(), counsellings: z.array(counsellingSchema) }),
  },
  handle: async ({ deps, actor, params }) => {
    const { caseNumber } = await getCase(deps, actor, params.caseNumber);
    const rows = await deps.db.counselling.findMany({
      where: { caseNumber },
      orderBy: { requestedAt: 'asc' },
    });
    await auditRead(deps, actor, caseNumber, 'read-counsellings');
    return { json: { caseNumber, counsellings: rows.map(view) } };
  },
});

const BODIES = {
  assign: z.object({ counsellor: idSchema }),
  appoint: z.object({ appointmentAt: instantSchema }),
  finish: z.object({ outcome: z.enum(COUNSELLING_OUTCOMES) }),
  decline: z.object({}),
} as const satisfies Record<CounsellingActName, z.ZodType>;

const SUMMARIES = {
  assign: 'Assign a counsellor',
  appoint: 'Make an appointment',
  finish: 'Close with an outcome code',
  decline: 'The party does not want it after all',
} as const satisfies Record<CounsellingActName, string>;

const params = caseParams.extend({ counsellingId: z.string().max(80) });

const acts = COUNSELLING_ACTS.map((act) =>
  route({
    method: 'post',
    path: `/cases/{caseNumber}/counsellings/{counsellingId}/acts/${act}`,
    tag: TAG,
    summary: SUMMARIES[act],
    access: 'act-on-counselling',
    params,
    body: BODIES[act] as z.ZodType<object>,
    answers: { status: 200, description: 'The counselling after the act', schema: counsellingSchema },
    problems: ['COUNSELLING_UNKNOWN', 'ACT_NOT_ALLOWED', 'APPOINTMENT_IN_PAST'],
    handle: (call) => counsel(call, act),
  }),
);

async function counsel(call: Call<z.output<typeof params>, unknown, object>, act: CounsellingActName) {
  const { deps, actor, actId, body } = call;
  const row = await getCase(deps, actor, call.params.caseNumber);
  const { counsellingId } = call.params;
  const known = await deps.db.counselling.findFirst({
    where: { id: counsellingId, caseNumber: row.caseNumber },
  });
  if (!known) throw new Problem('COUNSELLING_UNKNOWN');
  const input = {
    act,
    actId,
    actor: actor.sub,
    role: actor.role,
    ...fieldsOf(act, body),
  } as unknown as CounsellingAct;
  try {
    const state = await deps.engine.counsel(refOf(row), counsellingId, input);
    const { id, party, topic, immediate, counsellor, appointmentAt, outcome } = state;
    return {
      json: {
        id,
        party,
        topic,
        immediate,
        state: state.state,
        counsellor,
        appointmentAt: appointmentAt === undefined ? undefined : new Date(appointmentAt).toISOString(),
        outcome,
      },
    };
  } catch (error) {
    if (error instanceof ActRefusedByCase)
      throw new Problem(error.reason, { members: { state: error.stage } });
    if (error instanceof CaseNotRunning)
      throw new Problem('ACT_NOT_ALLOWED', { members: { state: known.state } });
    throw error;
  }
}

function fieldsOf(act: CounsellingActName, body: object): object {
  if (act !== 'appoint') return body;
  const { appointmentAt } = body as z.output<(typeof BODIES)['appoint']>;
  return { appointmentAt: Date.parse(appointmentAt) };
}

function view(row: Counselling) {
  const { id, party, topic, immediate, state } = row;
  return {
    id,
    party,
    topic,
    immediate,
    state,
    counsellor: row.counsellor ?? undefined,
    appointmentAt: row.appointmentAt?.toISOString(),
    outcome: row.outcome ?? undefined,
    requestedAt: row.requestedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export const counsellingRoutes: readonly Route[] = [list, ...acts];
