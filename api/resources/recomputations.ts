import { z } from 'zod';
import { RECOMPUTATION_STATES, RECOMPUTED_CASE_STATES } from '../../activities/calendars/port.ts';
import { CLOCK_CHANGES } from '../../domain/clock/calendar-change.ts';
import { appendAudit } from '../../prisma/audit.ts';
import type { Recomputation } from '../../prisma/generated/client.ts';
import {
  countRecomputed,
  findRecomputation,
  listRecomputations,
  listRecomputed,
  type RecomputationCounts,
  setRecomputationState,
} from '../../prisma/queries/recomputations.ts';
import type { Actor } from '../authorize.ts';
import { startRecomputation } from '../calendars/sweep-calendars.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { cursorOf, readCursor } from '../http/case-cursor.ts';
import { type Route, route } from '../http/route.ts';
import { Problem } from '../problems/problem.ts';
import { reasonOf } from '../reason-of.ts';

const TAG = 'Calendars';
const LISTED = 100;

const progress = z
  .object({
    id: z.string().describe('<year>.<revision> of the calendar'),
    year: z.number(),
    revision: z.number(),
    state: z
      .enum(RECOMPUTATION_STATES)
      .describe('superseded: the year was published once more, and the newer one tells its cases'),
    startedBy: z.string(),
    startedAt: z.string(),
    movedAt: z.string().describe('When a case was last told or has changed'),
    finishedAt: z.string().optional(),
    cases: z
      .object({ waiting: z.number(), told: z.number(), changed: z.number(), over: z.number() })
      .describe('over: ended before it changed, or left to a newer recomputation'),
    changes: z.object({
      earlier: z.number(),
      later: z.number(),
      settled: z.number(),
      none: z.number(),
    }),
  })
  .meta({ id: 'Recomputation' });

const idParams = z.object({ id: z.string().regex(/^\d{4}\.\d{1,6}$/) });

const list = route({
  method: 'get',
  path: '/recomputations',
  tag: TAG,
  summary: 'Recomputations, newest first',
  access: 'read-recomputation',
  answers: {
    status: 200,
    description: `At most ${LISTED}`,
    schema: z.object({ recomputations: z.array(progress) }),
  },
  handle: async ({ deps }) => {
    const rows = await listRecomputations(deps.db, LISTED);
    const countsOf = await countRecomputed(
      deps.db,
      rows.map(({ id }) => id),
    );
    return { json: { recomputations: rows.map((row) => view(row, countsOf(row.id))) } };
  },
});

const read = route({
  method: 'get',
  path: '/recomputations/{id}',
  tag: TAG,
  summary: 'How far a recomputation is',
  access: 'read-recomputation',
  params: idParams,
  answers: { status: 200, description: 'Its state and its cases by state', schema: progress },
  problems: ['RECOMPUTATION_UNKNOWN'],
  handle: async ({ deps, params }) => ({ json: await shown(deps, params.id) }),
});

const dates = z.record(z.string(), z.unknown());

const cases = route({
  method: 'get',
  path: '/recomputations/{id}/cases',
  tag: TAG,
  summary: 'The cases of a recomputation',
  access: 'read-recomputation',
  params: idParams,
  query: z.object({
    state: z.enum(RECOMPUTED_CASE_STATES).optional(),
    change: z.enum(CLOCK_CHANGES).optional(),
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
  answers: {
    status: 200,
    description: 'In the order of case numbers; `nextCursor` is there while more follow',
    schema: z.object({
      items: z.array(
        z.object({
          caseNumber: z.string(),
          change: z.enum(CLOCK_CHANGES),
          state: z.enum(RECOMPUTED_CASE_STATES),
          before: dates,
          after: dates,
          toldAt: z.string().optional(),
          changedAt: z.string().optional(),
        }),
      ),
      nextCursor: z.string().optional(),
    }),
  },
  problems: ['RECOMPUTATION_UNKNOWN', 'CURSOR_INVALID'],
  handle: async ({ deps, params, query }) => {
    if (!(await findRecomputation(deps.db, params.id))) throw new Problem('RECOMPUTATION_UNKNOWN');
    const { state, change, cursor, limit } = query;
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const rows = await listRecomputed(deps.db, params.id, { state, change, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const items = page.map((row) => ({
      caseNumber: row.caseNumber,
      change: row.change,
      state: row.state,
      before: row.before,
      after: row.after,
      toldAt: row.toldAt?.toISOString(),
      changedAt: row.changedAt?.toISOString(),
    }));
    const more = rows.length > limit && last;
    return { json: more ? { items, nextCursor: cursorOf(last.caseNumber) } : { items } };
  },
});

const pause = route({
  method: 'post',
  path: '/recomputations/{id}/pause',
  tag: TAG,
  summary: 'Tell no further cases for now',
  description: 'Cases that have been told already still change.',
  access: 'control-recomputation',
  params: idParams,
  answers: { status: 200, description: 'Its state and its cases by state', schema: progress },
  problems: ['RECOMPUTATION_UNKNOWN', 'RECOMPUTATION_NOT_RUNNING'],
  handle: async ({ deps, actor, params: { id } }) => {
    await control(deps, actor, id, 'paused');
    try {
      await deps.recomputations.pause(id);
    } catch (error) {
      // The record says so, and the next batch reads the record.
      deps.log.warn({ recomputation: id, reason: reasonOf(error) }, 'not signalled');
    }
    return { json: await shown(deps, id) };
  },
});

const resume = route({
  method: 'post',
  path: '/recomputations/{id}/resume',
  tag: TAG,
  summary: 'Go on where it was paused',
  access: 'control-recomputation',
  params: idParams,
  answers: { status: 200, description: 'Its state and its cases by state', schema: progress },
  problems: ['RECOMPUTATION_UNKNOWN', 'RECOMPUTATION_NOT_PAUSED'],
  handle: async ({ deps, actor, params: { id } }) => {
    await control(deps, actor, id, 'running');
    await startRecomputation(deps, id);
    return { json: await shown(deps, id) };
  },
});

/** @throws Problem 404 RECOMPUTATION_UNKNOWN, 409 when it is in no state for this */
async function control(
  deps: ApiDependencies,
  actor: Actor,
  id: string,
  state: 'running' | 'paused',
): Promise<void> {
  const at = new Date(deps.now());
  const action = state === 'paused' ? 'pause-recomputation' : 'resume-recomputation';
  const done = await deps.db.$transaction(async (tx) => {
    if (!(await setRecomputationState(tx, id, state, at))) return false;
    const fact = { stream: 'system', at, actor: actor.sub, role: actor.role, action, detail: { id } };
    await appendAudit(tx, [fact]);
    return true;
  });
  if (done) return;
  if (!(await findRecomputation(deps.db, id))) throw new Problem('RECOMPUTATION_UNKNOWN');
  throw new Problem(state === 'paused' ? 'RECOMPUTATION_NOT_RUNNING' : 'RECOMPUTATION_NOT_PAUSED');
}

async function shown(deps: ApiDependencies, id: string) {
  const row = await findRecomputation(deps.db, id);
  if (!row) throw new Problem('RECOMPUTATION_UNKNOWN');
  return view(row, (await countRecomputed(deps.db, [id]))(id));
}

function view(row: Recomputation, counts: RecomputationCounts) {
  const { id, year, revision, state, startedBy } = row;
  return {
    id,
    year,
    revision,
    state,
    startedBy,
    startedAt: row.createdAt.toISOString(),
    movedAt: row.movedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString(),
    ...counts,
  };
}

export const recomputationRoutes: readonly Route[] = [list, read, cases, pause, resume];
