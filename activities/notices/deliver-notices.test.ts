import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../domain/plain-date.ts';
import { instantAt } from '../../domain/zoned-time.ts';
import { proposeNumber } from '../../prisma/number-changes.ts';
import { confirmationCode } from './confirmation-code.ts';
import { type DeliveryBench, openBench } from './test-support/delivery-bench.ts';
import { NOTICE_STATES } from './notice-store.ts';

const HOUR = 3_600_000;
let bench: DeliveryBench;
beforeAll(async () => {
  bench = await openBench();
});
beforeEach(async () => {
  bench.told.length = 0;
  bench.looks.length = 0;
  bench.alarms.length = 0;
  bench.now = instantAt(plainDate('2026-11-27'), '10:00');
  // What an earlier test has left waiting is not this one's.
  await bench.t.db.notice.updateMany({
    where: { state: { in: ['queued', 'sending'] } },
    data: { state: 'cancelled', sendAt: null },
  });
});
afterEach(() => bench.control.clearFaults());
afterAll(() => bench.close());

describe('a notice', () => {
  it('is sent once by SMS, on record before the gateway has it, in neutral words', async () => {
    const { caseNumber, mobile } = await bench.openCase();
    const id = await bench.order(caseNumber, 'a');
    await bench.deliver();
    await bench.deliver();
    const [message, ...more] = await bench.control.received({ to: mobile.a });
    expect(more).toEqual([]);
    expect(await bench.row(id)).toMatchObject({
      state: 'sent',
      channel: 'sms',
      providerId: message?.id,
      attempts: 1,
      sendAt: null,
      claimedBy: null,
    });
    const [attempt, ...others] = await bench.attempts(id);
    expect(others).toEqual([]);
    expect(attempt).toMatchObject({ n: 1, state: 'sent', providerId: message?.id, parts: 1 });
    const text = await bench.t.cipher.open(
      caseNumber,
      'notice.text',
      attempt?.sealedText ?? new Uint8Array(),
    );
    expect(message?.text).toBe(text);
    expect(text).not.toMatch(/离婚|婚姻关系/);
    expect(attempt?.addressIndex).toBe(await bench.t.cipher.index(mobile.a));
    expect(bench.told).toEqual([]);
  });

  it.each(NOTICE_STATES.filter((state) => state !== 'queued' && state !== 'sending'))(
    'that is %s is left alone',
    async (state) => {
      const { caseNumber, mobile } = await bench.openCase();
      const id = await bench.order(caseNumber, 'a', { state });
      await bench.deliver();
      expect(await bench.control.received({ to: mobile.a })).toEqual([]);
      expect(await bench.row(id)).toMatchObject({ state, attempts: 0 });
    },
  );

  it('goes by e-mail to a party without a telephone', async () => {
    const { caseNumber, email } = await bench.openCase({
      parties: ([a, b]) => [{ ...a, mobile: '' }, b],
    });
    const id = await bench.order(caseNumber, 'a');
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state: 'queued', channel: 'email', lastError: 'NO_ADDRESS' });
    expect(bench.looks).toEqual([['email', bench.now]]);
    await bench.deliver('email');
    expect(await bench.row(id)).toMatchObject({ state: 'sent', channel: 'email' });
    expect(await bench.control.received({ to: email })).toHaveLength(1);
  });

  it.each([
    [['sms', 'email'], 'failed'],
    [['sms', 'email', 'call'], 'to-call'],
  ])('to nobody who can be reached by %j is %s, and a person is told', async (channels, state) => {
    const { caseNumber } = await bench.openCase({ parties: ([a, b]) => [a, { ...b, mobile: '' }] });
    const id = await bench.order(caseNumber, 'b', { channels });
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state, lastError: 'NO_ADDRESS', sendAt: null });
    expect(bench.told).toEqual([[caseNumber, 'NOTICE_FAILED', true]]);
  });

  it('that can not be worded is put before a person at once', async () => {
    const { caseNumber, mobile } = await bench.openCase();
    await bench.t.db.caseRecord.update({ where: { caseNumber }, data: { stage: 'correction' } });
    const id = await bench.order(caseNumber, 'a', { kind: 'material-missing' });
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state: 'failed', lastError: 'NoticeDateMissing' });
    expect(bench.told).toEqual([[caseNumber, 'NOTICE_FAILED', true]]);
    expect(await bench.control.received({ to: mobile.a })).toEqual([]);
  });

  it('handed over under its own name by the release before is delivered all the same', async () => {
    const { caseNumber, mobile } = await bench.openCase();
    const id = await bench.order(caseNumber, 'a');
    await bench.activities().deliverNotice({ noticeId: id });
    await bench.activities().deliverNotice({ noticeId: id });
    await bench.activities().deliverNotice({ noticeId: 'nobody/knows' });
    expect(await bench.control.received({ to: mobile.a })).toHaveLength(1);
    expect((await bench.row(id)).state).toBe('sent');
  });
});

describe('a batch', () => {
  it('takes urgent notices first, then by their hour, and starts others for the rest', async () => {
    const { caseNumber } = await bench.openCase();
    const order = (n: number, urgency: string, minutesAgo: number) =>
      bench.order(caseNumber, 'a', {
        id: `${caseNumber}/a/cooling-off-ending/v${n}/-3`,
        urgency,
        sendAt: new Date(bench.now - minutesAgo * 60_000),
      });
    const ids = {
      late: await order(1, 'routine', 1),
      early: await order(2, 'routine', 9),
      urgent: await order(3, 'urgent', 0),
      tomorrow: await order(4, 'urgent', -1_440),
    };
    const two = { rates: { sms: 20, email: 20 } };
    await bench.deliver('sms', two);
    const stateOf = async (id: string) => (await bench.row(id)).state;
    expect([await stateOf(ids.urgent), await stateOf(ids.early), await stateOf(ids.late)]).toEqual([
      'sent',
      'sent',
      'queued',
    ]);
    expect(bench.looks).toEqual([['sms+', 1]]);
    await bench.deliver('sms', two);
    expect(await stateOf(ids.late)).toBe('sent');
    expect(await stateOf(ids.tomorrow)).toBe('queued');
  });

  it('never shares a notice with another one', async () => {
    const cases = await Promise.all(Array.from({ length: 12 }, () => bench.openCase()));
    for (const { caseNumber } of cases) {
      await bench.order(caseNumber, 'a');
      await bench.order(caseNumber, 'b');
    }
    const small = { rates: { sms: 40, email: 40 } };
    await Promise.all(Array.from({ length: 8 }, () => bench.deliver('sms', small)));
    for (const { mobile } of cases) {
      for (const to of [mobile.a, mobile.b]) expect(await bench.control.received({ to })).toHaveLength(1);
    }
  });
});

describe('contact safety at the last moment', () => {
  it.each([
    ['status-changed', 'SAFETY'],
    ['rating-invitation', 'SAFETY'],
  ])('keeps %s back when a party must be protected, whichever party it is', async (kind, lastError) => {
    const { caseNumber, mobile } = await bench.openCase({
      parties: ([a, b]) => [a, { ...b, safety: true }],
    });
    const id = await bench.order(caseNumber, 'a', { kind });
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state: 'suppressed', lastError });
    expect(await bench.control.received({ to: mobile.a })).toEqual([]);
    expect(bench.told).toEqual([]);
  });

  it('keeps nothing else back for it', async () => {
    const { caseNumber, mobile } = await bench.openCase({
      parties: ([a, b]) => [a, { ...b, safety: true }],
    });
    await bench.order(caseNumber, 'b');
    await bench.deliver();
    expect(await bench.control.received({ to: mobile.b })).toHaveLength(1);
  });

  it.each([
    [true, 'suppressed'],
    [false, 'sent'],
  ])('an optional notice (%s) to a party who wants none is %s', async (optional, state) => {
    const { caseNumber } = await bench.openCase();
    await bench.t.db.party.updateMany({
      where: { caseNumber, label: 'a' },
      data: { declinesOptional: true },
    });
    const id = await bench.order(caseNumber, 'a', { optional });
    await bench.deliver();
    expect((await bench.row(id)).state).toBe(state);
  });

  it('a new number gets its code and nothing else; the old one gets none', async () => {
    const { caseNumber, mobile } = await bench.openCase();
    const number = {
      caseNumber,
      party: 'a',
      mobile: '+8610099990001',
      occasion: 'act-1',
      fourEyes: false,
    } as const;
    await bench.t.db.$transaction((tx) =>
      proposeNumber(tx, bench.t.cipher, { ...number, by: 'staff-1', at: new Date(bench.now) }),
    );
    const kind = 'number-confirmation';
    const id = await bench.order(caseNumber, 'a', { id: `${caseNumber}/a/${kind}/v0/0/act-1`, kind });
    await bench.deliver();
    const [message] = await bench.control.received({ to: '10099990001' });
    expect(message?.text).toContain(await confirmationCode(bench.t.keys, 'act-1.a'));
    expect(await bench.control.received({ to: mobile.a })).toEqual([]);
    expect((await bench.row(id)).state).toBe('sent');
  });

  it('a confirmation nobody waits for any more is taken back', async () => {
    const { caseNumber } = await bench.openCase();
    const id = await bench.order(caseNumber, 'a', { kind: 'number-confirmation' });
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state: 'cancelled', lastError: 'NUMBER_DECIDED' });
  });

  it.each([
    ['live', 'sent'],
    ['rehearsal', 'suppressed'],
  ] as const)('where rehearsals send nothing, a %s case’s notice is %s', async (realm, state) => {
    const { caseNumber } = await bench.openCase({ realm });
    const id = await bench.order(caseNumber, 'a');
    await bench.deliver('sms', { rehearsalSends: false });
    expect((await bench.row(id)).state).toBe(state);
  });

  it('a case whose personal data was erased is not written to', async () => {
    const { caseNumber } = await bench.openCase();
    const id = await bench.order(caseNumber, 'a');
    await bench.t.keys.destroyCaseKey(caseNumber);
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state: 'cancelled', lastError: 'CASE_KEY_ERASED' });
  });
});

describe('use and hours', () => {
  it.each([
    ['cooling-off', 'failed', 'PAST_USE', 1],
    ['withdrawn', 'cancelled', 'CASE_ENDED', 0],
  ])('a notice nobody needs any more of a case that is %s is %s', async (stage, state, lastError, told) => {
    const { caseNumber, mobile } = await bench.openCase();
    await bench.t.db.caseRecord.update({ where: { caseNumber }, data: { stage } });
    const id = await bench.order(caseNumber, 'a', { usefulUntil: new Date(bench.now) });
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state, lastError });
    expect(bench.told).toHaveLength(told);
    expect(await bench.control.received({ to: mobile.a })).toEqual([]);
  });

  it.each([
    ['20:00', 12.5 * HOUR],
    ['23:30', 9 * HOUR],
    ['08:29', 60_000],
  ])('at %s a live notice waits %d ms', async (time, wait) => {
    const { caseNumber, mobile } = await bench.openCase();
    bench.now = instantAt(plainDate('2026-11-27'), time);
    const id = await bench.order(caseNumber, 'a');
    await bench.deliver();
    const row = await bench.row(id);
    expect(row).toMatchObject({ state: 'queued', attempts: 0, lastError: null, vainTries: 0 });
    expect(row.sendAt?.getTime()).toBe(bench.now + wait);
    expect(bench.looks).toEqual([['sms', bench.now + wait]]);
    expect(await bench.control.received({ to: mobile.a })).toEqual([]);
  });

  it('the hours are those of the policy it was planned under', async () => {
    const { caseNumber } = await bench.openCase();
    const policyVersion = `night-${caseNumber}`;
    const body = { sendingHours: { from: '06:00', until: '22:00' } };
    await bench.t.db.reminderPolicyVersion.create({
      data: { version: policyVersion, district: '440311', from: '2026-01-01', body },
    });
    bench.now = instantAt(plainDate('2026-11-27'), '21:30');
    const id = await bench.order(caseNumber, 'a', { policyVersion });
    await bench.deliver();
    expect((await bench.row(id)).state).toBe('sent');
  });

  it('a rehearsed case has hours of its own', async () => {
    const { caseNumber } = await bench.openCase({ realm: 'rehearsal' });
    bench.now = instantAt(plainDate('2026-11-27'), '22:00');
    const usefulUntil = new Date(bench.now - HOUR);
    const id = await bench.order(caseNumber, 'a', { usefulUntil });
    await bench.deliver();
    expect((await bench.row(id)).state).toBe('sent');
  });
});
