import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Mailer } from '../../activities/notices/port.ts';
import { controlOf } from '../../simulators/control.ts';
import type { Control } from '../../simulators/control.ts';
import { launchSimulators } from '../../simulators/launch.ts';
import type { Launched } from '../../simulators/launch.ts';
import { smtpMailer } from './smtp-mailer.ts';

const MAIL = { subject: '业务办理提醒', text: '您有一项业务办理期限将于3月16日届满。\n详情请登录查询。' };
const FROM = '光明区婚姻登记处 <notice@heli.example>';

let simulators: Launched;
let control: Control;
let mailer: Mailer;

beforeAll(async () => {
  simulators = await launchSimulators();
  control = controlOf(simulators.url);
  mailer = smtpMailer({ host: '127.0.0.1', port: simulators.smtpPort, from: FROM, timeoutMs: 800 });
});
afterEach(() => control.clearFaults());
afterAll(() => simulators.stop());

describe('sending', () => {
  it('delivers a plain-text mail under a Message-ID made from its reference', async () => {
    const { providerId } = await mailer.send({ to: 'ok@heli.example', ...MAIL, reference: 'notice 1' });
    expect(providerId).toMatch(/^<[0-9a-f]{40}@heli\.example>$/);
    expect(await control.received({ to: 'ok@heli.example' })).toMatchObject([
      { id: providerId, ...MAIL, headers: { 'auto-submitted': 'auto-generated', 'x-reference': 'notice 1' } },
    ]);
  });

  it('repeats the Message-ID at every attempt and only there', async () => {
    const first = await mailer.send({ to: 'twice@heli.example', ...MAIL, reference: 'same' });
    expect(await mailer.send({ to: 'twice@heli.example', ...MAIL, reference: 'same' })).toEqual(first);
    expect(await mailer.send({ to: 'twice@heli.example', ...MAIL, reference: 'else' })).not.toEqual(first);
  });

  it.each([
    ['nobody@example.invalid', '550'],
    ['no address', 'invalid-address'],
    ['', 'invalid-address'],
  ])('rejects %s as a recipient, without repeating it', async (to, code) => {
    const error: unknown = await mailer.send({ to, ...MAIL, reference: 'r' }).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'RecipientRejected', code });
    expect(String((error as Error).stack)).not.toMatch(/nobody@|no address/);
  });

  it.each([
    [{ mode: 'reject-recipient', status: 550 }, 'RecipientRejected', '550'],
    [{ mode: 'reject-recipient', status: 450 }, 'GatewayUnavailable', '450'],
    [{ mode: 'error', status: 451 }, 'GatewayUnavailable', '451'],
    [{ mode: 'error', status: 530 }, 'GatewayRefused', '530'],
  ] as const)('%o is %s', async (fault, name, code) => {
    await control.setFault('smtp', { ...fault, count: 1 });
    const sending = mailer.send({ to: 'fault@heli.example', ...MAIL, reference: 'r' });
    await expect(sending).rejects.toMatchObject({ name, code });
    expect(await control.received({ to: 'fault@heli.example' })).toEqual([]);
  });

  it('is sure that nothing was sent when the server is down or does not greet', async () => {
    await control.setFault('smtp', { mode: 'down', count: 1 });
    const down = mailer.send({ to: 'down@heli.example', ...MAIL, reference: 'r' });
    await expect(down).rejects.toMatchObject({ name: 'GatewayUnavailable' });
    await control.setFault('smtp', { mode: 'slow', delayMs: 1_500, count: 1 });
    const slow = mailer.send({ to: 'down@heli.example', ...MAIL, reference: 'r' });
    await expect(slow).rejects.toMatchObject({ name: 'GatewayUnavailable', code: 'ETIMEDOUT' });
    expect(await control.received({ to: 'down@heli.example' })).toEqual([]);
  });

  it('does not know when the answer to the whole message is missing', async () => {
    await control.setFault('smtp', { mode: 'timeout-after-accept', count: 1 });
    const sending = mailer.send({ to: 'silent@heli.example', ...MAIL, reference: 'r' });
    await expect(sending).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(await control.received({ to: 'silent@heli.example' })).toHaveLength(1);
  });
});
