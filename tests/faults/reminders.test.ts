import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addDays } from '../../domain/plain-date.ts';
import { DISTRICT_POLICY } from '../../domain/reminders/district-policy.fixture.ts';
import { dateAt, type EpochMs } from '../../domain/zoned-time.ts';
import { registerPolicies } from '../../prisma/reminder-policies.ts';
import type { Fault } from '../../simulators/faults.ts';
import { districtOf, dueAtMinute, policyOf } from '../support/cases/due-policy.ts';
import { eventually, pause } from '../support/cases/eventually.ts';
import { joinCases, type Joined } from '../support/cases/join-cases.ts';
import { type OwnSystem, startOwnSystem } from '../support/cases/own-system.ts';
import { type PolicyFile, writePolicyFile } from '../support/cases/policy-file.ts';
import { numberedCouple, owedTo } from './support/couples.ts';
import { killAtRandom } from './support/killing.ts';
import { type Owed, reckon, type Reckoning } from './support/ledger.ts';
import { seeded } from './support/seeded.ts';

/** Everything is drawn from it. */
const SEED = 20_261_123;
const CASES = 1_000;
/** Cases join, and their notices fall due, a group at a time: on a slow machine joining and delivering meet. */
const GROUPS = 4;
const JOIN_WITHIN_MS = 60_000;
const KILLS = { worker: 4, api: 4 } as const;
const SETTLED_WITHIN_MS = 150_000;

const GATEWAY_FAULTS: readonly Fault[] = [
  { mode: 'error', rate: 0.03, status: 503 },
  { mode: 'timeout-after-accept', rate: 0.02 },
  { mode: 'reject-recipient', rate: 0.06 },
  // 30005: nobody has the number.
  { mode: 'undelivered', rate: 0.03, code: 30_005 },
  { mode: 'duplicate-callbacks', rate: 0.15 },
  { mode: 'late-callbacks', rate: 0.15, delayMs: 6_000 },
  { mode: 'disordered-callbacks', rate: 0.15 },
];
const MAIL_FAULTS: readonly Fault[] = [
  { mode: 'error', rate: 0.2 },
  { mode: 'timeout-after-accept', rate: 0.15 },
  { mode: 'reject-recipient', rate: 0.2 },
];

let own: OwnSystem;
let file: PolicyFile;

beforeAll(async () => {
  file = writePolicyFile(
    // Of it the delivery reads the sending hours only: each case has a policy of its group.
    districtOf(policyOf('faults-0', addDays(dateAt(Date.now()), -60), 1, DISTRICT_POLICY.rules)),
  );
  own = await startOwnSystem(['postgres', 'temporal', 'simulators', 'worker', 'api'], {
    HELI_REMINDER_POLICY: file.path,
    HELI_SMS_PER_SECOND: '100',
  });
}, 120_000);
afterAll(async () => {
  await own.stop();
  file.remove();
}, 60_000);

it('of 1,000 cases whose worker and API are killed at random, no notice is lost and none is sent twice', async () => {
  const { simulators } = own.district;
  await simulators.setMix('twilio', { seed: SEED, mix: GATEWAY_FAULTS });
  await simulators.setMix('smtp', { seed: SEED, mix: MAIL_FAULTS });
  const owed: Owed[] = [];
  let lastDueAt = 0;
  for (let group = 0; group < GROUPS; group += 1) {
    const { cases, dueAt } = await joinGroup(group);
    owed.push(...cases.flatMap(owedTo));
    lastDueAt = dueAt;
  }
  // From here on the notices are ordered, fall due and are delivered.
  await killAtRandom(own, KILLS, seeded(SEED));
  await pause(Math.max(0, lastDueAt - Date.now()));
  await eventually(expectNoneUnderWay, SETTLED_WITHIN_MS);

  const reckoning = await reckonAll(owed);
  await tell(reckoning);
  const { ends, ...faults } = reckoning;
  expect(owed).toHaveLength(2 * CASES);
  expect(faults).toEqual({ sentTwice: [], lost: [], wrong: [] });
  // A run in which everybody was easy to reach would prove nothing.
  expect(Math.min(...Object.values(ends))).toBeGreaterThan(0);
}, 480_000);

/** A group of cases whose notices are all due at one minute, not far off. */
async function joinGroup(group: number): Promise<{ cases: Joined[]; dueAt: EpochMs }> {
  const { db, calendar } = own.district;
  const { policy, receivedOn, dueAt } = dueAtMinute({
    version: `faults-${group + 1}`,
    notBefore: Date.now() + JOIN_WITHIN_MS,
    calendar,
    leadMinutes: 1,
  });
  expect(await registerPolicies(db, districtOf(policy))).toEqual([]);
  const count = CASES / GROUPS;
  const cases = await joinCases(own.district, {
    count,
    width: 8,
    applicationOf: (index) => numberedCouple(group * count + index),
    receivedOn,
    calendar,
    policy,
  });
  await eventually(expectAllPlanned(policy.version, 2 * count), dueAt - Date.now());
  return { cases, dueAt };
}

/** A case that joins after its notice was due is not reminded, and would be missing for another reason than a fault. */
function expectAllPlanned(policyVersion: string, count: number): () => Promise<void> {
  return async () => {
    expect(await own.district.db.notice.count({ where: { policyVersion } })).toBe(count);
  };
}

async function expectNoneUnderWay(): Promise<void> {
  const underWay = await own.district.db.notice.groupBy({
    by: ['state', 'channel', 'lastError'],
    where: { OR: [{ state: { in: ['planned', 'queued', 'sending'] } }, { state: 'sent', channel: 'sms' }] },
    _count: true,
  });
  expect(underWay).toEqual([]);
}

async function reckonAll(owed: readonly Owed[]): Promise<Reckoning> {
  const { db, simulators } = own.district;
  const claimed = await db.notice.findMany();
  const addresses = owed.flatMap(({ mobile, email }) => (email === undefined ? [mobile] : [mobile, email]));
  return reckon(owed, claimed, await simulators.receivedBy(addresses));
}

async function tell({ ends }: Reckoning): Promise<void> {
  const { twilio, smtp } = await own.district.simulators.faults();
  const struck = ({ mix = [] }: typeof twilio) =>
    mix.map((fault) => `${fault.mode} ${fault.struck}`).join(', ');
  const ended = Object.entries(ends).map(([end, count]) => `${end} ${count}`);
  process.stdout.write(
    `Notices: ${ended.join(', ')}.\n` +
      `Faults of the gateway: ${struck(twilio)}. Of the mail server: ${struck(smtp)}.\n`,
  );
}
