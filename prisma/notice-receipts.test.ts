import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { applyReceipt, type ReceiptEffect } from '../activities/notices/apply-receipt.ts';
import { type DeliveryBench, openBench } from '../activities/notices/test-support/delivery-bench.ts';
import type { MessageStatus } from '../activities/notices/port.ts';
import { noticeReceipts } from './notice-receipts.ts';
import { noticeStore } from './notice-store.ts';

let bench: DeliveryBench;
let caseNumber: string;
let running = 0;
beforeAll(async () => {
  bench = await openBench();
});
beforeEach(async () => {
  bench.told.length = 0;
  bench.looks.length = 0;
  ({ caseNumber } = await bench.openCase());
});
afterAll(() => bench.close());

async function receive(status: MessageStatus, reference?: string): Promise<ReceiptEffect> {
  const deps = {
    receipts: noticeReceipts(bench.t.db, bench.t.cipher),
    deliveries: {
      due: (channels: readonly string[], at: number) => {
        for (const channel of channels) bench.looks.push([channel, at]);
        return Promise.resolve();
      },
    },
    signals: {
      attention: (number: string, code: string, raised: boolean) =>
        Promise.resolve(void bench.told.push([number, code, raised])),
    },
  };
  return applyReceipt(deps, status, reference, bench.now);
}

/** A notice whose message the gateway has; it is known by `providerId` unless the answer has not been written yet. */
async function handedOver(changes: Parameters<DeliveryBench['order']>[2] = {}, answered = true) {
  running += 1;
  const id = await bench.order(caseNumber, 'a', changes);
  const providerId = `SM${running}`;
  const store = noticeStore(bench.t.db, bench.t.cipher);
  const by = `delivery-${running}`;
  await store.claim({ channel: 'sms', by, now: bench.now, until: bench.now + 30_000, most: 1, only: id });
  const message = { text: 'text', templateVersion: 'v', parts: 1, address: '10000000001' };
  await store.begin(by, [{ id, caseNumber, n: 1, channel: 'sms', at: bench.now, ...message }]);
  const answer = () => store.accepted([{ id, n: 1, providerId, at: bench.now }]);
  if (answered) await answer();
  return { id, providerId, answer };
}
const lost = (providerId: string, failure: 'permanent' | 'temporary'): MessageStatus => ({
  providerId,
  status: 'undelivered',
  errorCode: '30003',
  failure,
});

describe('proof of delivery', () => {
  it('is noted once; what comes after it changes nothing', async () => {
    const { id, providerId } = await handedOver();
    await receive({ providerId, status: 'delivered' });
    const proven = await bench.row(id);
    expect(proven).toMatchObject({ state: 'delivered', deliveredAt: new Date(bench.now), sendAt: null });
    for (const late of [lost(providerId, 'permanent'), { providerId, status: 'sent' } as const]) {
      expect(await receive(late)).toEqual({ kind: 'nothing' });
    }
    expect(await bench.row(id)).toEqual(proven);
    expect(await bench.attempts(id)).toMatchObject([{ state: 'delivered' }]);
    expect(bench.looks).toEqual([]);
  });

  it('that comes before the gateway’s own answer stays', async () => {
    const { id, providerId, answer } = await handedOver({}, false);
    await receive({ providerId, status: 'delivered' }, id);
    await answer();
    expect(await bench.row(id)).toMatchObject({ state: 'delivered', providerId });
    expect(await bench.attempts(id)).toMatchObject([{ state: 'delivered', providerId }]);
  });

  it('takes back a next channel that has not left yet', async () => {
    const { id, providerId } = await handedOver();
    await receive(lost(providerId, 'permanent'));
    expect(await bench.row(id)).toMatchObject({ state: 'queued', channel: 'email' });
    await receive({ providerId, status: 'delivered' });
    expect(await bench.row(id)).toMatchObject({ state: 'delivered', channel: 'sms', sendAt: null });
    await bench.deliver('email');
    expect(await bench.attempts(id)).toHaveLength(1);
  });

  it('of a message that was not on record puts it there', async () => {
    const { id } = await handedOver();
    await receive({ providerId: `SMstrange${running}`, status: 'delivered' }, id);
    expect((await bench.row(id)).state).toBe('delivered');
    expect(await bench.attempts(id)).toMatchObject([
      { n: 1, state: 'sent' },
      { n: 2, state: 'delivered', providerId: `SMstrange${running}` },
    ]);
  });
});

describe('a message that did not arrive', () => {
  it('for good goes on by the next channel at once', async () => {
    const { id, providerId } = await handedOver();
    expect(await receive(lost(providerId, 'permanent'))).toEqual({
      kind: 'again',
      channel: 'email',
      at: bench.now,
    });
    expect(await bench.row(id)).toMatchObject({
      state: 'queued',
      channel: 'email',
      lastError: 'gateway 30003',
    });
    expect(bench.looks).toEqual([['email', bench.now]]);
  });

  it('for a time is tried once more, then goes on', async () => {
    const { id, providerId } = await handedOver();
    const soon = bench.now + 1_800_000;
    expect(await receive(lost(providerId, 'temporary'))).toMatchObject({ channel: 'sms', at: soon });
    const store = noticeStore(bench.t.db, bench.t.cipher);
    const claim = {
      channel: 'sms',
      by: 'second',
      now: soon,
      until: soon + 30_000,
      most: 1,
      only: id,
    } as const;
    await store.claim(claim);
    const message = { text: 'text', templateVersion: 'v', parts: 1, address: '10000000001' };
    await store.begin('second', [{ id, caseNumber, n: 2, channel: 'sms', at: soon, ...message }]);
    await store.accepted([{ id, n: 2, providerId: `${providerId}b`, at: soon }]);
    expect(await receive(lost(`${providerId}b`, 'temporary'))).toMatchObject({ channel: 'email' });
  });

  it.each([
    [['sms', 'call'], 'to-call'],
    [['sms'], 'undelivered'],
  ])('by the last of %j is %s, and a person is told', async (channels, state) => {
    const { id, providerId } = await handedOver({ channels });
    expect(await receive(lost(providerId, 'permanent'))).toEqual({ kind: 'lost', caseNumber });
    expect(await bench.row(id)).toMatchObject({ state, sendAt: null });
    expect(bench.told).toEqual([[caseNumber, 'NOTICE_FAILED', true]]);
  });

  it('is told twice: the next channel is started again and nothing else happens', async () => {
    const { id, providerId } = await handedOver();
    await receive(lost(providerId, 'permanent'));
    const before = await bench.row(id);
    await receive(lost(providerId, 'permanent'));
    expect(await bench.row(id)).toEqual(before);
    expect(bench.looks).toEqual([
      ['email', bench.now],
      ['email', bench.now],
    ]);
  });

  it('is told twice at the same moment and followed once', async () => {
    const { id, providerId } = await handedOver();
    await Promise.all(Array.from({ length: 4 }, () => receive(lost(providerId, 'temporary'))));
    expect(await bench.row(id)).toMatchObject({ state: 'queued', channel: 'sms' });
    expect(await bench.attempts(id)).toMatchObject([{ state: 'undelivered' }]);
  });

  it('and was heard of before the gateway’s own answer goes on all the same', async () => {
    const { id, providerId, answer } = await handedOver({}, false);
    await receive(lost(providerId, 'permanent'), id);
    await answer();
    expect(await bench.row(id)).toMatchObject({ state: 'queued', channel: 'email' });
    expect(await bench.attempts(id)).toMatchObject([{ state: 'undelivered', providerId }]);
  });
});

describe('a message that did not arrive and says what is not so any more', () => {
  it.each([
    ['archived', 1, 'CASE_ENDED'],
    ['withdrawn', 1, 'CASE_ENDED'],
    ['confirmation', 1, 'CASE_WENT_ON'],
    ['cooling-off', 2, 'DATES_CHANGED'],
  ])('goes no further: %s, dates of version %i', async (stage, deadlineVersion, lastError) => {
    for (const channels of [
      ['sms', 'email'],
      ['sms', 'call'],
    ]) {
      ({ caseNumber } = await bench.openCase());
      const { id, providerId } = await handedOver({ channels });
      await bench.t.db.caseRecord.update({ where: { caseNumber }, data: { stage, deadlineVersion } });
      expect(await receive(lost(providerId, 'permanent'))).toEqual({ kind: 'noted' });
      expect(await bench.row(id)).toMatchObject({ state: 'cancelled', lastError, sendAt: null });
      expect(await bench.attempts(id)).toMatchObject([{ state: 'undelivered', error: 'gateway 30003' }]);
      expect(await receive(lost(providerId, 'permanent'))).toEqual({ kind: 'nothing' });
    }
    expect([bench.looks, bench.told]).toEqual([[], []]);
  });

  it('is not rung about to a party who may not hear of it', async () => {
    const { id, providerId } = await handedOver({ kind: 'status-changed', channels: ['sms', 'call'] });
    await bench.t.db.party.updateMany({ where: { caseNumber, label: 'b' }, data: { safety: true } });
    await receive(lost(providerId, 'permanent'));
    expect(await bench.row(id)).toMatchObject({ state: 'suppressed', lastError: 'SAFETY' });
    expect(bench.told).toEqual([]);
  });
});

describe('a receipt of which the case was not told', () => {
  it('tells it when it is repeated, until somebody has dealt with it', async () => {
    const { id, providerId } = await handedOver({ channels: ['sms', 'call'] });
    const receipts = noticeReceipts(bench.t.db, bench.t.cipher);
    await receipts.note(lost(providerId, 'permanent'), undefined, bench.now);
    expect(bench.told).toEqual([]);
    expect(await receive(lost(providerId, 'permanent'))).toEqual({ kind: 'lost', caseNumber });
    expect(bench.told).toEqual([[caseNumber, 'NOTICE_FAILED', true]]);
    await bench.t.db.notice.update({ where: { id }, data: { handledAt: new Date(bench.now) } });
    expect(await receive(lost(providerId, 'permanent'))).toEqual({ kind: 'nothing' });
  });
});

describe('a receipt', () => {
  it('that the gateway has passed it on resolves an unknown outcome', async () => {
    const { id, providerId } = await handedOver({}, false);
    await receive({ providerId, status: 'sent' }, id);
    expect(await bench.row(id)).toMatchObject({ state: 'sent', providerId, sendAt: null, claimedBy: null });
  });

  it('for nothing we know is nothing', async () => {
    expect(await receive({ providerId: 'SMnobody', status: 'delivered' }, 'nobody/knows')).toEqual({
      kind: 'unknown-notice',
    });
    expect(await receive({ providerId: 'SMnobody', status: 'queued' }, 'nobody/knows')).toEqual({
      kind: 'nothing',
    });
  });

  it.each(['called', 'cancelled', 'suppressed'])('leaves a notice that is %s as it is', async (state) => {
    const { id, providerId } = await handedOver();
    await bench.t.db.notice.update({ where: { id }, data: { state } });
    await receive({ providerId, status: 'delivered' });
    expect((await bench.row(id)).state).toBe(state);
    expect(await bench.attempts(id)).toMatchObject([{ state: 'delivered' }]);
  });
});
