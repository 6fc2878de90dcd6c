import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ActAnswer } from '../../domain/case/state.ts';
import type { ClockReading } from '../../domain/clock/periods.ts';
import { addDays } from '../../domain/plain-date.ts';
import { writeNewCase } from '../../prisma/open-case.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import type { District } from '../support/cases/district.ts';
import { eventually } from '../support/cases/eventually.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { inventedApplication } from '../support/cases/invented.ts';
import { type OwnSystem, startOwnSystem } from '../support/cases/own-system.ts';
import { BOTH, FINAL_VISIT, untilAccepted } from '../support/cases/path.ts';

const OPENINGS = 12;

let own: OwnSystem;
let district: District;
/** One couple lives through every crash; at the end each party has each message once. */
let theCase: CaseDriver;
let clock: ClockReading;

beforeAll(async () => {
  own = await startOwnSystem(['postgres', 'temporal', 'simulators', 'worker', 'api']);
  district = own.district;
  theCase = await CaseDriver.open(district);
  clock = await untilAccepted(theCase);
}, 120_000);
afterAll(() => own.stop(), 60_000);

/** Sends one act until it is answered, as a client does whose server went away. */
async function insist(act: () => Promise<ActAnswer>): Promise<ActAnswer> {
  return eventually(act, 90_000);
}

async function expectDoneOnce(actId: string, answer: ActAnswer): Promise<void> {
  const steps = (await theCase.steps()).filter((step) => step.actId === actId);
  expect(steps.map(({ seq }) => seq)).toEqual([answer.seq]);
}

/** Corrections are under way at every moment while `crash` happens; each must be there once afterwards. */
async function correctDuring(crash: () => Promise<void>): Promise<void> {
  let over = false;
  const clerk = async (): Promise<void> => {
    while (!over) {
      const actId = randomUUID();
      const answer = await insist(() => theCase.act('correct', { fields: ['address'] }, { actId }));
      await expectDoneOnce(actId, answer).catch(() => eventually(() => expectDoneOnce(actId, answer)));
    }
  };
  const clerks = Promise.all([clerk(), clerk()]);
  try {
    await crash();
  } finally {
    over = true;
  }
  await clerks;
  await expectCase(theCase, { stage: (await theCase.row()).stage as 'cooling-off', last: 'correct' });
}

/** The outside world's answers come late enough to be interrupted. */
const slowGateway = () => district.simulators.setFault('twilio', { mode: 'slow', delayMs: 4_000 });

it('a worker killed while it sends and while clerks act loses nothing and sends nothing twice', async () => {
  await slowGateway();
  await theCase.to(addDays(clock.coolingOffLastDay, -3), '09:01');
  await eventually(async () => {
    const sending = await theCase.notices('cooling-off-ending');
    expect(sending.map(({ state }) => state)).toEqual(['sending', 'sending']);
  });
  await correctDuring(() => own.kill('worker'));
  await district.simulators.clearFaults();
  // The engine gives the lost attempts up after their 45 seconds; the next ones ask the gateway first.
  await eventually(async () => {
    const sent = await theCase.notices('cooling-off-ending');
    expect(sent.map(({ state }) => state)).not.toContain('sending');
  }, 90_000);
  for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(1);
}, 180_000);

it('the Temporal server killed while clerks act loses nothing', async () => {
  await correctDuring(() => own.kill('temporal'));
}, 180_000);

it('PostgreSQL killed while clerks act, in the middle of a day on which a notice is due, loses nothing', async () => {
  await theCase.to(clock.claimFirstWorkingDay, '10:00');
  await correctDuring(() => own.kill('postgres'));
  await eventually(async () => {
    const sent = await theCase.notices('window-open');
    expect(sent.map(({ state }) => /^(sent|delivered)$/.test(state))).toEqual([true, true]);
  }, 120_000);
  for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(2);
}, 240_000);

it('the API killed while cases are opened leaves none without its workflow, and makes none twice', async () => {
  const before = await district.db.caseRecord.count();
  // The very moment between row and start, of a process that died before this one.
  const { db, keys, cipher } = district;
  const lost = await writeNewCase(db, keys, cipher, {
    application: inventedApplication(),
    realm: 'live',
    actor: 'staff-1',
    role: 'clerk',
    actId: randomUUID(),
    now: Date.now() - 60_000,
  });
  const token = await clerkToken();
  const openings = Array.from({ length: OPENINGS }, () => ({
    key: randomUUID(),
    body: JSON.stringify(inventedApplication()),
  }));
  const firstTry = Promise.allSettled(openings.map((opening) => open(opening, token)));
  await eventually(async () => {
    expect(await district.db.caseRecord.count()).toBeGreaterThan(before + 3);
  });
  await own.kill('api');
  await firstTry;

  const answers = await Promise.all(
    openings.map((opening) => eventually(() => open(opening, token), 120_000)),
  );
  expect(new Set(answers).size).toBe(OPENINGS);
  expect(await district.db.caseRecord.count()).toBe(before + 1 + OPENINGS);
  await eventually(async () => {
    expect(await district.db.caseRecord.count({ where: { engineStarted: false } })).toBe(0);
  }, 90_000);
  for (const caseNumber of [lost.caseNumber, ...answers]) {
    expect(await district.engine.status({ caseNumber, realm: 'live' })).toMatchObject({ stage: 'draft' });
  }
}, 240_000);

it('after all of this the couple is registered, and has each message once', async () => {
  await theCase.act('register', FINAL_VISIT);
  await expectCase(theCase, { stage: 'archived', last: 'archive' });
  for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(3);
}, 60_000);

async function clerkToken(): Promise<string> {
  const secret = district.config.oidc.embedded?.clientSecret ?? '';
  const answer = await fetch(`${own.system.addresses.apiUrl}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`demo-clerk:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** @returns the case number @throws on any other answer than 201 */
async function open(opening: { key: string; body: string }, token: string): Promise<string> {
  const answer = await fetch(`${own.system.addresses.apiUrl}/api/v1/cases`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': opening.key,
    },
    body: opening.body,
  });
  if (answer.status !== 201) throw new Error(`${String(answer.status)} ${await answer.text()}`);
  return ((await answer.json()) as { caseNumber: string }).caseNumber;
}
