import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { noticeStore } from '../../prisma/notice-store.ts';
import type { DeliveryDependencies } from './deliver-notices.ts';
import { type DeliveryBench, openBench } from './test-support/delivery-bench.ts';
import type { NoticeStore } from './notice-store.ts';

/** Longer than a claim: what a dead delivery had claimed is free again. */
const CLAIM_OVER = 31_000;
let bench: DeliveryBench;
beforeAll(async () => {
  bench = await openBench();
});
beforeEach(async () => {
  for (const list of [bench.told, bench.looks, bench.alarms]) list.length = 0;
  // The simulated gateway dates what it takes by the real clock.
  bench.now = Date.now();
  await bench.t.db.notice.updateMany({
    where: { state: { in: ['queued', 'sending'] } },
    data: { state: 'cancelled', sendAt: null },
  });
});
afterEach(() => bench.control.clearFaults());
afterAll(() => bench.close());

/** A notice of a rehearsed case, which knows no hours of rest. */
async function ordered(changes: Parameters<DeliveryBench['order']>[2] = {}) {
  const opened = await bench.openCase({ realm: 'rehearsal' });
  return { ...opened, id: await bench.order(opened.caseNumber, 'a', changes) };
}

async function nextTry(id: string): Promise<void> {
  const { sendAt } = await bench.row(id);
  if (sendAt) bench.now = sendAt.getTime();
}

describe('an outcome nobody knows', () => {
  it('is asked about before anything is sent again', async () => {
    const { id, mobile } = await ordered();
    await bench.control.setFault('twilio', { mode: 'timeout-after-accept', count: 1, to: mobile.a });
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state: 'sending', lastError: 'OutcomeUnknown:ECONNABORTED' });
    expect(bench.looks).toEqual([['sms', (await bench.row(id)).sendAt?.getTime()]]);
    await nextTry(id);
    await bench.deliver();
    const [message, ...more] = await bench.control.received({ to: mobile.a });
    expect(more).toEqual([]);
    expect(await bench.row(id)).toMatchObject({ state: 'sent', providerId: message?.id, attempts: 1 });
    expect(await bench.attempts(id)).toMatchObject([{ n: 1, state: 'sent', providerId: message?.id }]);
  });

  it('stays unknown while the gateway cannot be asked', async () => {
    const { id, mobile } = await ordered();
    await bench.control.setFault('twilio', { mode: 'timeout-after-accept', count: 1, to: mobile.a });
    await bench.deliver();
    await bench.control.setFault('twilio', { mode: 'down' });
    await nextTry(id);
    await bench.deliver();
    expect((await bench.row(id)).state).toBe('sending');
    await bench.control.clearFaults();
    await nextTry(id);
    await bench.deliver();
    expect(await bench.control.received({ to: mobile.a })).toHaveLength(1);
    expect((await bench.row(id)).state).toBe('sent');
  });

  it('of a message that never arrived is sent after asking, as the same attempt', async () => {
    const { id, mobile } = await ordered();
    await bench.control.setFault('twilio', { mode: 'down', count: 1 });
    await bench.deliver();
    expect((await bench.row(id)).state).toBe('sending');
    await nextTry(id);
    await bench.deliver();
    expect(await bench.control.received({ to: mobile.a })).toHaveLength(1);
    expect(await bench.attempts(id)).toMatchObject([{ n: 1, state: 'sent' }]);
  });

  it('of an e-mail repeats the same Message-ID', async () => {
    const { id, email } = await ordered({ channels: ['email'], channel: 'email' });
    await bench.control.setFault('smtp', { mode: 'timeout-after-accept', count: 1 });
    await bench.deliver('email');
    await nextTry(id);
    await bench.deliver('email');
    expect((await bench.row(id)).state).toBe('sent');
    const ids = (await bench.control.received({ to: email })).map((message) => message.id);
    expect(new Set(ids).size).toBe(1);
  });

  it('of two parties with one telephone and one text is told apart', async () => {
    const { caseNumber, mobile } = await bench.openCase({
      realm: 'rehearsal',
      parties: ([a, b]) => [a, { ...b, mobile: a.mobile }],
    });
    const ids = [await bench.order(caseNumber, 'a'), await bench.order(caseNumber, 'b')];
    await bench.control.setFault('twilio', { mode: 'timeout-after-accept', count: 2, to: mobile.a });
    await bench.deliver();
    bench.now += CLAIM_OVER;
    await bench.deliver();
    const received = await bench.control.received({ to: mobile.a });
    expect(received).toHaveLength(2);
    const rows = await Promise.all(ids.map((id) => bench.row(id)));
    expect(rows.map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(new Set(rows.map(({ providerId }) => providerId))).toEqual(new Set(received.map(({ id }) => id)));
  });

  it('of two parties with one telephone, of which one message arrived, loses none and repeats none', async () => {
    const { caseNumber, mobile } = await bench.openCase({
      realm: 'rehearsal',
      parties: ([a, b]) => [a, { ...b, mobile: a.mobile }],
    });
    await bench.order(caseNumber, 'a');
    await bench.control.setFault('twilio', { mode: 'timeout-after-accept', count: 1, to: mobile.a });
    await bench.deliver();
    await bench.order(caseNumber, 'b');
    await bench.deliver();
    bench.now += CLAIM_OVER;
    await bench.deliver();
    expect(await bench.control.received({ to: mobile.a })).toHaveLength(2);
  });
});

describe('a delivery that dies', () => {
  const dies = (): never => {
    throw new Error('killed');
  };
  type Broken = (store: NoticeStore) => Partial<NoticeStore>;
  const places: [string, Broken][] = [
    ['after the claim', () => ({ begin: dies })],
    [
      'after the attempts are on record',
      (store) => ({
        begin: async (by, attempts) => {
          await store.begin(by, attempts);
          return dies();
        },
      }),
    ],
    ['before the outcomes are on record', () => ({ accepted: dies })],
    [
      'after the outcomes are on record',
      (store) => ({
        settle: async (by, rows) => {
          await store.settle(by, rows);
          return dies();
        },
      }),
    ],
  ];

  it.each(places)('%s leaves each notice to be sent once', async (_place, broken) => {
    const whole = noticeStore(bench.t.db, bench.t.cipher);
    const store: DeliveryDependencies['store'] = { ...whole, ...broken(whole) };
    const notices = await Promise.all(Array.from({ length: 3 }, () => ordered()));
    await expect(bench.deliver('sms', { store })).rejects.toThrow('killed');

    // Its own retry finds the claim standing, and has the end of it looked at.
    await bench.deliver('sms', { attempt: () => 2 });
    bench.now += CLAIM_OVER;
    await bench.deliver('sms', { attempt: () => 2 });
    for (const { id, mobile } of notices) {
      expect(await bench.control.received({ to: mobile.a })).toHaveLength(1);
      expect(await bench.row(id)).toMatchObject({ state: 'sent', attempts: 1 });
    }
  });

  it('is looked for when its claim runs out', async () => {
    await ordered();
    await expect(
      bench.deliver('sms', { sms: undefined as never, store: brokenAfterClaim() }),
    ).rejects.toThrow();
    bench.looks.length = 0;
    await bench.deliver();
    expect(bench.looks).toEqual([['sms', bench.now + 30_000]]);
  });

  it('before the next channel was started has it started by its retry', async () => {
    const { id, mobile } = await ordered();
    await bench.control.setFault('twilio', { mode: 'reject-recipient', to: mobile.a });
    const deliveries = { due: () => Promise.reject(new Error('killed')), more: () => Promise.resolve() };
    await expect(bench.deliver('sms', { deliveries })).rejects.toThrow('killed');
    expect(await bench.row(id)).toMatchObject({ state: 'queued', channel: 'email' });
    await bench.deliver('sms', { attempt: () => 2 });
    expect(
      bench.looks.some(([channel, at]) => channel === 'email' && at >= bench.now && at < bench.now + 1_000),
    ).toBe(true);
  });

  function brokenAfterClaim(): NoticeStore {
    return { ...noticeStore(bench.t.db, bench.t.cipher), begin: dies };
  }
});

describe('a recipient who cannot be reached', () => {
  it('by SMS is written to by e-mail', async () => {
    const { id, mobile, email } = await ordered();
    await bench.control.setFault('twilio', { mode: 'reject-recipient', to: mobile.a });
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state: 'queued', channel: 'email', lastError: 'sms:21211' });
    expect(bench.looks).toEqual([['email', bench.now]]);
    await bench.deliver('email');
    expect(await bench.row(id)).toMatchObject({ state: 'sent', channel: 'email' });
    expect(await bench.attempts(id)).toMatchObject([
      { n: 1, channel: 'sms', state: 'rejected', error: 'sms:21211' },
      { n: 2, channel: 'email', state: 'sent' },
    ]);
    expect(await bench.control.received({ to: email })).toHaveLength(1);
    expect(await bench.control.received({ to: mobile.a })).toEqual([]);
  });

  it('by neither has failed, and a person is told once', async () => {
    const { caseNumber, id, mobile } = await ordered();
    await bench.control.setFault('twilio', { mode: 'reject-recipient', to: mobile.a });
    await bench.control.setFault('smtp', { mode: 'reject-recipient', status: 550 });
    await bench.deliver();
    await bench.deliver('email');
    await bench.deliver('email');
    expect(await bench.row(id)).toMatchObject({ state: 'failed', lastError: 'email:550', sendAt: null });
    expect(bench.told).toEqual([[caseNumber, 'NOTICE_FAILED', true]]);
  });
});

describe('a gateway in trouble', () => {
  it('tells each case once, at the third try, and that it is over', async () => {
    const { caseNumber, id, mobile } = await ordered();
    const second = await bench.order(caseNumber, 'b');
    await bench.control.setFault('twilio', { mode: 'error', status: 503, retryAfter: 7 });
    for (const told of [0, 0, 1]) {
      await bench.deliver();
      expect(await bench.row(id)).toMatchObject({ state: 'queued', lastError: 'GatewayUnavailable:503' });
      const pause = ((await bench.row(id)).sendAt?.getTime() ?? 0) - bench.now;
      expect(pause).toBeGreaterThanOrEqual(7_000);
      expect(pause).toBeLessThanOrEqual(8_000);
      expect(bench.told).toHaveLength(told);
      bench.now += 8_000;
    }
    expect(bench.told).toEqual([[caseNumber, 'NOTICE_DELAYED', true]]);
    // Attempts that surely came to nothing are one attempt, however many.
    expect(await bench.attempts(id)).toMatchObject([{ n: 1, state: 'not-sent' }]);
    await bench.control.clearFaults();
    await bench.deliver();
    expect(bench.told.slice(1)).toEqual([[caseNumber, 'NOTICE_DELAYED', false]]);
    expect((await bench.row(second)).state).toBe('sent');
    expect(await bench.control.received({ to: mobile.a })).toHaveLength(1);
  });

  it('is left alone by the rest of a batch', async () => {
    const notices = await Promise.all(Array.from({ length: 10 }, () => ordered()));
    await bench.control.setFault('twilio', { mode: 'error', status: 429, retryAfter: 30, count: 3 });
    await bench.deliver();
    const rows = await Promise.all(notices.map(({ id }) => bench.row(id)));
    expect(rows.filter(({ state }) => state === 'queued').length).toBeGreaterThanOrEqual(3);
    for (const { id } of notices) await nextTry(id);
    bench.now += 31_000;
    await bench.deliver();
    for (const { mobile } of notices) expect(await bench.control.received({ to: mobile.a })).toHaveLength(1);
  });

  it('that refuses our account raises an alarm, and is tried slowly', async () => {
    const { id } = await ordered();
    await bench.control.setFault('twilio', { mode: 'error', status: 401 });
    await bench.deliver();
    expect(bench.alarms).toEqual(['sms GatewayRefused:20003']);
    const { sendAt, state } = await bench.row(id);
    expect(state).toBe('queued');
    expect(sendAt?.getTime()).toBeGreaterThanOrEqual(bench.now + 45_000);
    await bench.control.clearFaults();
    await nextTry(id);
    await bench.deliver();
    expect(bench.alarms.at(-1)).toBe('sms works');
  });

  it('says nothing of the recipient on record', async () => {
    const { id, mobile } = await ordered();
    await bench.control.setFault('twilio', { mode: 'reject-recipient', to: mobile.a });
    await bench.deliver();
    expect(JSON.stringify([await bench.row(id), await bench.attempts(id)])).not.toContain(mobile.a);
  });
});
