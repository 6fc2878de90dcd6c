import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nextNumber } from './counters.ts';
import { writeNewCase } from './open-case.ts';
import { application, OPENED, openedCase, type TestDatabase, testDatabase } from './test-support/database.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

const PATIENT = { maxWait: 30_000, timeout: 30_000 };
class Undone extends Error {}

/** Draws a number; undone afterwards when asked. */
async function draw(name: string, undo: boolean): Promise<number | undefined> {
  try {
    return await t.db.$transaction(async (tx) => {
      const number = await nextNumber(tx, name);
      if (undo) throw new Undone();
      return number;
    }, PATIENT);
  } catch (error) {
    if (error instanceof Undone) return undefined;
    throw error;
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('numbers', () => {
  it('are unique and without a gap among fifty at once, a third of them undone', async () => {
    const drawn = await Promise.all(upTo(50).map((n) => draw('test:fifty', n % 3 === 0)));
    const kept = drawn.filter((number) => number !== undefined).sort((x, y) => x - y);
    expect(kept).toEqual(upTo(34));
    expect(await draw('test:fifty', false)).toBe(35);
  });

  it('of one sequence know nothing of another', async () => {
    expect(await draw('test:one', false)).toBe(1);
    expect(await draw('test:two', false)).toBe(1);
    expect(await draw('test:one', false)).toBe(2);
  });
});

describe('case numbers', () => {
  it('run per office and year, and a rehearsal has its own', async () => {
    expect(await openedCase(t)).toBe('GM01-2026-000001');
    expect(await openedCase(t)).toBe('GM01-2026-000002');
    expect(await openedCase(t, {}, 'rehearsal')).toBe('RGM01-2026-000001');
    const other = await openedCase(t, { venueId: 'gm-xinhu' });
    expect(other).toMatch(/^GM0[2-9]-2026-000001$/);
  });

  it('leave no gap when openings fail, however many come at once', async () => {
    const before = await t.db.caseRecord.count({ where: { caseNumber: { startsWith: 'GM01-' } } });
    const results = await Promise.allSettled(
      upTo(20).map((n) =>
        writeNewCase(t.db, t.keys, t.cipher, {
          application: application(),
          realm: 'live',
          actor: 'staff-1',
          role: 'clerk',
          // Every fourth opening is one that was sent before.
          actId: n % 4 === 0 ? 'sent-again' : `many-${n}`,
          now: OPENED,
        }),
      ),
    );
    const opened = results.filter((each) => each.status === 'fulfilled').map((each) => each.value.caseNumber);
    expect(opened).toHaveLength(16);
    const numbers = await t.db.caseRecord.findMany({
      where: { caseNumber: { startsWith: 'GM01-' } },
      orderBy: { caseNumber: 'asc' },
      select: { caseNumber: true },
    });
    expect(numbers.map(({ caseNumber }) => Number(caseNumber.slice(-6)))).toEqual(upTo(before + 16));
    expect(await t.db.dataKey.count()).toBe(await t.db.caseRecord.count());
  });

  it('are given to nobody at a venue that accepts nothing', async () => {
    const points = await t.db.venue.findFirstOrThrow({ where: { officeCode: null } });
    for (const venueId of [points.id, 'nowhere'])
      await expect(openedCase(t, { venueId })).rejects.toMatchObject({ name: 'VenueUnknown' });
  });
});
