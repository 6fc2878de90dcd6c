import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { raiseAlarm } from '../../prisma/alarms.ts';
import { testDatabase, type TestDatabase } from '../../prisma/test-support/database.ts';
import { openApiDocument } from '../openapi.ts';
import type { Call, Route } from '../http/route.ts';
import { parseInput } from '../problems/from-zod.ts';
import { Problem } from '../problems/problem.ts';
import { PROBLEMS } from '../problems/texts.ts';
import { cursorOf } from '../reminders/cursor.ts';
import { alarmRoutes } from './alarms.ts';
import { calendarRoutes } from './calendars.ts';
import { recomputationRoutes } from './recomputations.ts';
import { reconciliationRoutes } from './reconciliations.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const MINUTE = 60_000;
let test: TestDatabase;
let asked: unknown[][] = [];

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

const routes = [...alarmRoutes, ...calendarRoutes, ...recomputationRoutes, ...reconciliationRoutes];
function routeOf(method: string, path: string): Route {
  const found = routes.find((each) => each.method === method && each.path === path);
  if (!found) throw new Error('no such route');
  return found;
}

/** Calls a route as the runner does; a refusal is its status and code. */
async function call(
  method: 'get' | 'post',
  path: string,
  input: { params?: object; query?: object; body?: object },
) {
  const route = routeOf(method, path);
  const deps = {
    db: test.db,
    now: () => NOW,
    log: pino({ level: 'silent' }),
    settings: { reconcileEveryMs: 10 * MINUTE },
    engine: {
      reconcile: (...args: unknown[]) => {
        asked.push(args);
        return Promise.resolve();
      },
    },
  };
  try {
    const given = {
      deps,
      actor: { sub: 'ann', role: 'admin', venue: '', venues: [] },
      actId: 'act-1',
      locale: 'en',
      params: parseInput(route.params, input.params ?? {}),
      query: parseInput(route.query, input.query ?? {}),
      body: route.body && parseInput(route.body, input.body ?? {}),
    };
    const answer = await route.handle(given as unknown as Call<unknown, unknown, unknown>);
    return { status: answer.status ?? 200, body: answer.json as Record<string, unknown> };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { status: error.status, code: error.code };
  }
}

describe('what no database could hold', () => {
  it.each(['99999999999', '-1', '1e9', '20271', '0', 'x'])('is no year: %s', async (year) => {
    for (const [method, path] of [
      ['get', '/calendars/{year}/preview'],
      ['post', '/calendars/{year}/approve'],
    ] as const) {
      expect(await call(method, path, { params: { year } })).toMatchObject({ status: 422 });
    }
  });

  it.each(['99999999999.1', '2027.99999999999', '2027', '\u0000'])('is no recomputation: %j', async (id) => {
    const path = '/recomputations/{id}';
    expect(await call('get', path, { params: { id } })).toEqual({ status: 422, code: 'FORMAT_WRONG' });
    expect(await call('get', path, { params: { id: '9999.999999' } })).toMatchObject({ status: 404 });
  });

  it('is no reconciliation, and no place in a list', async () => {
    const unknown = { status: 404, code: 'RECONCILIATION_UNKNOWN' };
    for (const id of ['\u0000', 'a\u0000b', 'none']) {
      expect(await call('get', '/reconciliations/{id}', { params: { id } })).toEqual(unknown);
    }
    const invalid = { status: 422, code: 'CURSOR_INVALID' };
    for (const place of [
      { startedAt: 9e15, id: 'a' },
      { startedAt: -1, id: 'a' },
      { startedAt: 0, id: '\u0000' },
    ]) {
      const query = { cursor: cursorOf(place) };
      expect(await call('get', '/reconciliations', { query })).toEqual(invalid);
    }
    const query = { on: '2026-11-23', cursor: cursorOf({ raisedAt: 9e15, code: 'GATEWAY_REFUSED' }) };
    expect(await call('get', '/alarms', { query })).toEqual(invalid);
  });
});

describe('reconciliations', () => {
  it('are shown with the health of both depths', async () => {
    const { body } = (await call('get', '/reconciliations', {})) as { body: object };
    const health = { state: expect.any(String), nextExpectedAt: expect.any(String) };
    expect(body).toMatchObject({ health: { ...health, deep: health } });
  });

  it('that somebody starts are audited', async () => {
    asked = [];
    expect(await call('post', '/reconciliations', { body: { depth: 'deep' } })).toMatchObject({
      status: 202,
    });
    const id = 'reconcile-now-act-1';
    expect(asked).toEqual([[id, 'deep']]);
    expect(await test.db.auditEntry.findMany({ where: { action: 'start-reconciliation' } })).toMatchObject([
      { stream: 'system', actor: 'ann', role: 'admin', detail: { id, depth: 'deep' } },
    ]);
  });
});

it('alarms of any day are answered by the days of Shanghai', async () => {
  const codes = async (query: object) => {
    const answer = (await call('get', '/alarms', { query })) as { body: { items?: { code: string }[] } };
    return answer.body.items?.map(({ code }) => code);
  };
  await raiseAlarm(test.db, 'GATEWAY_REFUSED', {}, Date.parse('2026-11-23T23:59:00+08:00'));
  await raiseAlarm(test.db, 'RECOMPUTATION_STALLED', {}, Date.parse('2026-11-24T00:00:00+08:00'));
  expect(await codes({})).toBeUndefined();
  expect(await codes({ on: '2026-11-22' })).toEqual([]);
  expect(await codes({ on: '2026-11-23' })).toEqual(['GATEWAY_REFUSED']);
  expect(await codes({ on: '2026-11-24' })).toEqual(['RECOMPUTATION_STALLED', 'GATEWAY_REFUSED']);
  expect(await codes({ on: '9999-12-31' })).toHaveLength(2);
  expect(await codes({ since: '2026-11-22' })).toHaveLength(2);
  const first = (await call('get', '/alarms', { query: { since: '2026-11-22', limit: '1' } })) as {
    body: { nextCursor: string };
  };
  const cursor = first.body.nextCursor;
  expect(await codes({ since: '2026-11-22', limit: '1', cursor })).toEqual(['GATEWAY_REFUSED']);
  expect(await call('get', '/alarms', { query: { on: 'today' } })).toMatchObject({ code: 'DATE_INVALID' });
});

it('every problem of a calendar is documented where it can come', () => {
  const facts = { publicUrl: 'http://x', version: '1', tokenUrl: 'http://x/token' };
  const { paths } = openApiDocument(calendarRoutes, facts) as {
    paths: Record<string, Record<string, { responses: Record<string, { description: string }> }>>;
  };
  const named = (path: string, method: string) =>
    Object.values(paths[path]?.[method]?.responses ?? {}).flatMap(({ description }) =>
      description.split(', '),
    );
  const approval = ['CALENDAR_UNKNOWN', 'CALENDAR_PROPOSAL_REPLACED', 'CALENDAR_REVISION_REQUIRED'];
  expect(named('/calendars/{year}/approve', 'post')).toEqual(expect.arrayContaining(approval));
  const ofCalendars = Object.keys(PROBLEMS).filter((code) => code.startsWith('CALENDAR_'));
  const ofProposals = ofCalendars.filter((code) => !approval.includes(code));
  expect(ofProposals.length).toBeGreaterThan(15);
  expect(named('/calendars', 'post')).toEqual(expect.arrayContaining(ofProposals));
});
