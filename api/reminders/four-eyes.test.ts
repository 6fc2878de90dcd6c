import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import type { ApplicationParty } from '../../domain/application/application.ts';
import type { PartyLabel } from '../../domain/case/vocabulary.ts';
import { correctApplication } from '../../prisma/correct-application.ts';
import { noticeStore } from '../../prisma/notice-store.ts';
import { proposeNumber } from '../../prisma/number-changes.ts';
import { findReminder } from '../../prisma/queries/reminders.ts';
import { readApplication } from '../../prisma/read-application.ts';
import { openedCase, type TestDatabase, testDatabase } from '../../prisma/test-support/database.ts';
import type { Actor } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../problems/problem.ts';
import { approve, confirm, getNumberChange } from './change-number.ts';
import { contactOf, keepCall, retryNotice } from './warn-by-hand.ts';

const NOW = Date.parse('2026-11-27T02:00:00Z');
const NEW_NUMBER = '+8610066666666';
const staff = (sub: string, role: Actor['role'] = 'clerk'): Actor => ({
  sub,
  role,
  venue: 'gm-centre',
  venues: ['*'],
});
const clerk = staff('staff-1');
const second = staff('staff-2', 'supervisor');

let t: TestDatabase;
let deps: ApiDependencies;
let caseNumber: string;
let running = 0;
/** What the case was told; the engine answers only while it is there. */
const told: unknown[] = [];
let engineIsAway = false;

beforeAll(async () => {
  t = await testDatabase();
  const answer = () => (engineIsAway ? Promise.reject(new Error('engine is away')) : Promise.resolve());
  const parts: Partial<ApiDependencies> = {
    db: t.db,
    cipher: t.cipher,
    now: () => NOW,
    log: pino({ enabled: false }),
    deliveries: { due: answer },
    isConfirmationCode: (_, code) => Promise.resolve(code === '123456'),
    settings: { demo: true } as ApiDependencies['settings'],
    engine: {
      attention: async (_: unknown, code: string, raised: boolean) => {
        await answer();
        told.push([code, raised]);
      },
    } as unknown as ApiDependencies['engine'],
  };
  deps = parts as ApiDependencies;
});
beforeEach(async () => {
  engineIsAway = false;
  told.length = 0;
  caseNumber = await openedCase(t);
});
afterAll(() => t.drop());

/** A notice of the case; by default one that reached nobody. */
async function notice(changes: object = {}): Promise<string> {
  running += 1;
  const id = `${caseNumber}/a/registered/v1/0/${running}`;
  const key = { caseNumber, party: 'a', kind: 'registered', deadlineVersion: 1, offsetDays: 0 };
  const way = { channels: ['sms', 'email', 'call'], channel: 'sms', state: 'to-call', dueAt: new Date(NOW) };
  await t.db.notice.create({ data: { id, ...key, ...way, props: {}, ...changes } });
  return id;
}

/** What act `correct` does to the record. */
async function correct(a: Partial<ApplicationParty>, actor = clerk.sub): Promise<string> {
  running += 1;
  const actId = `correct-${running}`;
  const sealed = await t.cipher.seal(caseNumber, 'case_step.sealed', { reason: '更正', parties: { a } });
  const act = { caseNumber, actId, actor, at: new Date(NOW), sealed: Buffer.from(sealed).toString('base64') };
  await t.db.$transaction((tx) => correctApplication(tx, t.cipher, act));
  const fields = Object.keys(a).map((field) => `parties.a.${field}`);
  await t.db.caseStep.create({
    data: {
      ...{ caseNumber, seq: 100 + running, actId, kind: 'correct', actor, role: 'clerk', at: new Date(NOW) },
      ...{ fromStage: 'draft', toStage: 'draft', detail: { fields } },
    },
  });
  return `${actId}.a`;
}

const changed = (id: string) => getNumberChange(deps, second, id);
const row = async (id: string) => {
  const found = await findReminder(t.db, id);
  if (!found) throw new Error('no such notice');
  return found;
};
const mobileNow = async () => (await readApplication(t.db, t.cipher, caseNumber)).parties[0].mobile;

async function codeOf(doing: Promise<unknown>): Promise<string | undefined> {
  try {
    await doing;
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}
const retry = async (id: string, actor = clerk, channel?: 'sms' | 'email') =>
  codeOf(retryNotice(deps, actor, await row(id), channel));

describe('a number corrected by one person', () => {
  it('waits for a second one while the party must still be warned', async () => {
    const failed = await notice();
    const change = await correct({ mobile: NEW_NUMBER });
    expect((await changed(change)).state).toBe('proposed');
    expect(await codeOf(confirm(deps, clerk, await changed(change), '123456'))).toBe('NUMBER_CHANGE_DECIDED');

    // The case's own message about it came too early and was taken back: the approval sends it after all.
    const id = `${caseNumber}/a/number-confirmation/v1/0/${change.slice(0, -2)}`;
    const asks = { kind: 'number-confirmation', channels: ['sms'], deadlineVersion: 1 };
    await notice({ ...asks, id, state: 'cancelled', lastError: 'NUMBER_DECIDED' });
    expect(await codeOf(approve(deps, { ...second, sub: clerk.sub }, await changed(change)))).toBe(
      'SECOND_PERSON_REQUIRED',
    );
    await approve(deps, second, await changed(change));
    const messages = await t.db.notice.findMany({ where: { caseNumber, kind: 'number-confirmation' } });
    expect(messages.map((each) => [each.id, each.state])).toEqual([[id, 'queued']]);
    const claim = { channel: 'sms', by: 'a delivery', now: NOW, until: NOW + 1_000, most: 1 } as const;
    const [message] = await noticeStore(t.db, t.cipher).claim({ ...claim, only: id });
    expect(message).toMatchObject({ changeId: change, contact: { mobile: NEW_NUMBER } });

    expect(await confirm(deps, clerk, await changed(change), '123456')).toBe(1);
    expect(await row(failed)).toMatchObject({ state: 'queued', channel: 'sms' });
  });

  it('is theirs by the code alone when nobody must be warned, an optional message notwithstanding', async () => {
    await notice({ state: 'failed', optional: true });
    await notice({ handledAt: new Date(NOW), handledBy: 'staff-3' });
    const change = await correct({ mobile: NEW_NUMBER });
    expect((await changed(change)).state).toBe('sent');
    expect(await confirm(deps, clerk, await changed(change), '123456')).toBe(0);
    expect(await mobileNow()).toBe(NEW_NUMBER);
  });

  it('does not get what fails between correction and code, neither by the code nor by a retry', async () => {
    const change = await correct({ mobile: NEW_NUMBER });
    const failed = await notice();
    expect(await confirm(deps, clerk, await changed(change), '123456')).toBe(0);
    expect(await mobileNow()).toBe(NEW_NUMBER);
    expect(await row(failed)).toMatchObject({ state: 'to-call', handledAt: null });
    expect(await retry(failed)).toBe('ADDRESS_NOT_APPROVED');
    expect(await retry(failed, second)).toBe('ADDRESS_NOT_APPROVED');
    expect((await row(failed)).state).toBe('to-call');

    await approve(deps, second, await changed(change));
    expect(await changed(change)).toMatchObject({ state: 'confirmed', approvedBy: 'staff-2' });
    expect(await codeOf(approve(deps, second, await changed(change)))).toBe('NUMBER_CHANGE_DECIDED');
    expect(await retry(failed)).toBeUndefined();
    expect((await row(failed)).state).toBe('queued');
  });

  it('approved before the code gets it with the code', async () => {
    const change = await correct({ mobile: NEW_NUMBER });
    const failed = await notice();
    const before = await changed(change);
    await approve(deps, second, before);
    expect(await t.db.notice.count({ where: { caseNumber, kind: 'number-confirmation' } })).toBe(0);
    expect(await confirm(deps, clerk, before, '123456')).toBe(1);
    expect((await row(failed)).state).toBe('queued');
  });

  it('may be sent again what it was sent before', async () => {
    await confirm(deps, clerk, await changed(await correct({ mobile: NEW_NUMBER })), '123456');
    const failed = await notice({ attempts: 1 });
    const addressIndex = await t.cipher.index(NEW_NUMBER);
    const attempt = { noticeId: failed, n: 1, channel: 'sms', at: new Date(NOW), state: 'undelivered' };
    const words = { templateVersion: 'x', parts: 1, sealedText: new Uint8Array() };
    await t.db.noticeAttempt.create({ data: { ...attempt, ...words, addressIndex } });
    expect(await retry(failed)).toBeUndefined();
  });

  it('is not confirmed when the other has it and one must be protected', async () => {
    const change = await correct({ mobile: '+8610087654321' });
    await t.db.party.updateMany({ where: { caseNumber, label: 'b' }, data: { safety: true } });
    expect(await codeOf(confirm(deps, clerk, await changed(change), '123456'))).toBe('NUMBER_NOT_SEPARATE');
    expect(await mobileNow()).toBe('10012345678');
  });
});

describe('an e-mail address corrected by one person', () => {
  it('is sent what failed by another person only', async () => {
    const failed = await notice();
    expect(await retry(failed, clerk, 'email')).toBeUndefined();
    const next = await notice();
    await correct({ email: 'b@heli.example' });
    expect(await retry(next, clerk, 'email')).toBe('ADDRESS_NOT_APPROVED');
    expect(await retry(next, second, 'email')).toBeUndefined();
  });
});

describe('an act is done though the engine is away', () => {
  beforeEach(() => {
    engineIsAway = true;
  });
  const detail = { outcome: 'reached', actId: 'call-1' } as const;

  it('a call', async () => {
    const id = await notice();
    await keepCall(deps, clerk, await row(id), detail);
    expect(await row(id)).toMatchObject({ state: 'called', handledBy: 'staff-1' });
    await keepCall(deps, clerk, await row(id), detail);
    expect((await row(id)).calls).toBe(1);
  });

  it('a retry, an approval and a confirmation', async () => {
    const [id, other] = [await notice(), await notice()];
    expect(await retry(id)).toBeUndefined();
    const number = { caseNumber, party: 'a' as PartyLabel, mobile: NEW_NUMBER, occasion: 'resend-1' };
    const change = await t.db.$transaction((tx) =>
      proposeNumber(tx, t.cipher, { ...number, fourEyes: true, by: clerk.sub, at: new Date(NOW) }),
    );
    await approve(deps, second, await changed(change.id));
    expect(await confirm(deps, clerk, await changed(change.id), '123456')).toBe(1);
    expect((await row(other)).state).toBe('queued');
  });
});

describe('ringing', () => {
  const call = (outcome: 'reached' | 'no-answer' | 'not-reachable') => ({
    outcome,
    actId: `call-${outcome}-${(running += 1)}`,
  });

  it('can be given up: the notice stays failed and leaves the list', async () => {
    const id = await notice({ usefulUntil: new Date(NOW - 1_000) });
    await keepCall(deps, clerk, await row(id), call('no-answer'));
    await keepCall(deps, clerk, await row(id), call('not-reachable'));
    expect(await row(id)).toMatchObject({ state: 'failed', handledBy: 'staff-1', calls: 2 });
    expect(told).toEqual([['NOTICE_FAILED', false]]);
    expect(await codeOf(keepCall(deps, clerk, await row(id), call('reached')))).toBe('NOBODY_TO_CALL');
    expect(await retry(id)).toBe('NOBODY_TO_CALL');
  });

  it('may begin ahead when no gateway can reach the party, and is not given up then', async () => {
    const id = await notice({ state: 'planned', channels: ['call'], channel: 'call' });
    expect(await contactOf(deps, clerk, await row(id))).toMatchObject({ party: 'a', mobile: '10012345678' });
    await keepCall(deps, clerk, await row(id), call('not-reachable'));
    expect(await row(id)).toMatchObject({ state: 'planned', handledAt: null, calls: 1 });
    await keepCall(deps, clerk, await row(id), call('reached'));
    expect(await row(id)).toMatchObject({ state: 'called', calls: 2 });
    const reachable = await notice({ state: 'planned' });
    expect(await codeOf(contactOf(deps, clerk, await row(reachable)))).toBe('NOBODY_TO_CALL');
    expect(await codeOf(keepCall(deps, clerk, await row(reachable), call('reached')))).toBe('NOBODY_TO_CALL');
  });

  it('leaves the case before a person while something that failed is on its way again', async () => {
    const [again, other] = [await notice({ attempts: 1 }), await notice()];
    expect(await retry(again)).toBeUndefined();
    await keepCall(deps, clerk, await row(other), call('reached'));
    expect(told).toEqual([]);
  });
});
