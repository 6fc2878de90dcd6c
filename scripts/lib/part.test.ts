import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Part, type PartEvent, type PartSpec } from './part.ts';
import { announcesReady } from './launch.ts';
import { identify, isRunning } from './process-identity.ts';

const READY = 'console.log(JSON.stringify({ ready: true }));';
const STAYS = `${READY} setInterval(() => undefined, 1000);`;
const DEAF = `process.on('SIGTERM', () => undefined); ${STAYS}`;

let dir: string;
let part: Part | undefined;
let events: PartEvent[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'heli-part-'));
  events = [];
});
afterEach(async () => {
  await part?.stop();
  rmSync(dir, { recursive: true });
});

function running(script: string, more: Partial<PartSpec> = {}): Part {
  part = new Part(
    {
      name: 'worker',
      launch: () =>
        Promise.resolve(spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })),
      ready: announcesReady,
      stopSignal: 'SIGTERM',
      stopGraceMs: 500,
      logFile: join(dir, 'part.log'),
      ...more,
    },
    (event) => events.push(event),
  );
  return part;
}

const kinds = (): string[] => events.map(({ kind }) => kind);

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`did not happen; events: ${kinds().join(', ')}`);
    await sleep(20);
  }
}

describe('a part', () => {
  it('is started, ready and stopped', async () => {
    const one = running(STAYS);
    await one.start();
    const process = identify(one.pid ?? 0);
    expect(one.isReady).toBe(true);
    await one.stop();
    expect(process && isRunning(process)).toBe(false);
    expect(kinds()).toEqual(['started', 'ready', 'ended']);
  });

  it('is started again after it was killed, and said so', async () => {
    const one = running(STAYS);
    await one.start();
    const first = one.pid ?? 0;
    process.kill(first, 'SIGKILL');
    await until(() => kinds().filter((kind) => kind === 'ready').length === 2);
    expect(one.pid).not.toBe(first);
    expect(events.find(({ kind }) => kind === 'crashed')).toMatchObject({
      why: 'it was ended by SIGKILL',
      retryInMs: 500,
    });
  });

  it('that keeps crashing is retried at growing intervals', async () => {
    await running(`${READY} setTimeout(() => process.exit(3), 50);`).start();
    await until(() => kinds().filter((kind) => kind === 'crashed').length === 3);
    const waits = events.flatMap((event) => (event.kind === 'crashed' ? [event.retryInMs] : []));
    expect(waits.slice(0, 3)).toEqual([500, 1_000, 2_000]);
  });

  it('that ends before it is ready fails its start and is not retried', async () => {
    await expect(running('process.exit(7)').start()).rejects.toMatchObject({
      name: 'PartFailedError',
      message: 'worker did not start: it ended with code 7',
      logFile: join(dir, 'part.log'),
    });
    await sleep(700);
    expect(kinds()).toEqual(['started', 'ended']);
  });

  it('that cannot be launched names the program', async () => {
    const launch = () => Promise.resolve(spawn(join(dir, 'no-such-program')));
    await expect(running('', { launch }).start()).rejects.toThrow('no-such-program');
  });

  it('that does not listen is ended when its time is over', async () => {
    const one = running(DEAF);
    await one.start();
    const process = identify(one.pid ?? 0);
    await one.stop();
    expect(process && isRunning(process)).toBe(false);
  });

  it('is not started again when it is stopped while it waits for its retry', async () => {
    const one = running(STAYS);
    await one.start();
    process.kill(one.pid ?? 0, 'SIGKILL');
    await until(() => kinds().includes('crashed'));
    await one.stop();
    await sleep(700);
    expect(kinds()).toEqual(['started', 'ready', 'ended', 'crashed']);
  });
});
