import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parseCaseNumber } from '../../domain/numbers.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { eventually } from '../support/cases/eventually.ts';
import { BOTH, FINAL_VISIT, untilWindow } from '../support/cases/path.ts';

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

const sequenceOf = (numbered: string | null): number => Number(numbered?.slice(-6));

/** Each number once, and none left out. */
function expectGapFree(sequences: readonly number[]): void {
  const sorted = [...sequences].sort((x, y) => x - y);
  const [first = 0] = sorted;
  expect(sorted).toEqual(sorted.map((_, index) => first + index));
}

it('gives thirty cases opened at once numbers without a gap, and starts every one', async () => {
  // An office no other suite uses, so that all its numbers of this moment are ours.
  const cases = await Promise.all(
    Array.from({ length: 30 }, () => CaseDriver.open(district, { changes: { venueId: 'gm-matian' } })),
  );
  const parts = cases.map(({ caseNumber }) => parseCaseNumber(caseNumber));
  expect(new Set(parts.map((each) => each?.officeCode)).size).toBe(1);
  expectGapFree(parts.map((each) => each?.sequence ?? 0));
  await Promise.all(
    cases.map((each) =>
      eventually(async () => {
        expect(await district.engine.status(each.ref)).toMatchObject({ stage: 'draft', settled: true });
      }),
    ),
  );
});

it('gives receipts, certificates and volumes numbers that no other case has', async () => {
  const cases = await Promise.all(Array.from({ length: 4 }, () => CaseDriver.open(district)));
  await Promise.all(cases.map((each) => untilWindow(each)));
  await Promise.all(cases.map((each) => each.act('register', { ...FINAL_VISIT, presentParties: BOTH })));
  const rows = await Promise.all(
    cases.map((each) =>
      eventually(async () => {
        const row = await each.row();
        expect(row.stage).toBe('archived');
        return row;
      }),
    ),
  );
  for (const numbers of [rows.map((row) => row.receiptNumber), rows.map((row) => row.certificateNumber)]) {
    expect(new Set(numbers.map(sequenceOf)).size).toBe(cases.length);
  }
  // Of the whole register of this installation no number is missing.
  const volumes = await district.db.archiveVolume.findMany({
    select: { fonds: true, year: true, roomNumber: true },
  });
  for (const shelf of new Set(volumes.map(({ fonds, year }) => `${fonds} ${String(year)}`))) {
    expectGapFree(
      volumes
        .filter(({ fonds, year }) => `${fonds} ${String(year)}` === shelf)
        .map(({ roomNumber }) => roomNumber),
    );
  }
});
