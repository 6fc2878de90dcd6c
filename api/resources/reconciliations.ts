import { z } from 'zod';
import { DEPTHS, REPAIR_ERRORS } from '../../activities/reconciliation/port.ts';
import type { Locale } from '../../domain/case/vocabulary.ts';
import { CASE_DRIFTS, CASE_REPAIRS } from '../../domain/reconciliation/case-drift.ts';
import type { ReconciliationHealth } from '../../domain/reconciliation/health.ts';
import { NOTICE_DRIFTS, NOTICE_REPAIRS } from '../../domain/reconciliation/notice-drift.ts';
import { appendAudit } from '../../prisma/audit.ts';
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
/** The end of the year 9999, in ms. */
const LAST_INSTANT = 253_402_300_799_999;
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
    open: z.number().describe('Drifts standing at its end, whichever run listed them; each is listed once'),
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

const depthHealth = {
  state: z.enum(['on-time', 'missed']),
  lastFinishedAt: z.string().optional(),
  nextExpectedAt: z.string(),
};
const healthSchema = z
  .object({ ...depthHealth, deep: z.object(depthHealth).describe('The same of the nightly deep run') })
  .meta({ id: 'ReconciliationHealth' });

/** Ids are made here; PostgreSQL takes no NUL. */
const runId = z.string().max(200);
const isRunId = (id: string): boolean => !id.includes('\u0000');
const storable = z.string().refine(isRunId);
const runPlace = z.object({ startedAt: z.number().int().min(0).max(LAST_INSTANT), id: storable });
const findingPlace = z.object({ ref: storable, code: storable });

const list = route({
  method: 'get',
  path: '/reconciliations',
  tag: TAG,
  summary: 'Whether engine and record agree, run by run',
  description:
    'A run compares every open live case with the engine and looks for notices without their outcome; drifts are ' +
    'repaired and listed. `missed`: no run of this depth has finished for two intervals. Rehearsed cases live in a time of ' +
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
    const after = readCursor(query.cursor, runPlace);
    const [health, rows] = await Promise.all([
      readHealth(deps, deps.now()),
      listRuns(deps.db, query.limit + 1, after),
    ]);
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    return {
      json: {
        health: { ...healthView(health.quick), deep: healthView(health.deep) },
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
  params: z.object({ id: runId }),
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
    const run = isRunId(params.id) ? await findRun(deps.db, params.id) : undefined;
    if (!run) throw new Problem('RECONCILIATION_UNKNOWN');
    const after = readCursor(query.cursor, findingPlace);
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
  handle: async ({ deps, actor, actId, body: { depth } }) => {
    const id = `reconcile-now-${actId}`;
    const fact = {
      stream: 'system',
      at: new Date(deps.now()),
      actor: actor.sub,
      role: actor.role,
      action: 'start-reconciliation',
      detail: { id, depth },
    };
    // Before the engine is asked: no run that somebody has started may lack its author.
    await deps.db.$transaction((tx) => appendAudit(tx, [fact]));
    await deps.engine.reconcile(id, depth);
    return { status: 202, json: { id, depth } };
  },
});

function healthView({ state, lastFinishedAt, nextExpectedAt }: ReconciliationHealth) {
  return {
    state,
    ...(lastFinishedAt === undefined ? {} : { lastFinishedAt: iso(lastFinishedAt) }),
    nextExpectedAt: iso(nextExpectedAt),
  };
}

function runView(run: ReconciliationRun) {
  const { id, depth, startedAt, finishedAt, cases, notices, drifts, repaired, open, error } = run;
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
    open,
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
