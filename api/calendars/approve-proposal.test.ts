import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { proposeCalendarYear } from '../../prisma/queries/calendars.ts';
import { testDatabase, type TestDatabase } from '../../prisma/test-support/database.ts';
import type { Actor } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../problems/problem.ts';
import { approveProposal } from './approve-proposal.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
let test: TestDatabase;
let deps: ApiDependencies;

beforeAll(async () => {
  test = await testDatabase();
  const recomputations = { start: () => Promise.resolve(), pause: () => Promise.resolve() };
  const parts = { db: test.db, recomputations, log: pino({ level: 'silent' }), now: () => NOW };
  deps = parts as unknown as ApiDependencies;
});
afterAll(() => test.drop());

const person = (sub: string): Actor => ({ sub, role: 'admin', venue: 'gm-centre', venues: ['gm-centre'] });
const ann = person('ann');
const propose = (year: number, day: string, at = NOW) =>
  test.db.$transaction((tx) =>
    proposeCalendarYear(tx, {
      calendar: { year, published: true, off: ['01-01', day], makeUp: [] },
      source: 'x',
      publishedOn: '2026-11-04',
      proposedBy: 'proposer',
      at: new Date(at),
    }),
  );
const approve = (year: number, revision?: number, who = ann) => approveProposal(deps, who, year, revision);

async function refusal(answer: Promise<unknown>): Promise<object> {
  const error = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Problem)) throw new Error('not refused');
  return { status: error.status, code: error.code, ...error.extras.members };
}

it('takes an approval that names no revision while there has been but one', async () => {
  await propose(2101, '01-04');
  expect(await approve(2101)).toMatchObject({
    calendar: { revision: 1, state: 'published', approvedBy: 'ann' },
    recomputation: { id: '2101.1', state: 'planned' },
  });
  // What gave way before the calendar in force is nobody's business any more.
  await propose(2101, '01-05');
  expect(await approve(2101)).toMatchObject({ calendar: { revision: 2 } });
});

it('approves no days that came in the place of others without being told which', async () => {
  await propose(2102, '01-04', NOW - 3_600_000);
  await propose(2102, '01-05');
  expect(await refusal(approve(2102))).toEqual({
    status: 409,
    code: 'CALENDAR_REVISION_REQUIRED',
    revision: 2,
  });
  const replaced = { status: 409, code: 'CALENDAR_PROPOSAL_REPLACED', revision: 2 };
  expect(await refusal(approve(2102, 1))).toEqual(replaced);
  expect(await approve(2102, 2)).toMatchObject({ calendar: { revision: 2, off: ['01-01', '01-05'] } });
});

it('takes what was put right within minutes, or says the same', async () => {
  await propose(2106, '01-04', NOW - 60_000);
  await propose(2106, '01-05');
  expect(await approve(2106)).toMatchObject({ calendar: { revision: 2 } });
  await propose(2107, '01-04', NOW - 3_600_000);
  await propose(2107, '01-04');
  expect(await approve(2107)).toMatchObject({ calendar: { revision: 2 } });
});

it('answers the same person again with what is in force, and does nothing twice', async () => {
  await propose(2103, '01-04');
  const both = await Promise.all([approve(2103), approve(2103, 1)]);
  expect(both.map(({ calendar }) => calendar.revision)).toEqual([1, 1]);
  await test.db.recomputation.update({ where: { id: '2103.1' }, data: { state: 'done' } });
  for (const revision of [undefined, 1]) {
    expect(await approve(2103, revision)).toMatchObject({
      calendar: { revision: 1, state: 'published', approvedBy: 'ann' },
      recomputation: { id: '2103.1', state: 'done' },
    });
  }
  const audited = await test.db.auditEntry.findMany({ where: { action: 'approve-calendar' } });
  expect(audited.filter(({ detail }) => (detail as { year: number }).year === 2103)).toHaveLength(1);
  const unknown = { status: 404, code: 'CALENDAR_UNKNOWN' };
  expect(await refusal(approve(2103, undefined, person('bob')))).toEqual(unknown);
  expect(await refusal(approve(2103, 9))).toEqual(unknown);
  // Not even while the next proposal stands already.
  await propose(2103, '01-05');
  expect(await approve(2103, 1)).toMatchObject({ calendar: { revision: 1 } });
});

it('wants a second person, and a proposal', async () => {
  await propose(2104, '01-04');
  expect(await refusal(approve(2104, undefined, person('proposer')))).toMatchObject({ status: 403 });
  expect(await refusal(approve(2105))).toMatchObject({ code: 'CALENDAR_UNKNOWN' });
});
