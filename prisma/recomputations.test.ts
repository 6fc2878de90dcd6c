import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { recomputationActivities } from '../activities/calendars/recompute-cases.ts';
import type { CalendarToTell, CaseTeller } from '../activities/calendars/port.ts';
import { CALENDAR_2026 } from '../domain/clock/calendar-2026.fixture.ts';
import { yearCalendar, type WorkCalendar } from '../domain/clock/calendar.ts';
import { periods } from '../domain/clock/periods.ts';
import { plainDate } from '../domain/plain-date.ts';
import type { Prisma } from './generated/client.ts';
import {
  approveCalendarYear,
  calendarInForce,
  proposeCalendarYear,
  seedCalendarYears,
} from './queries/calendars.ts';
import { countRecomputed, findRecomputation, planRecomputation } from './queries/recomputations.ts';
import { recomputationStore } from './recomputations.ts';
import { openedCase, testDatabase, type TestDatabase } from './test-support/database.ts';

const RECEIVED = plainDate('2026-11-12');
const STALE_MS = 121_000;

let test: TestDatabase;
let inForce: WorkCalendar;
/** What a teller was asked to tell. */
let told: (CalendarToTell & { readonly by: string })[];
let failing: ReadonlySet<string>;
let now: number;

beforeAll(async () => {
  test = await testDatabase();
  await seedCalendarYears(test.db, CALENDAR_2026, new Date());
});
afterAll(() => test.drop());

beforeEach(async () => {
  await test.db.recomputedCase.deleteMany();
  await test.db.recomputation.deleteMany();
  await test.db.caseRecord.updateMany({ data: { stage: 'withdrawn' } });
  await test.db.calendarYear.deleteMany({ where: { year: 2027, revision: { gt: 1 } } });
  await test.db.calendarYear.updateMany({ where: { year: 2027 }, data: { state: 'provisional' } });
  inForce = await calendarInForce(test.db, 2026, 2027);
  [told, failing, now] = [[], new Set(), Date.now()];
});

const cases: CaseTeller = {
  tell(caseNumber, calendar, by) {
    if (failing.has(caseNumber)) return Promise.reject(new Error('the engine is away'));
    told.push({ caseNumber, calendar, by });
    return Promise.resolve();
  },
};
const activities = () =>
  recomputationActivities({ store: recomputationStore(test.db), cases, now: () => now });

/** A running case with the clock it has under a calendar. */
async function runningCase(calendar = inForce): Promise<string> {
  const caseNumber = await openedCase(test);
  await hasChanged(caseNumber, calendar);
  return caseNumber;
}

async function hasChanged(caseNumber: string, calendar: WorkCalendar, stage = 'cooling-off'): Promise<void> {
  const clock = periods(RECEIVED, calendar) as unknown as Prisma.InputJsonObject;
  await test.db.caseRecord.update({ where: { caseNumber }, data: { stage, receivedOn: RECEIVED, clock } });
}

/** Publishes 2027 anew with one more day off, and answers with the id of its recomputation. */
async function publish(monthDay: string): Promise<string> {
  const standing = yearCalendar(inForce, 2027);
  const calendar = { ...standing, published: true, off: [...standing.off, monthDay] };
  const at = new Date(now);
  return test.db.$transaction(async (tx) => {
    const facts = { source: 'test', publishedOn: '2026-11-20', proposedBy: 'a', at };
    const row = await proposeCalendarYear(tx, { calendar, ...facts });
    expect(await approveCalendarYear(tx, row, 'b', at)).toBe(true);
    expect(await approveCalendarYear(tx, row, 'b', at)).toBe(false);
    return planRecomputation(tx, { year: 2027, revision: row.revision, startedBy: 'b', at });
  });
}

const countsOf = async (id: string) => (await countRecomputed(test.db, [id]))(id);
const stateOf = async (id: string) => (await findRecomputation(test.db, id))?.state;

it('plans each case once, tells it once, and is done when the record shows the change', async () => {
  const numbers = [await runningCase(), await runningCase(), await runningCase()].sort();
  const id = await publish('01-13');
  const { planRecomputation: plan, tellCases, finishRecomputation } = activities();
  await plan({ id });
  await plan({ id });
  expect(await countsOf(id)).toMatchObject({ cases: { waiting: 3 }, changes: { later: 3 } });
  expect(await tellCases({ id })).toEqual({ state: 'running', waiting: 0, told: 3, moved: 0 });
  expect(await tellCases({ id })).toEqual({ state: 'running', waiting: 0, told: 3, moved: 0 });
  expect(told.map(({ caseNumber }) => caseNumber).sort()).toEqual(numbers);
  expect(told[0]).toMatchObject({
    by: id,
    calendar: { version: (await calendarInForce(test.db, 2026, 2027)).version },
  });
  expect(await finishRecomputation({ id })).toBe(false);
  const next = await calendarInForce(test.db, 2026, 2027);
  for (const each of numbers) await hasChanged(each, next);
  expect(await tellCases({ id })).toEqual({ state: 'running', waiting: 0, told: 0, moved: 3 });
  await plan({ id });
  expect(await finishRecomputation({ id })).toBe(true);
  expect(await countsOf(id)).toMatchObject({ cases: { waiting: 0, told: 0, changed: 3, over: 0 } });
  expect(told).toHaveLength(3);
});

it('tells again after a while who has not changed, and never who has ended or has it already', async () => {
  const [silent, ended, lost] = [await runningCase(), await runningCase(), await runningCase()];
  const id = await publish('01-13');
  const { planRecomputation: plan, tellCases } = activities();
  await plan({ id });
  failing = new Set([lost]);
  await tellCases({ id });
  expect(told.map(({ caseNumber }) => caseNumber).sort()).toEqual([silent, ended].sort());
  await test.db.caseRecord.update({ where: { caseNumber: ended }, data: { stage: 'withdrawn' } });
  await hasChanged(lost, await calendarInForce(test.db, 2026, 2027));
  [failing, told, now] = [new Set(), [], now + STALE_MS];
  const progress = await tellCases({ id });
  expect(told.map(({ caseNumber }) => caseNumber)).toEqual([silent]);
  expect(progress).toMatchObject({ waiting: 0, told: 1 });
  expect((await countsOf(id)).cases).toEqual({ waiting: 0, told: 1, changed: 1, over: 1 });
});

it('begins nothing while it is paused, and is not done while it is', async () => {
  await runningCase();
  const id = await publish('01-13');
  const { planRecomputation: plan, tellCases, finishRecomputation } = activities();
  await plan({ id });
  await test.db.recomputation.update({ where: { id }, data: { state: 'paused' } });
  expect(await tellCases({ id })).toMatchObject({ state: 'paused', waiting: 1, told: 0 });
  expect(await finishRecomputation({ id })).toBe(false);
  expect(told).toEqual([]);
});

it('gives way to a newer one of its year, which tells its cases the newer days alone', async () => {
  const caseNumber = await runningCase();
  const older = await publish('01-13');
  await activities().planRecomputation({ id: older });
  const newer = await publish('01-14');
  expect([await stateOf(older), await stateOf(newer)]).toEqual(['superseded', 'planned']);
  expect((await countsOf(older)).cases).toMatchObject({ waiting: 0, over: 1 });
  expect(await activities().planRecomputation({ id: older })).toEqual({});
  expect(await activities().tellCases({ id: older })).toMatchObject({ state: 'superseded' });
  await activities().planRecomputation({ id: newer });
  await activities().tellCases({ id: newer });
  expect(told.map((each) => [each.caseNumber, each.by])).toEqual([[caseNumber, newer]]);
});

it('sees to it that no more than a hundred are under way', async () => {
  const numbers: string[] = [];
  for (let each = 0; each < 110; each += 1) numbers.push(await runningCase());
  const id = await publish('01-13');
  const { planRecomputation: plan, tellCases } = activities();
  await plan({ id });
  expect(await tellCases({ id })).toMatchObject({ waiting: 10, told: 100 });
  expect(await tellCases({ id })).toMatchObject({ waiting: 10, told: 100 });
  const next = await calendarInForce(test.db, 2026, 2027);
  for (const { caseNumber } of told.slice(0, 4)) await hasChanged(caseNumber, next);
  expect(await tellCases({ id })).toMatchObject({ waiting: 6, told: 100, moved: 4 });
});
