import { z } from 'zod';
import { DEPTHS, REPAIR_ERRORS } from '../../activities/reconciliation/port.ts';
import type { Locale } from '../../domain/case/vocabulary.ts';
import { CASE_DRIFTS, CASE_REPAIRS } from '../../domain/reconciliation/case-drift.ts';
import { NOTICE_DRIFTS, NOTICE_REPAIRS } from '../../domain/reconciliation/notice-drift.ts';
import type { ReconciliationFinding, ReconciliationRun } from '../../prisma/generated/client.ts';
import { findingsOf, findRun, listRuns } from '../../prisma/queries/reconciliation-runs.ts';
import { type Route, route } from '../http/route.ts';
import { Problem } from '../problems/problem.ts';
import { cursorOf, readCursor } from '../reminders/cursor.ts';
import { DRIFT_TEXTS, REPAIR_ERROR_TEXTS } from '../texts/reconciliation-texts.ts';
import { readHealth } from '../watchdog.ts';

const TAG = 'Reconciliation';
const cursor = z.string().max(600).optional();
const limit = z.coerce.number().int().min(1).max(200).default(50);
const DRIFTS = [...CASE_DRIFTS, ...NOTICE_DRIFTS] as const;
const REPAIRS = [...CASE_REPAIRS, ...NOTICE_REPAIRS] as const;

const runSchema = z
  .object({
    id: z.string(),
    depth: z.enum(DEPTHS),
    state: z.enum(['running', 'finished', 'failed']),
    startedAt: z.string(),
    finishedAt: z.string().optional(),
    cases: z.number().describe('Open cases looked at'),
    notices: z.number().describe('Notices looked at'),
    drifts: z.number(),
    repaired: z.number(),
    error: z.string().optional().describe('Why it came to no end'),
  })
  .meta({ id: 'Reconciliation' });

const findingSchema = z
  .object({
    ref: z.string().describe('Case number, or id of a notice'),
    caseNumber: z.string(),
    code: z.enum(DRIFTS),
    text: z.string(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    repair: z.enum(REPAIRS).optional().describe('What was tried'),
    repairedAt: z.string().optional().describe('When the drift was seen to be gone'),
    error: z.enum(REPAIR_ERRORS).optional(),
    errorText: z.string().optional(),
  })
  .meta({ id: 'ReconciliationFinding' });

const healthSchema = z
  .object({
    state: z.enum(['on-time', 'missed']),
    lastFinishedAt: z.string().optional(),
    nextExpectedAt: z.string(),
  })
  .meta({ id: 'ReconciliationHealth' });

const list = route({
  method: 'get',
  path: '/reconciliations',
  tag: TAG,
  summary: 'Whether engine and record agree, run by run',
  description:
    'A run compares every open live case with the engine and looks for notices without their outcome; drifts are ' +
    'repaired and listed. `missed`: no quick run has finished for two intervals. Rehearsed cases live in a time of ' +
    'their own and are left out.',
  access: 'read-reconciliations',
  query: z.object({ cursor, limit }),
  answers: {
    status: 200,
    description: 'Newest first; `nextCursor` is there while more follow',
    schema: z.object({
      health: healthSchema,
      items: z.array(runSchema),
      nextCursor: z.string().optional(),
    }),
  },
  problems: ['CURSOR_INVALID'],
  handle: async ({ deps, query }) => {
    const after = readCursor(query.cursor, z.object({ startedAt: z.number().int(), id: z.string() }));
    const [health, rows] = await Promise.all([
      readHealth(deps, deps.now()),
      listRuns(deps.db, query.limit + 1, after),
    ]);
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    return {
      json: {
        health: {
          state: health.state,
          ...(health.lastFinishedAt === undefined ? {} : { lastFinishedAt: iso(health.lastFinishedAt) }),
          nextExpectedAt: iso(health.nextExpectedAt),
        },
        items: shown.map(runView),
        ...(last ? { nextCursor: cursorOf({ startedAt: last.startedAt.getTime(), id: last.id }) } : {}),
      },
    };
  },
});

const one = route({
  method: 'get',
  path: '/reconciliations/{id}',
  tag: TAG,
  summary: 'What one run found, and what became of it',
  access: 'read-reconciliations',
  params: z.object({ id: z.string().max(200) }),
  query: z.object({ cursor, limit }),
  answers: {
    status: 200,
    description: 'The run and a page of its findings; `nextCursor` is there while more follow',
    schema: z.object({
      ...runSchema.shape,
      findings: z.array(findingSchema),
      nextCursor: z.string().optional(),
    }),
  },
  problems: ['RECONCILIATION_UNKNOWN', 'CURSOR_INVALID'],
  handle: async ({ deps, params, query, locale }) => {
    const run = await findRun(deps.db, params.id);
    if (!run) throw new Problem('RECONCILIATION_UNKNOWN');
    const after = readCursor(query.cursor, z.object({ ref: z.string(), code: z.string() }));
    const rows = await findingsOf(deps.db, run.id, query.limit + 1, after);
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    return {
      json: {
        ...runView(run),
        findings: shown.map((row) => findingView(row, locale)),
        ...(last ? { nextCursor: cursorOf({ ref: last.ref, code: last.code }) } : {}),
      },
    };
  },
});

const start = route({
  method: 'post',
  path: '/reconciliations',
  tag: TAG,
  summary: 'Compare engine and record now',
  access: 'start-reconciliation',
  body: z.object({ depth: z.enum(DEPTHS).default('quick') }).meta({ id: 'ReconciliationRequest' }),
  answers: {
    status: 202,
    description: 'The run has been handed to the engine; it is listed as soon as it begins',
    schema: z.object({ id: z.string(), depth: z.enum(DEPTHS) }),
  },
  handle: async ({ deps, actId, body: { depth } }) => {
    const id = `reconcile-now-${actId}`;
    await deps.engine.reconcile(id, depth);
    return { status: 202, json: { id, depth } };
  },
});

function runView(run: ReconciliationRun) {
  const { id, depth, startedAt, finishedAt, cases, notices, drifts, repaired, error } = run;
  return {
    id,
    depth,
    state: finishedAt ? 'finished' : error === null ? 'running' : 'failed',
    startedAt: startedAt.toISOString(),
    ...(finishedAt ? { finishedAt: finishedAt.toISOString() } : {}),
    cases,
    notices,
    drifts,
    repaired,
    ...(error === null ? {} : { error }),
  };
}

function findingView(row: ReconciliationFinding, locale: Locale) {
  const code = DRIFTS.find((each) => each === row.code);
  const error = REPAIR_ERRORS.find((each) => each === row.error);
  return {
    ref: row.ref,
    caseNumber: row.caseNumber,
    code: row.code,
    text: code ? DRIFT_TEXTS[code][locale] : row.code,
    detail: row.detail,
    ...(row.repair === null ? {} : { repair: row.repair }),
    ...(row.repairedAt ? { repairedAt: row.repairedAt.toISOString() } : {}),
    ...(error ? { error, errorText: REPAIR_ERROR_TEXTS[error][locale] } : {}),
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

export const reconciliationRoutes: readonly Route[] = [list, one, start];
