import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Stage } from '../domain/case/vocabulary.ts';
import { requeueForNewNumber, requeueNotice } from './requeue-notices.ts';
import { openedCase, type TestDatabase, testDatabase } from './test-support/database.ts';

const NOW = Date.parse('2026-11-27T02:00:00Z');
const PRESENT = { real: NOW, own: NOW };
let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

/** A reminder of the first version of the dates that reached nobody, and how its case stands now. */
async function failed(stage: Stage, deadlineVersion: number): Promise<{ caseNumber: string; id: string }> {
  const caseNumber = await openedCase(t);
  await t.db.caseRecord.update({ where: { caseNumber }, data: { stage, deadlineVersion } });
  const id = `${caseNumber}/a/cooling-off-ending/v1/-3`;
  const identity = {
    id,
    caseNumber,
    party: 'a',
    kind: 'cooling-off-ending',
    deadlineVersion: 1,
    offsetDays: -3,
  };
  const dueAt = new Date(NOW);
  await t.db.notice.create({ data: { ...identity, state: 'failed', channels: ['sms'], dueAt, props: {} } });
  return { caseNumber, id };
}
const stateOf = async (id: string) => (await t.db.notice.findUniqueOrThrow({ where: { id } })).state;

describe('a notice that reached nobody', () => {
  it('is sent again while what it says is so', async () => {
    const one = await failed('cooling-off', 1);
    expect(await t.db.$transaction((tx) => requeueNotice(tx, one.id, 'sms', PRESENT))).toBe(true);
    expect(await t.db.$transaction((tx) => requeueNotice(tx, one.id, 'sms', PRESENT))).toBe(false);
    const other = await failed('cooling-off', 1);
    const party = { caseNumber: other.caseNumber, party: 'a' };
    expect(await t.db.$transaction((tx) => requeueForNewNumber(tx, party, PRESENT))).toEqual([other.id]);
    expect([await stateOf(one.id), await stateOf(other.id)]).toEqual(['queued', 'queued']);
  });

  it.each([
    ['cooling-off', 2],
    ['confirmation', 1],
    ['archived', 1],
  ] as const)(
    'is not sent again by hand or to a new number: %s, dates of version %i',
    async (stage, version) => {
      const { caseNumber, id } = await failed(stage, version);
      expect(await t.db.$transaction((tx) => requeueNotice(tx, id, 'sms', PRESENT))).toBe(false);
      const party = { caseNumber, party: 'a' };
      expect(await t.db.$transaction((tx) => requeueForNewNumber(tx, party, PRESENT))).toEqual([]);
      expect(await stateOf(id)).toBe('failed');
    },
  );
});
