import { setTimeout as sleep } from 'node:timers/promises';
import type { Application } from '../../domain/application/application.ts';
import { yearOf } from '../../domain/plain-date.ts';
import { dateAt, type EpochMs } from '../../domain/zoned-time.ts';
import { calendarInForce } from '../../prisma/queries/calendars.ts';
import { registerPolicies } from '../../prisma/reminder-policies.ts';
import { type Control, controlOf } from '../../simulators/control.ts';
import type { District } from '../../tests/support/cases/district.ts';
import { districtOf, type DuePolicy, dueAtMinute } from '../../tests/support/cases/due-policy.ts';
import { type Joined, joinCases } from '../../tests/support/cases/join-cases.ts';
import { type BenchSystem, SMS_PER_SECOND } from '../bench-system.ts';
import { applicationOf } from '../case/couple.ts';
import type { Couples } from '../case/couples.ts';
import { type Cost, costOf } from '../counters/cost.ts';
import type { BurstSizes } from '../sizes.ts';
import { watchMemory, type WorkerMemory } from './worker-memory.ts';

export interface Burst {
  readonly cases: readonly string[];
  readonly notices: number;
  readonly joinsPerSecond: number;
  /** What the gateway allows, and what arrived there from the minute at which all were due to the last message. */
  readonly allowedPerSecond: number;
  readonly handedOverPerSecond: number;
  /** Messages the gateway refused for coming too fast. */
  readonly refused: number;
  /** From the minute at which all were due to the last message, in seconds. */
  readonly lastAfterSeconds: number;
  /** Numbers to which more than one message went, and to which none did. */
  readonly twice: number;
  readonly missing: number;
  readonly memory: WorkerMemory;
  /** Ordering, spread over the minutes before. */
  readonly ordering: Cost;
  /** From the minute at which all were due until every message was proven delivered. */
  readonly delivering: Cost;
}

const VERSION = 'bench-burst';
/** Delivering starts a little before it is due. */
const AHEAD_MS = 1_000;
const POLL_MS = 500;
/** However slow the delivery, the benchmark ends. */
const LONGEST_MS = 900_000;

/** Lets cases join whose reminders are all due at one minute, and measures how they leave. */
export async function measureBurst(
  bench: BenchSystem,
  district: District,
  couples: Couples,
  sizes: BurstSizes,
): Promise<Burst> {
  const notices = 2 * sizes.cases;
  const simulators = controlOf(bench.system.addresses.simulatorsUrl);
  await simulators.allow(SMS_PER_SECOND);
  const due = await policyDue(district, sizes);
  const began = performance.now();
  const joined = await joinAll(district, couples, sizes, due);
  const joinsPerSecond = sizes.cases / ((performance.now() - began) / 1000);
  await requirePlanned(district, notices, due.dueAt);
  const ordering = await costOf(bench, () => sleep(Math.max(0, due.dueAt - AHEAD_MS - Date.now())));
  const memory = watchMemory(bench, simulators, notices);
  const delivering = await costOf(bench, () => untilDelivered(district, notices));
  const rate = await simulators.rate();
  const lastAfterSeconds = ((rate.last ?? 0) - due.dueAt) / 1000;
  return {
    cases: joined.map(({ caseNumber }) => caseNumber),
    notices,
    joinsPerSecond,
    allowedPerSecond: SMS_PER_SECOND,
    handedOverPerSecond: notices / lastAfterSeconds,
    refused: rate.refused,
    lastAfterSeconds,
    ...(await reckon(simulators, joined)),
    memory: await memory.stop(),
    ordering,
    delivering,
  };
}

/** All cases are to have joined before the first of them orders its notices. */
async function policyDue(
  { db }: District,
  { cases, expectedJoinsPerSecond, leadMinutes }: BurstSizes,
): Promise<DuePolicy> {
  const year = yearOf(dateAt(Date.now()));
  const joiningMs = (cases / expectedJoinsPerSecond) * 1000;
  const due = dueAtMinute({
    version: VERSION,
    notBefore: Date.now() + joiningMs + leadMinutes * 60_000,
    calendar: await calendarInForce(db, year, year + 1),
    leadMinutes,
    channels: ['sms', 'call'],
  });
  const taken = await registerPolicies(db, districtOf(due.policy));
  if (taken.length > 0) throw new Error(`the policy ${VERSION} stands on record with another body`);
  return due;
}

async function joinAll(
  district: District,
  couples: Couples,
  { cases, width }: BurstSizes,
  { policy, receivedOn }: DuePolicy,
): Promise<Joined[]> {
  const year = yearOf(receivedOn);
  return joinCases(district, {
    count: cases,
    width,
    applicationOf: () => applicationOf(couples.next()) as unknown as Application,
    receivedOn,
    calendar: await calendarInForce(district.db, year, year + 1),
    policy,
  });
}

/** @throws when cases joined after their notices were due: then there is no burst to measure */
async function requirePlanned({ db }: District, notices: number, dueAt: EpochMs): Promise<void> {
  for (;;) {
    const planned = await db.notice.count({ where: { policyVersion: VERSION } });
    if (planned === notices) return;
    if (Date.now() > dueAt - AHEAD_MS)
      throw new Error(`only ${planned} of ${notices} notices were planned before they were due`);
    await sleep(POLL_MS);
  }
}

async function untilDelivered({ db }: District, notices: number): Promise<void> {
  const began = performance.now();
  for (;;) {
    const delivered = await db.notice.count({ where: { policyVersion: VERSION, state: 'delivered' } });
    if (delivered === notices) return;
    if (performance.now() - began > LONGEST_MS)
      throw new Error(
        `only ${delivered} of ${notices} notices were delivered after ${LONGEST_MS / 60_000} minutes`,
      );
    await sleep(POLL_MS);
  }
}

async function reckon(
  simulators: Control,
  joined: readonly Joined[],
): Promise<{ twice: number; missing: number }> {
  const numbers = joined.flatMap(({ application }) => application.parties.map(({ mobile }) => mobile));
  const received = new Map<string, number>(numbers.map((number) => [number, 0]));
  for (const { to } of await simulators.receivedBy(numbers)) {
    const number = to.slice(-11);
    received.set(number, (received.get(number) ?? 0) + 1);
  }
  const counts = [...received.values()];
  return {
    twice: counts.filter((count) => count > 1).length,
    missing: counts.filter((count) => count === 0).length,
  };
}
