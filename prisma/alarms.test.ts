import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  alarmsOf,
  claimUnmailed,
  clearAlarm,
  clearedAlarms,
  giveBackUnmailed,
  openAlarms,
  raiseAlarm,
  reviseAlarm,
} from './alarms.ts';
import { type TestDatabase, testDatabase } from './test-support/database.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const CODE = 'GATEWAY_REFUSED';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

it('raises an alarm once, however many ask at once, until it is cleared', async () => {
  const asked = await Promise.all(
    Array.from({ length: 20 }, (_, index) => raiseAlarm(t.db, CODE, { index }, NOW + index)),
  );
  expect(asked.filter(Boolean)).toHaveLength(1);
  expect(await openAlarms(t.db)).toHaveLength(1);
  expect(await clearAlarm(t.db, CODE, NOW + 100)).toBe(true);
  expect(await clearAlarm(t.db, CODE, NOW + 101)).toBe(false);
  expect(await openAlarms(t.db)).toEqual([]);
  expect(await raiseAlarm(t.db, CODE, { again: true }, NOW + 200)).toBe(true);
  expect(await clearedAlarms(t.db, 10)).toEqual([
    expect.objectContaining({ code: CODE, clearedAt: NOW + 100 }),
  ]);
});

it('gives an alarm out for mailing once, and again when the mail did not leave', async () => {
  const given = await Promise.all(Array.from({ length: 5 }, () => claimUnmailed(t.db, NOW)));
  const [alarm, ...more] = given.flat();
  expect(alarm).toMatchObject({ code: CODE, detail: { again: true } });
  expect(more).toEqual([]);
  if (alarm) await giveBackUnmailed(t.db, alarm);
  expect(await claimUnmailed(t.db, NOW)).toEqual([alarm]);
});

it('raises and clears inside a transaction', async () => {
  await t.db.$transaction(async (tx) => {
    expect(await raiseAlarm(tx, 'RECOMPUTATION_STALLED', {}, NOW)).toBe(true);
    expect(await raiseAlarm(tx, 'RECOMPUTATION_STALLED', {}, NOW + 1)).toBe(false);
    expect(await clearAlarm(tx, 'RECOMPUTATION_STALLED', NOW + 2)).toBe(true);
  });
});

it('says something else in a row of its own, and has that mailed only when it is news', async () => {
  const code = 'RECONCILIATION_MISSED';
  const say = (detail: Record<string, string> | undefined, at: number) =>
    t.db.$transaction((tx) => reviseAlarm(tx, code, at, () => detail));
  const mailed = async (at: number) =>
    (await claimUnmailed(t.db, at)).filter((each) => each.code === code).map(({ detail }) => detail);
  expect(await say({ b: '1', a: '1' }, NOW)).toBe('raised');
  expect(await mailed(NOW)).toHaveLength(1);
  expect(await say({ a: '1', b: '1' }, NOW + 5)).toBe('as-it-was');
  expect(await say({ a: '1' }, NOW)).toBe('changed');
  expect(await mailed(NOW)).toEqual([]);
  expect(await say({ a: '1', c: '1' }, NOW + 10)).toBe('changed');
  expect(await mailed(NOW)).toEqual([{ a: '1', c: '1' }]);
  expect(await say(undefined, NOW + 20)).toBe('cleared');
  expect(await say(undefined, NOW + 21)).toBe('as-it-was');
  const rows = await t.db.alarm.findMany({ where: { code }, orderBy: { raisedAt: 'asc' } });
  expect(rows.map(({ raisedAt, clearedAt }) => [raisedAt.getTime(), clearedAt?.getTime()])).toEqual([
    [NOW, NOW + 1],
    [NOW + 1, NOW + 10],
    [NOW + 10, NOW + 20],
  ]);
});

it('answers for any time, page by page', async () => {
  await t.db.alarm.deleteMany();
  const DAY = 86_400_000;
  const stood = async (code: 'GATEWAY_REFUSED' | 'RECOMPUTATION_STALLED', from: number, to?: number) => {
    await raiseAlarm(t.db, code, {}, NOW + from * DAY);
    if (to !== undefined) await clearAlarm(t.db, code, NOW + to * DAY);
  };
  await stood('GATEWAY_REFUSED', 0, 3);
  await stood('GATEWAY_REFUSED', 4, 5);
  await stood('RECOMPUTATION_STALLED', 4);
  const days = async (from: number, until?: number) =>
    (await alarmsOf(t.db, { from: NOW + from * DAY, until: until && NOW + until * DAY }, 10)).map(
      ({ raisedAt }) => (raisedAt - NOW) / DAY,
    );
  expect(await days(1, 2)).toEqual([0]);
  expect(await days(3.5, 3.9)).toEqual([]);
  expect(await days(3.5, 5)).toEqual([4, 4]);
  expect(await days(9, 10)).toEqual([4]);
  expect(await days(0)).toEqual([4, 4, 0]);
  const seen: string[] = [];
  for (let after: Parameters<typeof alarmsOf>[3]; ;) {
    const [row] = await alarmsOf(t.db, { from: NOW }, 1, after);
    if (!row) break;
    seen.push(row.code);
    after = row;
  }
  expect(seen).toEqual(['GATEWAY_REFUSED', 'RECOMPUTATION_STALLED', 'GATEWAY_REFUSED']);
});
