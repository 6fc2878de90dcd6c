import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { smtpMailer } from '../../adapters/email/smtp-mailer.ts';
import { twilioGateway } from '../../adapters/sms/twilio-gateway.ts';
import { plainDate } from '../../domain/plain-date.ts';
import { instantAt } from '../../domain/zoned-time.ts';
import { type Control, controlOf } from '../../simulators/control.ts';
import { type Launched, launchSimulators } from '../../simulators/launch.ts';
import { noticeActivities } from './deliver-notice.ts';
import { type KeptNotice, MemoryNoticeStore } from './memory-notice-store.fixture.ts';
import type { NoticeToSend } from './notice-store.ts';
import type { SmsGateway } from './port.ts';

const CASE = 'GM01-2026-000001';
let simulators: Launched;
let control: Control;
let sms: SmsGateway;
let store: MemoryNoticeStore;
let signals: [string, boolean][];
let running = 0;

beforeAll(async () => {
  simulators = await launchSimulators();
  control = controlOf(simulators.url);
  const { url: baseUrl, accountSid, authToken } = simulators;
  sms = twilioGateway({
    accountSid,
    authToken,
    baseUrl,
    from: '+15005550006',
    publicUrl: 'http://127.0.0.1:9',
    timeoutMs: 700,
  });
});
beforeEach(() => {
  store = new MemoryNoticeStore();
  signals = [];
});
afterEach(() => control.clearFaults());
afterAll(() => simulators.stop());

/** A notice with a number and an address nobody else has. */
function notice(changes: Partial<NoticeToSend> = {}): { id: string; mobile: string; email: string } {
  running += 1;
  const id = `${CASE}/a/cooling-off-ending/v1/-3#${running}`;
  const mobile = `100${String(running).padStart(8, '0')}`;
  const email = `party-${running}@heli.example`;
  store.add(id, { contact: { mobile, email }, ...changes });
  return { id, mobile, email };
}

/** One attempt of the activity; answers the failure it ends with, undefined when it has done its work. */
async function attempt(
  noticeId: string,
  options: { attempt?: number; now?: number; age?: number } = {},
): Promise<{ type?: string; message?: string; nextRetryDelay?: number } | undefined> {
  const activities = noticeActivities({
    store,
    sms,
    mailer: smtpMailer({
      host: '127.0.0.1',
      port: simulators.smtpPort,
      from: '光明区婚姻登记处 <notice@heli.example>',
      timeoutMs: 700,
    }),
    signals: { attention: (_case, code, raised) => Promise.resolve(void signals.push([code, raised])) },
    house: { enquiryPhone: '0755-12345' },
    now: () => options.now ?? Date.now(),
    attempt: () => options.attempt ?? 1,
    age: () => options.age ?? 0,
  });
  try {
    await activities.deliverNotice({ noticeId });
    return undefined;
  } catch (error) {
    return error as { type?: string };
  }
}
const kept = (id: string): KeptNotice => store.kept(id);

describe('a notice', () => {
  it('is sent once by SMS, on record before the gateway has it, in neutral words', async () => {
    const { id, mobile, email } = notice();
    expect(await attempt(id)).toBeUndefined();
    const [message, ...more] = await control.received({ to: mobile });
    expect(more).toEqual([]);
    expect(kept(id)).toMatchObject({ state: 'sent', channel: 'sms', providerId: message?.id });
    expect(kept(id).attempts).toHaveLength(1);
    expect(message?.text).toBe(kept(id).attempts[0]?.text);
    expect(message?.text).not.toMatch(/离婚|婚姻关系/);
    expect(await control.received({ to: email })).toEqual([]);
    expect(signals).toEqual([]);
  });

  it.each(['sent', 'delivered', 'undelivered', 'failed', 'suppressed', 'cancelled'] as const)(
    'that is %s already is left alone',
    async (state) => {
      const { id, mobile } = notice({ state });
      expect(await attempt(id)).toBeUndefined();
      expect(await control.received({ to: mobile })).toEqual([]);
      expect(kept(id)).toMatchObject({ state, attempts: [] });
    },
  );

  it('that does not exist is nothing', async () => {
    expect(await attempt('nobody/knows')).toBeUndefined();
    expect(signals).toEqual([]);
  });

  it('goes by e-mail to a party without a telephone', async () => {
    const { id, email } = notice({ contact: { email: 'only-mail@heli.example' } });
    expect(await attempt(id)).toBeUndefined();
    expect(kept(id)).toMatchObject({ state: 'sent', channel: 'email' });
    expect(await control.received({ to: 'only-mail@heli.example' })).toHaveLength(1);
    expect(await control.received({ to: email })).toEqual([]);
  });

  it('to nobody who can be reached has failed, and a person is told', async () => {
    const { id } = notice({ contact: {} });
    expect(await attempt(id)).toBeUndefined();
    expect(kept(id)).toMatchObject({ state: 'failed', lastError: 'NO_ADDRESS' });
    expect(signals).toEqual([['NOTICE_FAILED', true]]);
  });
});

describe('a notice that can not be helped by trying', () => {
  it('for want of a date is failed at once, and a person is told', async () => {
    const { id, mobile } = notice({ kind: 'material-missing' });
    expect(await attempt(id)).toBeUndefined();
    expect(kept(id)).toMatchObject({ state: 'failed', lastError: 'NoticeDateMissing' });
    expect(signals).toEqual([['NOTICE_FAILED', true]]);
    expect(await control.received({ to: mobile })).toEqual([]);
  });

  it('after three days of a gateway that is away is failed, and a person is told', async () => {
    const { id } = notice();
    await control.setFault('twilio', { mode: 'down' });
    expect(await attempt(id, { attempt: 900, age: 2 * 86_400_000 })).toMatchObject({
      type: 'NoticePostponed',
    });
    expect(await attempt(id, { attempt: 901, age: 3 * 86_400_000 + 1 })).toBeUndefined();
    expect(kept(id).state).toBe('failed');
    expect(signals).toContainEqual(['NOTICE_FAILED', true]);
  });
});

describe('an outcome nobody knows', () => {
  it('is asked about before anything is sent again', async () => {
    const { id, mobile } = notice();
    await control.setFault('twilio', { mode: 'timeout-after-accept', count: 1, to: mobile });
    expect(await attempt(id)).toMatchObject({ type: 'NoticePostponed' });
    expect(kept(id).state).toBe('sending');
    expect(await attempt(id, { attempt: 2 })).toBeUndefined();
    const received = await control.received({ to: mobile });
    expect(received).toHaveLength(1);
    expect(kept(id)).toMatchObject({ state: 'sent', providerId: received[0]?.id });
    expect(kept(id).attempts).toHaveLength(1);
  });

  it('stays unknown while the gateway cannot be asked', async () => {
    const { id, mobile } = notice();
    await control.setFault('twilio', { mode: 'timeout-after-accept', count: 1, to: mobile });
    await attempt(id);
    await control.setFault('twilio', { mode: 'down' });
    expect(await attempt(id, { attempt: 2 })).toMatchObject({ type: 'NoticePostponed' });
    expect(kept(id).state).toBe('sending');
    await control.clearFaults();
    expect(await attempt(id, { attempt: 3 })).toBeUndefined();
    expect(await control.received({ to: mobile })).toHaveLength(1);
    expect(kept(id).state).toBe('sent');
  });

  it('of a process that died before the gateway heard of it is sent after asking', async () => {
    const { id, mobile } = notice({ state: 'sending', channel: 'sms', attemptedAt: Date.now() - 1000 });
    expect(await attempt(id, { attempt: 2 })).toBeUndefined();
    expect(await control.received({ to: mobile })).toHaveLength(1);
  });

  it('of an e-mail repeats the same Message-ID', async () => {
    const { id, email } = notice({ channels: ['email'] });
    await control.setFault('smtp', { mode: 'timeout-after-accept', count: 1 });
    expect(await attempt(id)).toMatchObject({ type: 'NoticePostponed' });
    expect(await attempt(id, { attempt: 2 })).toBeUndefined();
    const ids = new Set((await control.received({ to: email })).map((message) => message.id));
    expect(ids.size).toBe(1);
  });
});

describe('a recipient who cannot be reached', () => {
  it('by SMS is written to by e-mail', async () => {
    const { id, mobile, email } = notice();
    await control.setFault('twilio', { mode: 'reject-recipient', to: mobile });
    expect(await attempt(id)).toBeUndefined();
    expect(kept(id)).toMatchObject({ state: 'sent', channel: 'email' });
    expect(await control.received({ to: email })).toHaveLength(1);
    expect(await control.received({ to: mobile })).toEqual([]);
  });

  it('by neither has failed, and a person is told once', async () => {
    const { id, mobile, email } = notice();
    await control.setFault('twilio', { mode: 'reject-recipient', to: mobile });
    await control.setFault('smtp', { mode: 'reject-recipient', status: 550 });
    expect(await attempt(id)).toBeUndefined();
    expect(kept(id)).toMatchObject({ state: 'failed', lastError: 'email:550' });
    expect(signals).toEqual([['NOTICE_FAILED', true]]);
    expect(await attempt(id, { attempt: 2 })).toBeUndefined();
    expect(await control.received({ to: email })).toEqual([]);
    expect(signals).toHaveLength(1);
  });

  it('is not sent another SMS when the e-mail has to wait', async () => {
    const { id, mobile, email } = notice();
    await control.setFault('twilio', { mode: 'reject-recipient', to: mobile });
    await control.setFault('smtp', { mode: 'error', status: 451, count: 1 });
    expect(await attempt(id)).toMatchObject({ type: 'NoticePostponed' });
    await control.clearFaults();
    expect(await attempt(id, { attempt: 2 })).toBeUndefined();
    expect(await control.received({ to: mobile })).toEqual([]);
    expect(await control.received({ to: email })).toHaveLength(1);
  });
});

describe('a gateway that is away', () => {
  it('puts the notice back, tells a person at the third attempt, and that it is over', async () => {
    const { id, mobile } = notice();
    await control.setFault('twilio', { mode: 'error', status: 503, retryAfter: 7 });
    for (const [number, told] of [
      [1, 0],
      [2, 0],
      [3, 1],
      [4, 2],
    ] as const) {
      expect(await attempt(id, { attempt: number })).toMatchObject({
        type: 'NoticePostponed',
        nextRetryDelay: 7_000,
      });
      expect(kept(id)).toMatchObject({ state: 'queued', lastError: 'GatewayUnavailable:503' });
      expect(signals).toHaveLength(told);
    }
    expect(new Set(signals.map(String))).toEqual(new Set(['NOTICE_DELAYED,true']));
    await control.clearFaults();
    expect(await attempt(id, { attempt: 5 })).toBeUndefined();
    expect(signals.at(-1)).toEqual(['NOTICE_DELAYED', false]);
    expect(await control.received({ to: mobile })).toHaveLength(1);
  });

  it('does not say it is over while another notice of the case still waits', async () => {
    const [first, second] = [notice(), notice()];
    await control.setFault('twilio', { mode: 'error', status: 503 });
    for (const { id } of [first, second]) await attempt(id, { attempt: 3 });
    await control.clearFaults();
    await attempt(first.id, { attempt: 4 });
    expect(signals).not.toContainEqual(['NOTICE_DELAYED', false]);
    await attempt(second.id, { attempt: 4 });
    expect(signals.at(-1)).toEqual(['NOTICE_DELAYED', false]);
  });

  it('says nothing of the recipient in its failures', async () => {
    const { id, mobile } = notice();
    await control.setFault('twilio', { mode: 'down', to: mobile });
    const failure = await attempt(id);
    expect(JSON.stringify(failure) + String((failure as Error | undefined)?.stack)).not.toContain(mobile);
  });
});

describe('the hours of rest', () => {
  const at = (time: string) => instantAt(plainDate('2026-11-27'), time);

  it.each([
    ['20:00', 12.5 * 3_600_000],
    ['23:30', 9 * 3_600_000],
    ['08:29', 60_000],
  ])('at %s a live notice waits %d ms', async (time, nextRetryDelay) => {
    const { id, mobile } = notice({ rehearsal: false });
    expect(await attempt(id, { now: at(time), attempt: 9 })).toMatchObject({
      type: 'NoticePostponed',
      message: 'QuietHours',
      nextRetryDelay,
    });
    expect(kept(id)).toMatchObject({ state: 'queued', attempts: [] });
    expect(await control.received({ to: mobile })).toEqual([]);
    expect(signals).toEqual([]);
  });

  it.each([
    ['08:30', false],
    ['19:59', false],
    ['22:00', true],
  ])('at %s it is sent (rehearsal: %s)', async (time, rehearsal) => {
    const { id, mobile } = notice({ rehearsal });
    expect(await attempt(id, { now: at(time) })).toBeUndefined();
    expect(await control.received({ to: mobile })).toHaveLength(1);
  });
});
