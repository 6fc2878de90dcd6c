import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { CALENDAR_2026 } from '../../domain/clock/calendar-2026.fixture.ts';
import { withYear, type WorkCalendar, yearCalendar } from '../../domain/clock/calendar.ts';
import { periods } from '../../domain/clock/periods.ts';
import { plainDate } from '../../domain/plain-date.ts';
import { openAlarms } from '../../prisma/alarms.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { calendarInForce, seedCalendarYears } from '../../prisma/queries/calendars.ts';
import { at, openedCase, testDatabase, type TestDatabase } from '../../prisma/test-support/database.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { sweepRecomputations, sweepUntold } from './sweep-calendars.ts';

const NOW = at('2026-11-23');
let test: TestDatabase;
let deps: ApiDependencies;
let started: string[] = [];
let engineIsAway = false;
let now = NOW;

beforeAll(async () => {
  test = await testDatabase();
  await seedCalendarYears(test.db, CALENDAR_2026, new Date(NOW));
  const recomputations: ApiDependencies['recomputations'] = {
    start: (id) => {
      if (engineIsAway) return Promise.reject(new Error('away'));
      started.push(id);
      return Promise.resolve();
    },
    pause: () => Promise.resolve(),
  };
  const parts = { db: test.db, recomputations, log: pino({ level: 'silent' }), now: () => now };
  deps = parts as unknown as ApiDependencies;
});
afterAll(() => test.drop());

async function runningCase(calendar: WorkCalendar): Promise<void> {
  const caseNumber = await openedCase(test);
  const receivedOn = plainDate('2026-11-12');
  const clock = periods(receivedOn, calendar) as unknown as Prisma.InputJsonObject;
  await test.db.caseRecord.update({
    where: { caseNumber },
    data: { stage: 'cooling-off', receivedOn, clock },
  });
}

it('finds nothing where every case follows from the calendar in force, or nobody knows what it had', async () => {
  const inForce = await calendarInForce(test.db, 2026, 2027);
  await runningCase(inForce);
  const year = { ...yearCalendar(inForce, 2027), published: true, off: [] };
  await runningCase(withYear(inForce, year, 'of-some-other-system'));
  expect(await sweepUntold(deps)).toEqual([]);
  expect(started).toEqual([]);
});

it('sets the recomputation of the year going that a case has missed, again when it was done', async () => {
  // Accepted while the year was being replaced: the case has the days of before.
  const year = { year: 2027, revision: 2, state: 'published', source: 'x', at: new Date(NOW) };
  await test.db.calendarYear.updateMany({ where: { year: 2027 }, data: { state: 'replaced' } });
  await test.db.calendarYear.create({ data: { ...year, off: ['01-01', '01-13'], makeUp: ['01-09'] } });
  expect(await sweepUntold(deps)).toEqual(['2027.2']);
  expect(started).toEqual(['2027.2']);
  await test.db.recomputation.update({ where: { id: '2027.2' }, data: { state: 'done' } });
  await sweepUntold(deps);
  const [row] = await test.db.recomputation.findMany();
  expect(row).toMatchObject({ id: '2027.2', state: 'planned', startedBy: 'sweep', finishedAt: null });
});

it('repeats a start that was lost', async () => {
  [started, engineIsAway] = [[], true];
  await sweepRecomputations(deps);
  engineIsAway = false;
  await sweepRecomputations(deps);
  expect(started).toEqual(['2027.2']);
});

it('raises the alarm over one that does not move, and clears it when it does; not over a pause', async () => {
  now = NOW + 16 * 60_000;
  await sweepRecomputations(deps);
  await sweepRecomputations(deps);
  expect(await openAlarms(test.db)).toMatchObject([
    { code: 'RECOMPUTATION_STALLED', detail: { recomputation: '2027.2' } },
  ]);
  await test.db.recomputation.updateMany({ data: { state: 'paused' } });
  await sweepRecomputations(deps);
  expect(await openAlarms(test.db)).toEqual([]);
});
