import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { controlOf } from './control.ts';
import { launchSimulators } from './launch.ts';
import type { Launched } from './launch.ts';

const directories: string[] = [];
const launched: Launched[] = [];

async function launch(state: string): Promise<Launched> {
  const simulators = await launchSimulators({ HELI_SIMULATORS_STATE: state });
  launched.push(simulators);
  return simulators;
}

async function post(simulators: Launched, to: string): Promise<number> {
  const credentials = Buffer.from(`${simulators.accountSid}:${simulators.authToken}`).toString('base64');
  const response = await fetch(
    `${simulators.url}/2010-04-01/Accounts/${simulators.accountSid}/Messages.json`,
    {
      method: 'POST',
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams({ To: to, From: '+15005550006', Body: '您好' }),
    },
  );
  return response.status;
}

afterEach(async () => {
  await Promise.all(launched.splice(0).map((simulators) => simulators.stop()));
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

describe('the process', () => {
  it('keeps messages and register entries over a restart, and brings deliveries to their end', async () => {
    const state = mkdtempSync(join(tmpdir(), 'simulators-'));
    directories.push(state);
    const first = await launch(state);
    expect(await post(first, '+8610000000001')).toBe(201);
    await controlOf(first.url).setMarriage('旧字第1号', { status: 'divorced' });
    process.kill(first.pid, 'SIGKILL');
    // A line cut off by the crash must not hinder the next start.
    appendFileSync(join(state, 'messages.jsonl'), '{"put":{"key":"cut');

    const second = await launch(state);
    const control = controlOf(second.url);
    expect(await control.received()).toMatchObject([{ to: '+8610000000001', text: '您好' }]);
    const registers = (await (await fetch(`${second.url}/registers`)).json()) as { entries: unknown[] };
    expect(registers.entries).toMatchObject([{ number: '旧字第1号', answer: { status: 'divorced' } }]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await control.received()).toMatchObject([{ status: 'delivered' }]);
  });

  it('says what a wrong setting should be', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: { HELI_SIMULATORS_PORT: '0', HELI_SMTP_PORT: 'mail' },
    });
    const [said, [code]] = await Promise.all([
      textOf(child.stderr),
      once(child, 'exit') as Promise<[number]>,
    ]);
    expect(said).toContain('HELI_SMTP_PORT must be a port number');
    expect(code).toBe(1);
  });

  it('says which port is taken', async () => {
    const state = mkdtempSync(join(tmpdir(), 'simulators-'));
    directories.push(state);
    const first = await launch(state);
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: {
        HELI_SIMULATORS_PORT: '0',
        HELI_SMTP_PORT: String(first.smtpPort),
        TWILIO_ACCOUNT_SID: 'ACx',
        TWILIO_AUTH_TOKEN: 'x',
      },
    });
    const [said, [code]] = await Promise.all([
      textOf(child.stderr),
      once(child, 'exit') as Promise<[number]>,
    ]);
    expect(said).toContain(String(first.smtpPort));
    expect(code).toBe(1);
  });

  it('announces itself on one line and ends with the parent that holds its channel', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: {
        HELI_SIMULATORS_PORT: '0',
        HELI_SMTP_PORT: '0',
        TWILIO_ACCOUNT_SID: 'ACx',
        TWILIO_AUTH_TOKEN: 'x',
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    if (child.stdout === null) throw new Error('no output');
    const output = textOf(child.stdout);
    await once(child, 'message');
    child.disconnect();
    const [code] = (await once(child, 'exit')) as [number];
    expect([await output, code]).toEqual(['{"ready":true}\n', 0]);
  });
});

describe('the control interface', () => {
  it('filters messages and clears them', async () => {
    const simulators = await launchSimulators();
    launched.push(simulators);
    const control = controlOf(simulators.url);
    await post(simulators, '+8610000000001');
    await post(simulators, '+8610000000002');
    expect(await control.received({ to: '10000000002' })).toHaveLength(1);
    expect(await control.received({ channel: 'email' })).toHaveLength(0);
    expect(await control.received({ since: Date.now() + 1_000 })).toHaveLength(0);
    expect(await control.received()).toMatchObject([{ to: '+8610000000002' }, { to: '+8610000000001' }]);
    expect((await fetch(`${simulators.url}/messages`, { method: 'DELETE' })).status).toBe(204);
    expect(await control.received()).toEqual([]);
  });

  it('refuses what comes faster than allowed, and says how much came', async () => {
    const simulators = await launchSimulators({ HELI_SIMULATORS_SMS_PER_SECOND: '2' });
    launched.push(simulators);
    const control = controlOf(simulators.url);
    const numbers = ['+8610000000001', '+8610000000002', '+8610000000003'];
    const answers = await Promise.all(numbers.map((to) => post(simulators, to)));
    expect(answers.toSorted()).toEqual([201, 201, 429]);
    expect(await control.rate()).toMatchObject({ perSecond: 2, accepted: 2, refused: 1 });
    await control.allow(undefined);
    expect(await Promise.all(numbers.map((to) => post(simulators, to)))).toEqual([201, 201, 201]);
    expect(await control.rate()).toMatchObject({ perSecond: null, accepted: 3, refused: 0 });
    const some = await control.receivedBy(numbers.slice(0, 2).map((to) => to.slice(3)));
    expect(new Set(some.map(({ to }) => to))).toEqual(new Set(numbers.slice(0, 2)));
  });

  it('survives a body that is no JSON', async () => {
    const simulators = await launchSimulators();
    launched.push(simulators);
    const response = await fetch(`${simulators.url}/faults/smtp`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"mode":',
    });
    expect(response.status).toBe(400);
    expect(await controlOf(simulators.url).received()).toEqual([]);
  });

  it.each([
    ['PUT', '/faults/telephone', { mode: 'down' }],
    ['PUT', '/faults/smtp', { mode: 'no-callback' }],
    ['PUT', '/faults/twilio', { mix: [{ mode: 'error' }] }],
    ['PUT', '/messages/rate', { perSecond: 0 }],
    ['POST', '/messages/find', { to: '10000000001' }],
    ['PUT', '/registers/marriage/J1', { status: 'engaged' }],
    ['PUT', '/registers/tax/J1', { status: 'married' }],
    ['GET', '/messages?since=yesterday', undefined],
  ])('refuses %s %s %j with a reason', async (method, path, body) => {
    const simulators = await launchSimulators();
    launched.push(simulators);
    const response = await fetch(simulators.url + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/must be/) });
  });
});
