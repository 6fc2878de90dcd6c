import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { isProgress } from '../../activities/notices/port.ts';
import type { DeliveryStatus, ReceiptRequest } from '../../activities/notices/port.ts';
import { controlOf } from '../../simulators/control.ts';
import type { Control } from '../../simulators/control.ts';
import { launchSimulators } from '../../simulators/launch.ts';
import type { Launched } from '../../simulators/launch.ts';
import { twilioGateway } from './twilio-gateway.ts';
import { twilioReceiptReader } from './verify-status-callback.ts';

let simulators: Launched;
let control: Control;
let receiver: Server;
let publicUrl: string;
let refuseFirst = 0;
const arrived: ReceiptRequest[] = [];

async function receive(request: IncomingMessage): Promise<number> {
  const form = Object.fromEntries(new URLSearchParams(await textOf(request)));
  if (refuseFirst > 0) {
    refuseFirst -= 1;
    return 503;
  }
  const signature = request.headers['x-twilio-signature'];
  arrived.push({
    pathAndQuery: request.url ?? '',
    signature: typeof signature === 'string' ? signature : undefined,
    form,
  });
  return 204;
}

async function reportsFor(reference: string, count: number): Promise<ReceiptRequest[]> {
  const until = Date.now() + 8_000;
  for (;;) {
    const found = arrived.filter(({ pathAndQuery }) => pathAndQuery.includes(`notice=${reference}`));
    if (found.length >= count || Date.now() > until) return found;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function send(reference: string): Promise<string> {
  const gateway = twilioGateway({ ...simulators, from: '+15005550006', publicUrl, baseUrl: simulators.url });
  const { providerId } = await gateway.send({ to: '10000000020', text: '【测试】您好', reference });
  return providerId;
}

function reader(authToken = simulators.authToken): ReturnType<typeof twilioReceiptReader> {
  return twilioReceiptReader({ publicUrl, authToken });
}

beforeAll(async () => {
  simulators = await launchSimulators();
  control = controlOf(simulators.url);
  receiver = createServer((request, response) => {
    void receive(request).then((status) => response.writeHead(status).end());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => receiver.once('listening', resolve));
  publicUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterEach(() => control.clearFaults());
afterAll(async () => {
  await simulators.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

describe('status callbacks', () => {
  it('are read up to the delivery', async () => {
    const providerId = await send('life');
    const receipts = (await reportsFor('life', 3)).map((report) => reader().read(report));
    expect(receipts).toEqual([
      { reference: 'life', providerId, status: 'queued' },
      { reference: 'life', providerId, status: 'sent' },
      { reference: 'life', providerId, status: 'delivered' },
    ]);
  });

  it('tell why a message could not be delivered', async () => {
    await control.setFault('twilio', { mode: 'undelivered', code: 30005, count: 1 });
    const providerId = await send('lost');
    const last = (await reportsFor('lost', 3)).at(-1);
    expect(last && reader().read(last)).toEqual({
      reference: 'lost',
      providerId,
      status: 'undelivered',
      errorCode: '30005',
      failure: 'permanent',
    });
  });

  it('are posted again until they are taken', async () => {
    refuseFirst = 2;
    await send('again');
    const statuses = (await reportsFor('again', 3)).map((report) => reader().read(report)?.status);
    expect(statuses.toSorted()).toEqual(['delivered', 'queued', 'sent']);
  });

  it.each(['disordered-callbacks', 'duplicate-callbacks'] as const)('end delivered with %s', async (mode) => {
    await control.setFault('twilio', { mode, count: 1 });
    await send(mode);
    const reports = await reportsFor(mode, mode === 'duplicate-callbacks' ? 6 : 3);
    let known: DeliveryStatus | undefined;
    for (const report of reports) {
      const status = reader().read(report)?.status;
      if (status !== undefined && isProgress(known, status)) known = status;
    }
    expect(reports).toHaveLength(mode === 'duplicate-callbacks' ? 6 : 3);
    expect(known).toBe('delivered');
  });
});

describe('forged callbacks are not read:', () => {
  const forgeries: [string, (genuine: ReceiptRequest) => ReceiptRequest][] = [
    ['no signature', (genuine) => ({ ...genuine, signature: undefined })],
    ['a made-up signature', (genuine) => ({ ...genuine, signature: 'c2lnbmF0dXJl' })],
    ['another status', (genuine) => ({ ...genuine, form: { ...genuine.form, MessageStatus: 'failed' } })],
    ['a further field', (genuine) => ({ ...genuine, form: { ...genuine.form, Extra: '1' } })],
    [
      'another notice',
      (genuine) => ({ ...genuine, pathAndQuery: genuine.pathAndQuery.replace('forged', 'other') }),
    ],
    ['an absurd address', (genuine) => ({ ...genuine, pathAndQuery: ':99999' })],
  ];

  it.each(forgeries)('%s', async (_name, forge) => {
    if ((await reportsFor('forged', 0)).length === 0) await send('forged');
    const [genuine] = await reportsFor('forged', 1);
    if (genuine === undefined) throw new Error('no callback arrived');
    expect(reader().read(genuine)).toMatchObject({ reference: 'forged' });
    expect(reader().read(forge(genuine))).toBeUndefined();
    expect(reader('other-token').read(genuine)).toBeUndefined();
  });
});
