import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FoundPoint } from '../activities/registers/pre-check-store.ts';
import { STAGES, type Stage } from '../domain/case/vocabulary.ts';
import { checkedRound, preCheckStore } from './pre-check-store.ts';
import { application, openedCase, type TestDatabase, testDatabase } from './test-support/database.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

const point = (code: string, severity: FoundPoint['severity'], ref = ''): FoundPoint => ({
  code,
  severity,
  basis: '婚姻登记条例 15',
  ref,
});
const codes = async (caseNumber: string, round: number): Promise<string[]> =>
  (await t.db.finding.findMany({ where: { caseNumber, round }, orderBy: { code: 'asc' } })).map(
    ({ code }) => code,
  );

describe('findings of a round', () => {
  it('are replaced when the round is checked again, and say that it is done', async () => {
    const store = preCheckStore(t.db, t.cipher);
    const caseNumber = await openedCase(t);
    expect(await checkedRound(t.db, caseNumber)).toBe(0);
    const first = [point('A', 'blocks'), point('B', 'person', 'a'), point('B', 'person', 'b')];
    await store.save(caseNumber, 1, first, 1_000);
    await store.save(caseNumber, 1, [point('C', 'informs')], 2_000);
    expect(await codes(caseNumber, 1)).toEqual(['C']);
    const run = await t.db.preCheckRun.findUniqueOrThrow({
      where: { caseNumber_round: { caseNumber, round: 1 } },
    });
    expect(run).toMatchObject({ blocks: 0, person: 0, informs: 1, at: new Date(2_000) });
    expect(await checkedRound(t.db, caseNumber)).toBe(1);
  });

  it('of an earlier round stay, and a round without findings is done all the same', async () => {
    const store = preCheckStore(t.db, t.cipher);
    const caseNumber = await openedCase(t);
    await store.save(caseNumber, 1, [point('A', 'blocks'), point('B', 'person')], 1_000);
    await store.save(caseNumber, 2, [], 2_000);
    expect(await codes(caseNumber, 1)).toEqual(['A', 'B']);
    expect(await checkedRound(t.db, caseNumber)).toBe(2);
    const runs = await t.db.preCheckRun.findMany({ where: { caseNumber }, orderBy: { round: 'asc' } });
    expect(runs.map(({ blocks, person, informs }) => [blocks, person, informs])).toEqual([
      [1, 1, 0],
      [0, 0, 0],
    ]);
  });

  it('saved many times at once are whole', async () => {
    const store = preCheckStore(t.db, t.cipher);
    const caseNumber = await openedCase(t);
    const found = [point('A', 'blocks'), point('B', 'person')];
    const saved = await Promise.allSettled(
      Array.from({ length: 8 }, () => store.save(caseNumber, 1, found, 1_000)),
    );
    expect(saved.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await codes(caseNumber, 1)).toEqual(['A', 'B']);
  });
});

describe('other cases of the couple', () => {
  const counted: readonly Stage[] = ['pre-check', 'correction', 'ready', 'cooling-off', 'confirmation'];

  it.each(STAGES)('at %s', async (stage) => {
    const store = preCheckStore(t.db, t.cipher);
    const [first, second] = application().parties;
    const idNumber = `P${String(STAGES.indexOf(stage)).padStart(7, '0')}`;
    const parties = [{ ...first, idNumber }, second] as const;
    const caseNumber = await openedCase(t, { parties });
    // The same couple, named the other way round.
    const otherCase = await openedCase(t, { parties: [second, { ...first, idNumber }] });
    await t.db.caseRecord.update({ where: { caseNumber: otherCase }, data: { stage } });
    expect(await store.otherOpenCases(caseNumber)).toBe(counted.includes(stage) ? 1 : 0);
  });

  it('of a rehearsal or of one spouse with somebody else do not count', async () => {
    const store = preCheckStore(t.db, t.cipher);
    const [first, second] = application().parties;
    const mine = { ...first, idNumber: 'P7777777' };
    const caseNumber = await openedCase(t, { parties: [mine, second] });
    const rehearsed = await openedCase(t, { parties: [mine, second] }, 'rehearsal');
    const others = await openedCase(t, { parties: [mine, { ...second, idNumber: 'P8888888' }] });
    await t.db.caseRecord.updateMany({
      where: { caseNumber: { in: [rehearsed, others] } },
      data: { stage: 'cooling-off' },
    });
    expect(await store.otherOpenCases(caseNumber)).toBe(0);
  });
});
