import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inFlight } from '../../bench/in-flight.ts';
import { CALENDAR_FLAG_CODES } from '../../domain/clock/flag-calendar.ts';
import { isWorkingDay, type WorkCalendar, withYear, yearCalendar } from '../../domain/clock/calendar.ts';
import { type ClockReading, periods } from '../../domain/clock/periods.ts';
import { FIXED_STATUTORY_DAYS } from '../../domain/clock/validate-calendar.ts';
import { addDays, type PlainDate, weekday, yearOf } from '../../domain/plain-date.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import { calendarInForce } from '../../prisma/queries/calendars.ts';
import { eventually } from '../support/cases/eventually.ts';
import { inventedApplication } from '../support/cases/invented.ts';
import { type OwnSystem, startOwnSystem } from '../support/cases/own-system.ts';

const CASES = 200;
/** Calendars are everybody's: this system is the test's own. */
let own: OwnSystem;
let inForce: WorkCalendar;
/** Days of receipt whose claim ends in one year, which is published anew, and that year. */
let receipts: readonly PlainDate[];
let year: number;
/** Case numbers with their days of receipt. */
const received = new Map<string, PlainDate>();

beforeAll(async () => {
  own = await startOwnSystem(['postgres', 'temporal', 'simulators', 'worker', 'api']);
  const today = dateAt(Date.now());
  inForce = await calendarInForce(own.district.db, yearOf(today) - 1, yearOf(today) + 2);
  const days = Array.from({ length: 24 }, (_, index) => addDays(today, -1 - index)).filter((day) =>
    isWorkingDay(inForce, day),
  );
  const newest = days[0];
  if (!newest) throw new Error('no working day in more than three weeks');
  year = yearOf(periods(newest, inForce).claimLastDay);
  receipts = days.filter((day) => yearOf(periods(day, inForce).claimLastDay) === year);
  const numbers = await inFlight(CASES, 8, (index) =>
    importCase(receipts[index % receipts.length] ?? newest),
  );
  for (const [index, caseNumber] of numbers.entries()) {
    received.set(caseNumber, receipts[index % receipts.length] ?? newest);
  }
  await eventually(async () => {
    const running = await own.district.db.caseRecord.count({ where: { stage: 'cooling-off' } });
    expect(running).toBe(CASES);
  }, 60_000);
}, 240_000);
afterAll(() => own.stop(), 60_000);

const tokens = new Map<string, Promise<string>>();
async function tokenOf(role: string): Promise<string> {
  const secret = own.district.config.oidc.embedded?.clientSecret ?? '';
  const answer = await fetch(`${own.system.addresses.apiUrl}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`demo-${role}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function ask<T>(role: string, path: string, body?: object): Promise<T> {
  const token = tokens.get(role) ?? tokenOf(role);
  tokens.set(role, token);
  const answer = await fetch(`${own.system.addresses.apiUrl}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${await token}`,
      ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const read = (await answer.json()) as T;
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(read)}`);
  return read;
}

async function importCase(receivedOn: PlainDate): Promise<string> {
  const body = { ...inventedApplication({ channel: 'counter' }), receivedOn, reason: '纸质案件转入' };
  return (await ask<{ caseNumber: string }>('supervisor', '/cases/import', body)).caseNumber;
}

interface Notice {
  readonly year: number;
  readonly off: readonly string[];
  readonly makeUp: readonly string[];
}

/**
 * The year as it stands, but one last day on a workday is off, and the weekend day to which another's thirty days
 * come is worked.
 */
function noticeThatMoves(): Notice {
  const standing = yearCalendar(inForce, year);
  const clocks = receipts.map((day) => periods(day, inForce));
  const rolled = clocks.find(({ coolingOffLastDay }) => weekday(addDays(coolingOffLastDay, 30)) > 5);
  const straight = clocks.find(
    ({ coolingOffLastDay, claimLastDay }) =>
      addDays(coolingOffLastDay, 30) === claimLastDay && claimLastDay !== rolled?.claimLastDay,
  );
  if (!rolled || !straight) throw new Error('three weeks have both kinds');
  const date = (monthDay: string): string => `${year}-${monthDay}`;
  return {
    year,
    off: [
      ...new Set([...[...standing.off, ...FIXED_STATUTORY_DAYS.monthDays].map(date), straight.claimLastDay]),
    ],
    makeUp: [...standing.makeUp.map(date), addDays(rolled.coolingOffLastDay, 30)],
  };
}

function calendarWith({ off, makeUp }: Notice): WorkCalendar {
  const monthDays = (dates: readonly string[], weekend: boolean): string[] =>
    dates
      .filter((date) => weekday(date as PlainDate) > 5 === weekend)
      .map((date) => date.slice(5))
      .sort();
  const next = { year, published: true, off: monthDays(off, false), makeUp: monthDays(makeUp, true) };
  return withYear(inForce, next, 'expected');
}

const endsOf = ({ coolingOffLastDay, claimLastDay }: ClockReading): PlainDate[] => [
  coolingOffLastDay,
  claimLastDay,
];

interface Progress {
  readonly state: string;
  readonly cases: Readonly<Record<'waiting' | 'told' | 'changed' | 'over', number>>;
  readonly changes: Readonly<Record<'earlier' | 'later' | 'settled' | 'none', number>>;
}

interface Proposed {
  readonly revision: number;
  readonly counts: Readonly<Record<'earlier' | 'later' | 'settled' | 'none' | 'unchanged', number>>;
  readonly affected: readonly { caseNumber: string; before: ClockReading; after: ClockReading }[];
}

describe('a published calendar', () => {
  let notice: Notice;
  let expected: WorkCalendar;
  let proposed: Proposed;
  let id: string;
  const progress = () => ask<Progress>('supervisor', `/recomputations/${id}`);

  it('is shown with every case it moves, and how', async () => {
    notice = noticeThatMoves();
    expected = calendarWith(notice);
    const body = {
      ...notice,
      source: '国办发明电〔测试〕',
      publishedOn: dateAt(Date.now()),
      confirm: CALENDAR_FLAG_CODES,
    };
    proposed = await ask<Proposed>('supervisor', '/calendars', body);
    for (const { caseNumber, before, after } of proposed.affected) {
      const receivedOn = received.get(caseNumber);
      if (!receivedOn) throw new Error('a case of nobody');
      expect(before).toMatchObject({ claimLastDay: periods(receivedOn, inForce).claimLastDay });
      expect(after).toMatchObject({ claimLastDay: periods(receivedOn, expected).claimLastDay });
    }
    const { earlier, later, settled, none, unchanged } = proposed.counts;
    expect(Math.min(earlier, later)).toBeGreaterThan(0);
    expect(proposed.affected).toHaveLength(earlier + later + settled + none);
    expect(earlier + later + settled + none + unchanged).toBe(CASES);
    const steps = await own.district.db.caseStep.count({ where: { kind: 'calendar-published' } });
    expect(steps).toBe(0);
  });

  it('is told in batches that can be paused, while workers come and go', async () => {
    const approved = await ask<{ recomputation: { id: string; counts: object } }>(
      'admin',
      `/calendars/${year}/approve`,
      { revision: proposed.revision },
    );
    id = approved.recomputation.id;
    expect(approved.recomputation.counts).toEqual(proposed.counts);
    await eventually(async () => {
      const { cases } = await progress();
      expect(cases.told + cases.changed).toBeGreaterThan(0);
    });
    await ask('supervisor', `/recomputations/${id}/pause`, {});
    await own.kill('worker');
    // What has been told changes all the same; nobody else is told.
    const stands = await eventually(async () => {
      const now = await progress();
      expect(now.state).toBe('paused');
      const { db } = own.district;
      const told = await db.recomputedCase.findMany({
        where: { recomputationId: id, state: { not: 'waiting' } },
      });
      const steps = await db.caseStep.count({ where: { kind: 'calendar-published' } });
      expect(steps).toBe(told.length);
      return now;
    }, 60_000);
    expect(stands.cases.waiting).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect((await progress()).cases.waiting).toBe(stands.cases.waiting);

    await ask('admin', `/recomputations/${id}/resume`, {});
    await eventually(async () => {
      expect((await progress()).cases.waiting).toBeLessThan(stands.cases.waiting);
    }, 60_000);
    await Promise.all([own.kill('worker'), own.kill('api')]);
    const done = await eventually(async () => {
      const now = await progress();
      expect(now.state).toBe('done');
      return now;
    }, 120_000);
    const { unchanged, ...changes } = proposed.counts;
    expect(done.cases).toEqual({ waiting: 0, told: 0, changed: CASES - unchanged, over: 0 });
    expect(done.changes).toEqual(changes);
  }, 300_000);

  it('has changed each case once, to the dates that follow from it', async () => {
    const { db } = own.district;
    const steps = await db.caseStep.groupBy({
      by: ['caseNumber'],
      where: { kind: 'calendar-published' },
      _count: { _all: true },
    });
    expect(steps.map(({ _count }) => _count._all)).toEqual(
      Array<number>(CASES - proposed.counts.unchanged).fill(1),
    );
    let escalated = 0;
    for (const [caseNumber, receivedOn] of received) {
      const [before, after] = [periods(receivedOn, inForce), periods(receivedOn, expected)];
      const row = await db.caseRecord.findUniqueOrThrow({ where: { caseNumber } });
      expect([row.coolingOffLastDay, row.claimLastDay]).toEqual(endsOf(after));
      const isEarlier = endsOf(after).some((day, index) => day < (endsOf(before)[index] ?? day));
      const codes = (row.attention as { code: string }[]).map(({ code }) => code);
      expect(codes).toEqual(isEarlier ? ['EARLIER_DATE_THAN_TOLD'] : []);
      escalated += isEarlier ? 1 : 0;
    }
    expect(escalated).toBe(proposed.counts.earlier);
  }, 60_000);

  it('has taken the old reminders of moved cases from the plan of both, and put new ones there', async () => {
    const { db } = own.district;
    const moved = [...received].filter(([, receivedOn]) => {
      const [before, after] = [periods(receivedOn, inForce), periods(receivedOn, expected)];
      return endsOf(before).join() !== endsOf(after).join();
    });
    expect(moved).toHaveLength(proposed.counts.earlier + proposed.counts.later);
    for (const [caseNumber, receivedOn] of moved) {
      const notices = await db.notice.findMany({ where: { caseNumber, kind: 'window-closing' } });
      const keys = (version: number, states: readonly string[]) =>
        notices
          .filter((each) => each.deadlineVersion === version && states.includes(each.state))
          .map(({ party, offsetDays }) => `${party} ${offsetDays}`)
          .sort();
      const planned = keys(2, ['planned', 'queued']);
      expect(planned.length).toBeGreaterThan(0);
      expect(new Set(planned.map((key) => key.charAt(0)))).toEqual(new Set(['a', 'b']));
      expect(keys(1, ['cancelled'])).toEqual(planned);
      expect(keys(1, ['planned', 'queued', 'sending', 'sent', 'delivered'])).toEqual([]);
      const { claimLastDay } = periods(receivedOn, expected);
      for (const { deadlineVersion, dueAt } of notices) {
        if (deadlineVersion === 2) expect(dateAt(dueAt.getTime()) <= claimLastDay).toBe(true);
      }
      const told = await db.notice.findMany({ where: { caseNumber, kind: 'dates-changed' } });
      expect(told.map(({ party }) => party).sort()).toEqual(['a', 'b']);
    }
  }, 60_000);

  it('is not told twice by one who looks for cases that missed it', async () => {
    await own.kill('api');
    await eventually(async () => expect((await progress()).state).toBe('done'), 30_000);
    const { db } = own.district;
    expect(await db.recomputation.count()).toBe(1);
    expect(await db.auditEntry.count({ where: { stream: 'system', action: 'resume-recomputation' } })).toBe(
      1,
    );
  }, 60_000);
});
