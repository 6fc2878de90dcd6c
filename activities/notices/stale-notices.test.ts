import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PartyLabel, Stage } from '../../domain/case/vocabulary.ts';
import { noticeStore } from '../../prisma/notice-store.ts';
import { type DeliveryBench, openBench } from './test-support/delivery-bench.ts';

let bench: DeliveryBench;
beforeAll(async () => {
  bench = await openBench();
});
beforeEach(async () => {
  for (const list of [bench.told, bench.looks, bench.alarms]) list.length = 0;
  bench.now = Date.now();
  await bench.t.db.notice.updateMany({
    where: { state: { in: ['queued', 'sending'] } },
    data: { state: 'cancelled', sendAt: null },
  });
});
afterEach(() => bench.control.clearFaults());
afterAll(() => bench.close());

async function becomes(caseNumber: string, stage: Stage, deadlineVersion = 1): Promise<void> {
  const outcome = stage === 'withdrawn' ? { outcome: 'withdrawn' } : {};
  await bench.t.db.caseRecord.update({ where: { caseNumber }, data: { stage, deadlineVersion, ...outcome } });
}

async function withdraws(caseNumber: string, party: PartyLabel): Promise<void> {
  await becomes(caseNumber, 'withdrawn');
  const stages = { fromStage: 'cooling-off', toStage: 'withdrawn' };
  const by = { actor: 'staff-1', role: 'clerk', actId: `${caseNumber}-withdraw` };
  await bench.t.db.caseStep.create({
    data: {
      caseNumber,
      seq: 9,
      kind: 'withdraw',
      at: new Date(bench.now),
      detail: { party },
      ...by,
      ...stages,
    },
  });
}

/** A notice of a rehearsed case, which knows no hours of rest. */
async function ordered(changes: Parameters<DeliveryBench['order']>[2] = {}) {
  const opened = await bench.openCase({ realm: 'rehearsal' });
  return { ...opened, id: await bench.order(opened.caseNumber, 'a', changes) };
}

async function atNextTry(id: string): Promise<void> {
  const { sendAt } = await bench.row(id);
  if (sendAt) bench.now = sendAt.getTime();
}

describe('a notice that waits for its gateway', () => {
  it('does not leave with old dates after the new ones have been told', async () => {
    const { caseNumber, mobile, id } = await ordered();
    await bench.control.setFault('twilio', { mode: 'error', status: 401 });
    await bench.deliver();
    expect((await bench.row(id)).state).toBe('queued');
    await becomes(caseNumber, 'cooling-off', 2);
    const news = await bench.order(caseNumber, 'a', {
      id: `${caseNumber}/a/dates-changed/v2/0`,
      kind: 'dates-changed',
      deadlineVersion: 2,
    });
    await bench.control.clearFaults();
    await atNextTry(id);
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({
      state: 'cancelled',
      lastError: 'DATES_CHANGED',
      sendAt: null,
    });
    expect((await bench.row(news)).state).toBe('sent');
    expect(await bench.control.received({ to: mobile.a })).toHaveLength(1);
    expect(bench.told).toEqual([]);
  });

  it.each<[Stage, string]>([
    ['withdrawn', 'CASE_ENDED'],
    ['archived', 'CASE_ENDED'],
    ['confirmation', 'CASE_WENT_ON'],
  ])('is taken back when its case is %s by then', async (stage, lastError) => {
    const { caseNumber, mobile } = await bench.openCase();
    // Ten in the morning in Shanghai.
    bench.now = Date.parse('2026-11-27T02:00:00Z');
    const id = await bench.order(caseNumber, 'a');
    await becomes(caseNumber, stage);
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state: 'cancelled', lastError, attempts: 0 });
    expect(await bench.control.received({ to: mobile.a })).toEqual([]);
    expect(bench.told).toEqual([]);
  });

  it('leaves all the same when its case is rehearsed, and days ahead by then', async () => {
    const { caseNumber, mobile, id } = await ordered();
    await becomes(caseNumber, 'confirmation');
    await bench.deliver();
    expect((await bench.row(id)).state).toBe('sent');
    expect(await bench.control.received({ to: mobile.a })).toHaveLength(1);
  });

  it('and tells of a window leaves also while its case has not been woken since midnight', async () => {
    const { id } = await ordered({ kind: 'window-open' });
    await bench.deliver();
    expect((await bench.row(id)).state).toBe('sent');
  });

  it('has failed when it was true as long as it was of use', async () => {
    const { caseNumber } = await bench.openCase();
    const usefulUntil = new Date(bench.now - 1);
    const id = await bench.order(caseNumber, 'a', { usefulUntil });
    await becomes(caseNumber, 'confirmation');
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state: 'failed', lastError: 'PAST_USE' });
    expect(bench.told).toEqual([[caseNumber, 'NOTICE_FAILED', true]]);
  });
});

describe('a notice of which nobody knows whether it left, whose case has ended since', () => {
  it('is asked about, and its record completed', async () => {
    const { caseNumber, mobile, id } = await ordered();
    await bench.control.setFault('twilio', { mode: 'timeout-after-accept', count: 1, to: mobile.a });
    await bench.deliver();
    await becomes(caseNumber, 'archived');
    await atNextTry(id);
    await bench.deliver();
    const [message] = await bench.control.received({ to: mobile.a });
    expect(await bench.row(id)).toMatchObject({ state: 'sent', providerId: message?.id, attempts: 1 });
  });

  it('is not sent again when the gateway does not have it', async () => {
    const { caseNumber, mobile, id } = await ordered();
    await bench.control.setFault('twilio', { mode: 'down', count: 1 });
    await bench.deliver();
    expect((await bench.row(id)).state).toBe('sending');
    await becomes(caseNumber, 'archived');
    await atNextTry(id);
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state: 'cancelled', lastError: 'CASE_ENDED' });
    expect(await bench.control.received({ to: mobile.a })).toEqual([]);
  });

  it('goes on being asked about while there is no answer, but to no other channel', async () => {
    const { caseNumber, mobile } = await bench.openCase();
    // Ten in the morning in Shanghai; of use for four more hours.
    bench.now = Date.parse('2026-11-27T02:00:00Z');
    const id = await bench.order(caseNumber, 'a', { usefulUntil: new Date(bench.now + 4 * 3_600_000) });
    await bench.control.setFault('twilio', { mode: 'timeout-after-accept', count: 1, to: mobile.a });
    await bench.deliver();
    await bench.control.setFault('twilio', { mode: 'down' });
    await becomes(caseNumber, 'archived');
    await atNextTry(id);
    await bench.deliver();
    expect((await bench.row(id)).state).toBe('sending');
    bench.now += 3.5 * 3_600_000;
    await bench.deliver();
    expect(await bench.row(id)).toMatchObject({ state: 'cancelled', lastError: 'CASE_ENDED' });
  });
});

describe('a party who must be protected', () => {
  it.each(['withdrawn', 'archive-copy'] as const)(
    'is known too late for the plan: %s goes to nobody but who withdrew',
    async (kind) => {
      const { caseNumber, mobile } = await bench.openCase({ realm: 'rehearsal' });
      const order = (party: PartyLabel) => bench.order(caseNumber, party, { kind, offsetDays: 0 });
      const [own, others] = [await order('a'), await order('b')];
      await withdraws(caseNumber, 'a');
      await bench.t.db.party.updateMany({ where: { caseNumber, label: 'a' }, data: { safety: true } });
      await bench.deliver();
      expect((await bench.row(own)).state).toBe('sent');
      expect(await bench.row(others)).toMatchObject({
        state: 'suppressed',
        lastError: 'SAFETY',
        attempts: 0,
      });
      expect(await bench.control.received({ to: mobile.b })).toEqual([]);
    },
  );

  it('does not keep from either what becomes of a registered case', async () => {
    const { caseNumber } = await bench.openCase({ realm: 'rehearsal' });
    const id = await bench.order(caseNumber, 'b', { kind: 'archive-copy' });
    await becomes(caseNumber, 'archived');
    await bench.t.db.caseRecord.update({ where: { caseNumber }, data: { outcome: 'registered' } });
    await bench.t.db.party.updateMany({ where: { caseNumber, label: 'a' }, data: { safety: true } });
    await bench.deliver();
    expect((await bench.row(id)).state).toBe('sent');
  });
});

describe('a delivery that dies before it has told a case', () => {
  const dies = { attention: () => Promise.reject(new Error('killed')) };

  it('has it told by its retry, until a person has settled it', async () => {
    const { caseNumber, mobile } = await bench.openCase();
    bench.now = Date.parse('2026-11-27T02:00:00Z');
    await bench.order(caseNumber, 'a', { channels: ['sms', 'call'] });
    await bench.control.setFault('twilio', { mode: 'reject-recipient', to: mobile.a });
    await expect(bench.deliver('sms', { signals: dies })).rejects.toThrow('killed');
    const again = async () => {
      bench.told.length = 0;
      await bench.deliver('sms', { attempt: () => 2 });
      return bench.told.filter(([number]) => number === caseNumber);
    };
    expect(await again()).toEqual([[caseNumber, 'NOTICE_FAILED', true]]);

    const attention = [{ code: 'NOTICE_FAILED', since: bench.now }];
    await bench.t.db.caseRecord.update({ where: { caseNumber }, data: { attention } });
    expect(await again()).toEqual([]);

    await bench.t.db.caseRecord.update({ where: { caseNumber }, data: { attention: [] } });
    const stages = { fromStage: 'cooling-off', toStage: 'cooling-off' };
    const by = { actor: 'boss', role: 'supervisor', actId: `${caseNumber}-settle` };
    const detail = { code: 'NOTICE_FAILED' };
    const at = new Date(bench.now + 60_000);
    await bench.t.db.caseStep.create({
      data: { caseNumber, seq: 9, kind: 'settle', at, detail, ...by, ...stages },
    });
    expect(await again()).toEqual([]);
  });

  it('is not told of a case that has ended', async () => {
    const { caseNumber } = await bench.openCase();
    await bench.order(caseNumber, 'a', { state: 'failed', sendAt: null, kind: 'registered' });
    await becomes(caseNumber, 'archived');
    const store = noticeStore(bench.t.db, bench.t.cipher);
    expect(await store.untold(500)).not.toContain(caseNumber);
    await becomes(caseNumber, 'cooling-off');
    expect(await store.untold(500)).toContain(caseNumber);
  });
});
