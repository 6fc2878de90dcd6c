import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, type PlainDate, plainDate, yearOf } from '../../domain/plain-date.ts';
import { CALENDAR_FLAG_CODES } from '../../domain/clock/flag-calendar.ts';
import { isRestDay, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import { calendarInForce } from '../../prisma/queries/calendars.ts';
import type { District } from '../../tests/support/cases/district.ts';
import type { BenchSystem } from '../bench-system.ts';
import { tokenOf } from '../case/rest-desk.ts';

export interface Recomputation {
  /** Cases whose dates moved. */
  readonly cases: number;
  readonly seconds: number;
  readonly casesPerSecond: number;
  /** How long the worker that was killed in the middle was away. */
  readonly workerAwayMs: number;
  /** Cases that changed otherwise than once. */
  readonly notOnce: number;
  /** Different counts of changed cases that were seen on the way. */
  readonly progressSeen: number;
}

const POLL_MS = 500;
const LONGEST_MS = 900_000;

/**
 * A second person approves a calendar in which the day is off on which the cooling-off period of all these cases ends,
 * and the worker is killed when half of them have changed.
 */
export async function measureRecomputation(
  bench: BenchSystem,
  district: District,
  caseNumbers: readonly string[],
): Promise<Recomputation> {
  const proposal = await proposalThatMoves(district, caseNumbers[0] ?? '');
  await post(bench, 'supervisor', '/calendars', proposal);
  const before = await district.db.recomputation.findMany({ select: { id: true } });
  const began = performance.now();
  await post(bench, 'admin', `/calendars/${proposal.year}/approve`, {});
  const { id } = await district.db.recomputation.findFirstOrThrow({
    where: { year: proposal.year, id: { notIn: before.map((each) => each.id) } },
  });
  const { workerAwayMs, progressSeen } = await follow(bench, district, id);
  const seconds = (performance.now() - began) / 1000;
  const cases = await district.db.recomputedCase.count({ where: { recomputationId: id, state: 'changed' } });
  return {
    cases,
    seconds,
    casesPerSecond: cases / seconds,
    workerAwayMs,
    progressSeen,
    notOnce: await countNotOnce(district, id, caseNumbers),
  };
}

/** The body of `POST /calendars`; the year was published before with other days, so it is confirmed. */
interface Proposal {
  readonly year: number;
  readonly source: string;
  readonly publishedOn: string;
  readonly confirm: readonly string[];
  readonly off: readonly string[];
  readonly makeUp: readonly string[];
}

/** The year's calendar as it is in force, with one more day off. */
async function proposalThatMoves({ db }: District, caseNumber: string): Promise<Proposal> {
  const { coolingOffLastDay } = await db.caseRecord.findUniqueOrThrow({ where: { caseNumber } });
  const last = plainDate(coolingOffLastDay ?? '');
  const year = yearOf(last);
  const calendar = await calendarInForce(db, year, year);
  const days = daysOf(year);
  return {
    year,
    source: '国办发明电〔测试〕',
    publishedOn: dateAt(Date.now()),
    off: days.filter((day) => isRestDay(calendar, day) || day === last),
    makeUp: days.filter((day) => isMakeUp(calendar, day)),
    confirm: CALENDAR_FLAG_CODES,
  };
}

function isMakeUp({ years }: WorkCalendar, day: PlainDate): boolean {
  return years.some(({ year, makeUp }) => year === yearOf(day) && makeUp.includes(day.slice(5)));
}

function daysOf(year: number): PlainDate[] {
  const first = plainDate(`${year}-01-01`);
  return Array.from({ length: 366 }, (_, index) => addDays(first, index)).filter(
    (day) => yearOf(day) === year,
  );
}

async function follow(
  bench: BenchSystem,
  { db }: District,
  id: string,
): Promise<Pick<Recomputation, 'workerAwayMs' | 'progressSeen'>> {
  const until = performance.now() + LONGEST_MS;
  const seen = new Set<number>();
  let workerAwayMs: number | undefined;
  for (;;) {
    const total = await db.recomputedCase.count({ where: { recomputationId: id } });
    const changed = await db.recomputedCase.count({ where: { recomputationId: id, state: 'changed' } });
    seen.add(changed);
    if (workerAwayMs === undefined && total > 0 && changed >= total / 2)
      workerAwayMs = await killWorker(bench);
    const { state } = await db.recomputation.findUniqueOrThrow({ where: { id } });
    if (state === 'done') return { workerAwayMs: workerAwayMs ?? 0, progressSeen: seen.size };
    if (performance.now() > until) throw new Error(`recomputation ${id} is ${state}: ${changed} of ${total}`);
    await sleep(POLL_MS);
  }
}

/** @returns how long no worker was there, in milliseconds */
async function killWorker({ system }: BenchSystem): Promise<number> {
  const pid = system.pid('worker');
  if (pid === undefined) throw new Error('the worker does not run');
  const began = performance.now();
  process.kill(pid, 'SIGKILL');
  while (system.pid('worker') === pid || !system.isReady('worker')) await sleep(50);
  return performance.now() - began;
}

/** A case that changed once has one step of this recomputation, and its second deadline version. */
async function countNotOnce({ db }: District, id: string, caseNumbers: readonly string[]): Promise<number> {
  const once = await db.caseRecord.count({
    where: { caseNumber: { in: [...caseNumbers] }, deadlineVersion: 2 },
  });
  const steps = await db.caseStep.groupBy({
    by: ['caseNumber'],
    where: { kind: 'calendar-published', detail: { path: ['recomputationId'], equals: id } },
    _count: true,
  });
  const repeated = steps.filter(({ _count }) => _count !== 1).length;
  return caseNumbers.length - once + repeated;
}

async function post({ system }: BenchSystem, role: 'supervisor' | 'admin', path: string, body: object) {
  const { apiUrl } = system.addresses;
  const token = await tokenOf(role, {
    apiUrl,
    clientSecret: system.config.oidc.embedded?.clientSecret ?? '',
  });
  const answer = await fetch(`${apiUrl}/api/v1${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${(await answer.text()).slice(0, 400)}`);
}
