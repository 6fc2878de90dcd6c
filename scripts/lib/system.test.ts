import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { loadConfig } from '../../config/config.ts';
import { freeEnvironment } from './free-environment.ts';
import { PROJECT_DIR } from './paths.ts';
import { withClient } from './postgres.ts';
import { isRunning, type ProcessIdentity } from './process-identity.ts';
import { findState } from './state-file.ts';

/** What needs no worker: the real database and engine under the real supervisor, which is killed now and then. */
const PARTS = 'postgres,temporal';
let env: Record<string, string> & { HELI_DATA: string };
let supervisor: ChildProcess | undefined;

beforeAll(async () => {
  env = await freeEnvironment();
});
afterAll(async () => {
  if (supervisor) await end(supervisor, 'SIGTERM');
  rmSync(env.HELI_DATA, { recursive: true, force: true });
});

interface Output {
  text: string;
}

function launch(): { child: ChildProcess; output: Output } {
  const output: Output = { text: '' };
  const child = spawn(process.execPath, [join(PROJECT_DIR, 'scripts/start.ts'), '--only', PARTS], {
    env: { ...process.env, ...env, npm_lifecycle_event: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output.text += text));
  }
  return { child, output };
}

async function start(): Promise<Output> {
  const { child, output } = launch();
  supervisor = child;
  await until(() => output.text.includes('Ctrl-C stops everything'), output);
  return output;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return ended;
}

async function until(condition: () => boolean, output: Output): Promise<void> {
  const limit = performance.now() + 50_000;
  while (!condition()) {
    if (performance.now() > limit) throw new Error(`did not happen; printed so far:\n${output.text}`);
    await sleep(50);
  }
}

const processes = (): ProcessIdentity[] => Object.values(findState(env.HELI_DATA)?.parts ?? {});
const databaseUrl = (): string => loadConfig(env).database.url;

async function namespaces(): Promise<(string | null | undefined)[]> {
  const connection = await Connection.connect({ address: `127.0.0.1:${env['HELI_TEMPORAL_PORT'] ?? ''}` });
  try {
    const { namespaces: found } = await connection.workflowService.listNamespaces({});
    return found.map(({ namespaceInfo }) => namespaceInfo?.name);
  } finally {
    await connection.close();
  }
}

/** Starts a workflow that may skip time and carries a search attribute; answers with the refusal, if any. */
async function tryStart(namespace: string): Promise<string> {
  const connection = await Connection.connect({ address: `127.0.0.1:${env['HELI_TEMPORAL_PORT'] ?? ''}` });
  const stage = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"draft"') };
  try {
    await connection.workflowService.startWorkflowExecution({
      namespace,
      workflowId: 'probe',
      requestId: 'probe',
      workflowType: { name: 'probe' },
      taskQueue: { name: 'probe' },
      timeSkippingConfig: { enabled: true },
      searchAttributes: { indexedFields: { HeliStage: stage } },
    });
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await connection.close();
  }
}

describe('the supervisor', () => {
  it('starts an empty data folder with both namespaces, time skipping in one, search attributes at once', async () => {
    await start();
    expect(await namespaces()).toEqual(expect.arrayContaining(['heli', 'heli-rehearsal']));
    expect(await tryStart('heli-rehearsal')).toBe('accepted');
    expect(await tryStart('heli')).toContain('not enabled');
    await withClient(databaseUrl(), (client) => client.query('create table kept (value int)'));
  });

  it('refuses a second one on the same data folder', async () => {
    const { child, output } = launch();
    await new Promise((resolve) => child.once('exit', resolve));
    expect(child.exitCode).toBe(1);
    expect(output.text).toContain(`Heli already runs on ${env.HELI_DATA}`);
    expect(output.text).not.toContain('    at ');
  });

  it('starts killed parts again', async () => {
    const before = processes();
    expect(before).toHaveLength(2);
    for (const { pid } of before) process.kill(pid, 'SIGKILL');
    const back = () =>
      Object.values(findState(env.HELI_DATA)?.parts ?? {}).filter(({ ready }) => ready).length === 2;
    await until(() => back() && before.every((old) => !isRunning(old)), { text: '' });
    expect(await namespaces()).toContain('heli');
  });

  it('leaves no process behind when it is killed itself', async () => {
    const left = processes();
    if (supervisor) await end(supervisor, 'SIGKILL');
    await until(() => left.every((one) => !isRunning(one)), { text: '' });
  });

  it('continues on the same data, whatever lock file was left', async () => {
    // The number in it belongs to a program that is not PostgreSQL.
    writeFileSync(
      join(env.HELI_DATA, 'postgres/postmaster.pid'),
      `${process.pid}\n${env.HELI_DATA}/postgres\n`,
    );
    const output = await start();
    expect(output.text).toContain('temporal schema: up to date');
    await withClient(databaseUrl(), (client) => client.query('select value from kept'));
  });

  it('stops everything at Ctrl-C', async () => {
    const left = processes();
    expect(supervisor && (await end(supervisor, 'SIGINT'))).toBe(0);
    expect(left.filter(isRunning)).toEqual([]);
    expect(existsSync(join(env.HELI_DATA, 'system.json'))).toBe(false);
  });
});
