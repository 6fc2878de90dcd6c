import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { SmsGateway } from '../../activities/notices/port.ts';
import { controlOf } from '../../simulators/control.ts';
import type { Control } from '../../simulators/control.ts';
import { launchSimulators } from '../../simulators/launch.ts';
import type { Launched } from '../../simulators/launch.ts';
import { twilioGateway } from './twilio-gateway.ts';

const TEXT = '【光明区婚姻登记处】您有一项业务办理期限将于3月16日届满，详情请登录查询。';

let simulators: Launched;
let control: Control;
let gateway: SmsGateway;

function gatewayWith(options: { authToken?: string; baseUrl?: string; timeoutMs?: number }): SmsGateway {
  return twilioGateway({
    accountSid: simulators.accountSid,
    authToken: simulators.authToken,
    from: '+15005550006',
    publicUrl: 'http://127.0.0.1:9',
    baseUrl: simulators.url,
    timeoutMs: 800,
    ...options,
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(async () => {
  simulators = await launchSimulators();
  control = controlOf(simulators.url);
  gateway = gatewayWith({});
});
afterEach(() => control.clearFaults());
afterAll(() => simulators.stop());

describe('sending', () => {
  it('hands the text over with the address for receipts, and a mainland number in E.164', async () => {
    const { providerId } = await gateway.send({ to: '10000000001', text: TEXT, reference: 'a b/1' });
    const [message] = await control.received({ to: '10000000001' });
    expect(message).toMatchObject({
      id: providerId,
      to: '+8610000000001',
      text: TEXT,
      segments: 1,
      statusCallback: 'http://127.0.0.1:9/api/v1/webhooks/sms-status?notice=a+b%2F1',
    });
  });

  it('sends through a messaging service when one is configured', async () => {
    const service = twilioGateway({
      accountSid: simulators.accountSid,
      authToken: simulators.authToken,
      from: 'MG0123456789abcdef0123456789abcdef',
      publicUrl: 'http://127.0.0.1:9',
      baseUrl: `${simulators.url}/`,
    });
    await service.send({ to: '+85290000001', text: TEXT, reference: 'service' });
    expect(await control.received({ to: '+85290000001' })).toMatchObject([
      { messagingServiceSid: 'MG0123456789abcdef0123456789abcdef' },
    ]);
  });

  it('names an impossible number, and says nothing of it in the error', async () => {
    const error: unknown = await gateway
      .send({ to: '12345', text: TEXT, reference: 'r' })
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'RecipientRejected', code: '21211' });
    expect(String((error as Error).stack)).not.toContain('12345');
    expect(await control.received({ to: '12345' })).toEqual([]);
  });

  it('names wrong credentials', async () => {
    const stranger = gatewayWith({ authToken: 'wrong' });
    const sending = stranger.send({ to: '10000000002', text: TEXT, reference: 'r' });
    await expect(sending).rejects.toMatchObject({ name: 'GatewayRefused', code: '20003' });
  });

  it('names a busy gateway and how long to leave it alone', async () => {
    await control.setFault('twilio', { mode: 'error', status: 429, retryAfter: 7, count: 1 });
    const sending = gateway.send({ to: '10000000003', text: TEXT, reference: 'r' });
    await expect(sending).rejects.toMatchObject({
      name: 'GatewayUnavailable',
      code: '429',
      retryAfterMs: 7_000,
    });
    await gateway.send({ to: '10000000003', text: TEXT, reference: 'r' });
    expect(await control.received({ to: '10000000003' })).toHaveLength(1);
  });

  it.each([
    [500, 'GatewayUnavailable'],
    [503, 'GatewayUnavailable'],
    [502, 'OutcomeUnknown'],
    [504, 'OutcomeUnknown'],
    [403, 'GatewayRefused'],
  ])('HTTP %i is %s', async (status, name) => {
    await control.setFault('twilio', { mode: 'error', status, count: 1 });
    const sending = gateway.send({ to: '10000000004', text: TEXT, reference: 'r' });
    await expect(sending).rejects.toMatchObject({ name });
  });

  it('is sure that nothing was sent when nobody listens', async () => {
    const nobody = gatewayWith({ baseUrl: `http://127.0.0.1:${await freePort()}` });
    const sending = nobody.send({ to: '10000000005', text: TEXT, reference: 'r' });
    await expect(sending).rejects.toMatchObject({ name: 'GatewayUnavailable', code: 'ECONNREFUSED' });
  });

  it('does not know when the connection breaks after the request', async () => {
    await control.setFault('twilio', { mode: 'down', count: 1 });
    const sending = gateway.send({ to: '10000000006', text: TEXT, reference: 'r' });
    await expect(sending).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(await gateway.findSent({ to: '10000000006', text: TEXT, since: 0 })).toEqual([]);
  });
});

describe('finding what was sent', () => {
  it('finds a message whose acceptance was never answered', async () => {
    const since = Date.now();
    await control.setFault('twilio', { mode: 'timeout-after-accept', count: 1 });
    const sending = gateway.send({ to: '10000000010', text: TEXT, reference: 'r' });
    await expect(sending).rejects.toMatchObject({ name: 'OutcomeUnknown' });

    const found = await gateway.findSent({ to: '10000000010', text: TEXT, since });
    const [message] = await control.received({ to: '10000000010' });
    expect(found).toEqual([{ providerId: message?.id }]);
  });

  it('finds only this recipient, this text and this time, over several pages, earliest first', async () => {
    const first = await gateway.send({ to: '10000000011', text: TEXT, reference: 'first' });
    for (let n = 0; n < 55; n += 1) {
      await gateway.send({ to: '10000000011', text: `${TEXT}${n}`, reference: 'other' });
    }
    const second = await gateway.send({ to: '10000000011', text: TEXT, reference: 'second' });
    expect(await gateway.findSent({ to: '10000000011', text: TEXT, since: 0 })).toEqual([first, second]);
    expect(await gateway.findSent({ to: '10000000012', text: TEXT, since: 0 })).toEqual([]);
    expect(await gateway.findSent({ to: '10000000011', text: 'other', since: 0 })).toEqual([]);
    expect(await gateway.findSent({ to: '10000000011', text: TEXT, since: Date.now() + 5_000 })).toEqual([]);
  });

  it('never leaves open whether asking did something', async () => {
    await control.setFault('twilio', { mode: 'down', count: 1 });
    const asking = gateway.findSent({ to: '10000000013', text: TEXT, since: 0 });
    await expect(asking).rejects.toMatchObject({ name: 'GatewayUnavailable' });
  });
});

describe('asking how far a message has come', () => {
  it('answers as a receipt would', async () => {
    await control.setFault('twilio', { mode: 'undelivered', code: 30004, count: 1 });
    const lost = await gateway.send({ to: '10000000020', text: TEXT, reference: 'r' });
    const fine = await gateway.send({ to: '10000000021', text: TEXT, reference: 'r' });
    const statusOf = async ({ providerId }: { providerId: string }, end: string) => {
      for (;;) {
        const status = await gateway.statusOf(providerId);
        if (status?.status === end) return status;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    expect(await statusOf(lost, 'undelivered')).toEqual({
      providerId: lost.providerId,
      status: 'undelivered',
      errorCode: '30004',
      failure: 'permanent',
    });
    expect(await statusOf(fine, 'delivered')).toEqual({ providerId: fine.providerId, status: 'delivered' });
  });

  it('does not know a message of somebody else, and never leaves open whether asking did something', async () => {
    expect(await gateway.statusOf(`SM${'0'.repeat(32)}`)).toBeUndefined();
    await control.setFault('twilio', { mode: 'down', count: 1 });
    await expect(gateway.statusOf(`SM${'0'.repeat(32)}`)).rejects.toMatchObject({
      name: 'GatewayUnavailable',
    });
  });
});
