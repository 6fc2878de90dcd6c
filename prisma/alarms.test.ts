import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  claimUnmailed,
  clearAlarm,
  clearedAlarms,
  giveBackUnmailed,
  openAlarms,
  raiseAlarm,
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
