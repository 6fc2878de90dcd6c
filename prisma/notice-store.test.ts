import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  NOTICE_STATES,
  type NoticeState,
  type NoticeStore,
  type NoticeToSend,
} from '../activities/notices/notice-store.ts';
import { noticeStore } from './notice-store.ts';
import { stepRecorder } from './record-steps.ts';
import { at, openedCase, type TestDatabase, testDatabase } from './test-support/database.ts';
import { acceptedState, clockTurn } from './test-support/turns.ts';

let t: TestDatabase;
let store: NoticeStore;
let caseNumber: string;
let id: string;
const other = () => `${caseNumber}/b/cooling-off-ending/v1/-3`;
beforeAll(async () => {
  t = await testDatabase();
  store = noticeStore(t.db, t.cipher);
});
beforeEach(async () => {
  caseNumber = await openedCase(t);
  const state = await acceptedState(t, caseNumber);
  await stepRecorder(t.db, t.cipher).record(clockTurn(state, at('2026-11-27', '09:00')).input);
  id = `${caseNumber}/a/cooling-off-ending/v1/-3`;
});
afterAll(() => t.drop());

const row = () => t.db.notice.findUniqueOrThrow({ where: { id } });
const ATTEMPT = {
  channel: 'sms',
  at: 1_000,
  text: '【光明区婚姻登记处】提醒',
  templateVersion: 'v1',
  parts: 1,
} as const;
async function found(): Promise<NoticeToSend> {
  const notice = await store.find(id);
  if (!notice) throw new Error('no notice');
  return notice;
}

describe('a notice', () => {
  it('is found with what sending it needs', async () => {
    expect(await found()).toEqual({
      id,
      caseNumber,
      rehearsal: false,
      party: 'a',
      kind: 'cooling-off-ending',
      locale: 'zh-Hans',
      state: 'queued',
      channels: ['sms', 'email'],
      dates: {
        today: '2026-11-27',
        stageSince: '2026-10-30',
        coolingOffLastDay: '2026-11-30',
        claimFirstWorkingDay: '2026-12-01',
        claimLastDay: '2026-12-30',
        provisional: false,
      },
      contact: { mobile: '10012345678', email: 'a@heli.example' },
    });
    expect((await store.find(other()))?.contact).toEqual({ mobile: '10087654321' });
    expect(await store.find('nobody/knows')).toBeUndefined();
  });

  it('is on record as being sent with its attempt; the text is sealed', async () => {
    await store.sending(await found(), ATTEMPT);
    expect(await found()).toMatchObject({ state: 'sending', channel: 'sms', attemptedAt: 1_000 });
    const { sealedText, attempts } = await row();
    expect(attempts).toBe(1);
    expect(await t.cipher.open(caseNumber, 'notice.text', sealedText ?? new Uint8Array())).toBe(ATTEMPT.text);
  });

  it('that is put back keeps its channel and forgets the attempt', async () => {
    await store.sending(await found(), ATTEMPT);
    await store.putBack(id, 'GatewayUnavailable:503');
    const notice = await found();
    expect(notice).toMatchObject({ state: 'queued', channel: 'sms' });
    expect(notice.attemptedAt).toBeUndefined();
    expect(await row()).toMatchObject({ lastError: 'GatewayUnavailable:503', attempts: 1 });
  });

  it('that was sent has the gateway’s name for it, its time, and no error any more', async () => {
    await store.putBack(id, 'GatewayUnavailable:503');
    await store.sending(await found(), ATTEMPT);
    await store.sent(id, 'SM1', at('2026-11-27', '09:01'));
    expect(await row()).toMatchObject({
      state: 'sent',
      providerId: 'SM1',
      lastError: null,
      sentAt: new Date(at('2026-11-27', '09:01')),
    });
    await store.sent(id, 'SM1', at('2026-11-27', '12:00'));
    expect((await row()).sentAt).toEqual(new Date(at('2026-11-27', '09:01')));
  });
});

describe('the state of a notice never goes back', () => {
  const settled = NOTICE_STATES.filter((state) => state !== 'queued' && state !== 'sending');
  const moves: Record<string, (notice: NoticeToSend) => Promise<void>> = {
    sending: (notice) => store.sending(notice, ATTEMPT),
    sent: () => store.sent(id, 'SM2', 5_000),
    putBack: () => store.putBack(id, 'late'),
    failed: () => store.failed(id, 'late'),
  };
  it.each(settled.flatMap((state) => Object.keys(moves).map((move) => [state, move] as const)))(
    'from %s by %s',
    async (state: NoticeState, move) => {
      const before = await found();
      await t.db.notice.update({ where: { id }, data: { state } });
      await moves[move]?.(before);
      expect((await row()).state).toBe(state);
    },
  );

  it('a receipt that overtook the answer stays, and the name is added', async () => {
    await store.sending(await found(), ATTEMPT);
    await t.db.notice.update({ where: { id }, data: { state: 'delivered', deliveredAt: new Date(2_000) } });
    await store.sent(id, 'SM3', 3_000);
    expect(await row()).toMatchObject({
      state: 'delivered',
      providerId: 'SM3',
      deliveredAt: new Date(2_000),
    });
  });
});

describe('others that are delayed', () => {
  it('are the unsent ones of the same case with an error', async () => {
    expect(await store.othersDelayed(caseNumber, id)).toBe(false);
    await store.putBack(id, 'GatewayUnavailable:503');
    expect(await store.othersDelayed(caseNumber, id)).toBe(false);
    await store.putBack(other(), 'GatewayUnavailable:503');
    expect(await store.othersDelayed(caseNumber, id)).toBe(true);
    await store.failed(other(), 'sms:21211');
    expect(await store.othersDelayed(caseNumber, id)).toBe(false);
  });
});
