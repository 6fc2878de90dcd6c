import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Found, ReconciliationStore } from '../../activities/reconciliation/port.ts';
import { openAlarms } from '../alarms.ts';
import { openedCase, type TestDatabase, testDatabase } from '../test-support/database.ts';
import { calendarByVersion } from './reconciliation-cases.ts';
import { reconciliationStore } from './reconciliation.ts';
import { findingsOf, findRun, lastFinish, listRuns, reconcilableSince } from './reconciliation-runs.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const DAY = 86_400_000;

let t: TestDatabase;
let store: ReconciliationStore;
beforeAll(async () => {
  t = await testDatabase();
  store = reconciliationStore(t.db);
});
afterAll(() => t.drop());

const found = (ref: string): Found => ({
  ref,
  caseNumber: ref,
  code: 'NOT_RUNNING',
  detail: { engine: 'gone' },
  repair: 'resume',
});

const refs = async (runId: string, withPersons: boolean) =>
  (await store.unrepaired(runId, 10, withPersons)).map(({ ref }) => ref).sort();

describe('runs', () => {
  it('list each drift once and count what was repaired', async () => {
    await store.begin('r1', 'quick', NOW);
    await store.begin('r1', 'quick', NOW + 1);
    await store.list('r1', [found('a'), found('b')]);
    await store.list('r1', [found('a')]);
    const b = { ref: 'b', code: 'NOT_RUNNING' };
    await store.notRepaired([b], 'STILL_DIFFERENT');
    await store.notRepaired([b], 'STATE_NOT_KEPT');
    await store.notRepaired([b], 'STILL_DIFFERENT');
    expect(await refs('r1', false)).toEqual(['a', 'b']);
    await store.repaired([{ ref: 'a', code: 'NOT_RUNNING' }], NOW + 5);
    await store.finish('r1', { cases: 7, notices: 3 }, NOW + 9);
    expect(await findRun(t.db, 'r1')).toMatchObject({
      cases: 7,
      notices: 3,
      drifts: 2,
      repaired: 1,
      open: 1,
    });
    expect(await findingsOf(t.db, 'r1', 10)).toEqual([
      expect.objectContaining({ ref: 'a', repairedAt: new Date(NOW + 5), error: null }),
      expect.objectContaining({ ref: 'b', repairedAt: null, error: 'STATE_NOT_KEPT' }),
    ]);
    expect(await lastFinish(t.db, 'quick')).toBe(NOW + 9);
    expect(await lastFinish(t.db, 'deep')).toBeUndefined();
  });

  it('list a drift that stands no more than once, and leave to a person what only a person can mend', async () => {
    await store.begin('r1b', 'quick', NOW + 10);
    await store.list('r1b', [found('b'), found('c')]);
    expect((await findingsOf(t.db, 'r1b', 10)).map(({ ref }) => ref)).toEqual(['c']);
    await store.notRepaired([{ ref: 'c', code: 'NOT_RUNNING' }], 'NEEDS_A_PERSON');
    expect(await refs('r1b', false)).toEqual(['b']);
    expect(await refs('r1b', true)).toEqual(['b', 'c']);
    expect(await store.leftToPersons(['b', 'c'])).toEqual(new Set(['c']));
    await store.finish('r1b', { cases: 1, notices: 0 }, NOW + 19);
    expect(await findRun(t.db, 'r1b')).toMatchObject({ drifts: 1, repaired: 0, open: 2 });
    const both = ['b', 'c'].map((ref) => ({ ref, code: 'NOT_RUNNING' }));
    await store.repaired(both, NOW + 20);
    expect(await findRun(t.db, 'r1')).toMatchObject({ drifts: 2, repaired: 2 });
    expect(await store.leftToPersons(['b', 'c'])).toEqual(new Set());
    await store.begin('r1c', 'quick', NOW + 30);
    await store.list('r1c', [found('b')]);
    expect((await findingsOf(t.db, 'r1c', 10)).map(({ ref }) => ref)).toEqual(['b']);
    await store.repaired(both, NOW + 40);
  });

  it('that fail raise an alarm, which the next good one of that depth clears', async () => {
    await store.begin('r2', 'deep', NOW + DAY);
    await store.fail('r2', 'Unknown', NOW + DAY);
    const codes = async () => (await openAlarms(t.db)).map(({ code }) => code);
    expect(await codes()).toEqual(['RECONCILIATION_FAILED']);
    await store.begin('r3', 'quick', NOW + DAY);
    await store.finish('r3', { cases: 0, notices: 0 }, NOW + DAY);
    expect(await codes()).toEqual(['RECONCILIATION_FAILED']);
    await store.begin('r4', 'deep', NOW + DAY);
    await store.finish('r4', { cases: 0, notices: 0 }, NOW + DAY);
    expect(await codes()).toEqual([]);
    expect(await findRun(t.db, 'r2')).toMatchObject({ error: 'Unknown', finishedAt: null });
  });

  it('that fail at both depths are one alarm naming both, which ends with the last of them', async () => {
    const details = async () => (await openAlarms(t.db)).map(({ detail }) => detail);
    const fails = async (id: string, depth: 'quick' | 'deep') => {
      await store.begin(id, depth, NOW);
      await store.fail(id, 'Unknown', NOW + 2 * DAY);
    };
    const ends = async (id: string, depth: 'quick' | 'deep') => {
      await store.begin(id, depth, NOW);
      await store.finish(id, { cases: 0, notices: 0 }, NOW + 2 * DAY);
    };
    await fails('f1', 'quick');
    await fails('f2', 'deep');
    await fails('f3', 'quick');
    const both = { depth: 'quick, deep', quickRunId: 'f1', deepRunId: 'f2', deepError: 'Unknown' };
    expect(await details()).toMatchObject([both]);
    await ends('f4', 'quick');
    expect(await details()).toEqual([{ depth: 'deep', deepRunId: 'f2', deepError: 'Unknown' }]);
    await ends('f5', 'deep');
    expect(await details()).toEqual([]);
    await t.db.reconciliationRun.deleteMany({ where: { id: { startsWith: 'f' } } });
  });

  it('are paged newest first, and forgotten with their findings', async () => {
    const [newest] = await listRuns(t.db, 1);
    expect(newest?.id).toBe('r4');
    const after = { startedAt: NOW + DAY, id: 'r4' };
    expect((await listRuns(t.db, 10, after)).map(({ id }) => id)).toEqual(['r3', 'r2', 'r1c', 'r1b', 'r1']);
    await store.forgetBefore(NOW + 1);
    expect(await findRun(t.db, 'r1')).toBeUndefined();
    expect(await findingsOf(t.db, 'r1', 10)).toEqual([]);
  });

  it('are possible since their tables stand', async () => {
    expect(await reconcilableSince(t.db)).toBeGreaterThan(Date.now() - 3_600_000);
  });
});

describe('cases', () => {
  it('are the live ones that have not ended, by number', async () => {
    const [first, , second] = [
      await openedCase(t),
      await openedCase(t, {}, 'rehearsal'),
      await openedCase(t),
    ];
    expect((await store.openCases('', 10)).map(({ caseNumber }) => caseNumber)).toEqual([first, second]);
    expect((await store.openCases(first, 10)).map(({ caseNumber }) => caseNumber)).toEqual([second]);
    await t.db.caseRecord.update({ where: { caseNumber: second }, data: { stage: 'lapsed' } });
    expect((await store.openCases('', 10)).map(({ caseNumber }) => caseNumber)).toEqual([first]);
    expect((await store.casesOf([first, second])).map(({ stage }) => stage).sort()).toEqual([
      'draft',
      'lapsed',
    ]);
  });

  it('are begun again from what was kept, as long as it is the record’s', async () => {
    const caseNumber = await openedCase(t);
    expect(await store.resumable(caseNumber)).toMatchObject({ ok: true, carried: { caseNumber, seq: 1 } });
    await t.db.caseRecord.update({ where: { caseNumber }, data: { actSeq: 2 } });
    expect(await store.resumable(caseNumber)).toEqual({ ok: false, error: 'STATE_IS_OLDER' });
    expect(await store.casesOf([caseNumber])).toMatchObject([{ stateKept: true }]);
    await t.db.$executeRaw`UPDATE case_record SET resume_state = NULL WHERE case_number = ${caseNumber}`;
    expect(await store.casesOf([caseNumber])).toMatchObject([{ stateKept: false }]);
    expect(await store.resumable(caseNumber)).toEqual({ ok: false, error: 'STATE_NOT_KEPT' });
  });
});

it('finds a calendar by its version, whatever was published since', async () => {
  const days = { off: ['01-01'], makeUp: [], source: 'test', at: new Date(NOW) };
  await t.db.calendarYear.createMany({
    data: [
      { year: 2090, revision: 1, state: 'published', ...days },
      { year: 2091, revision: 1, state: 'replaced', ...days },
      { year: 2091, revision: 2, state: 'published', ...days },
    ],
  });
  const years = (await calendarByVersion(t.db, '2090.1+2091.1p'))?.years;
  expect(years?.map(({ year, published }) => [year, published])).toEqual([
    [2090, true],
    [2091, false],
  ]);
  expect(await calendarByVersion(t.db, '2090.1+2091.7')).toBeUndefined();
  expect(await calendarByVersion(t.db, 'none')).toBeUndefined();
});
