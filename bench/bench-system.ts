import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { freeEnvironment } from '../scripts/lib/free-environment.ts';
import { announcesReady, launchOwn, logFileOf } from '../scripts/lib/launch.ts';
import { PROJECT_DIR } from '../scripts/lib/paths.ts';
import { type System, startSystem } from '../scripts/lib/system.ts';
import { NAMESPACE, REHEARSAL_NAMESPACE } from '../temporal/names.ts';
import type { CaseDesk } from './case/case-desk.ts';
import { restDesk } from './case/rest-desk.ts';
import { type Cpu, cpuOf, cpuOfTree } from './counters/cpu.ts';
import { COUNTING_SETTINGS, startCounting } from './counters/statements.ts';

export const PROCESSES = [
  'worker',
  'api',
  'temporal',
  'postgres',
  'simulators',
  'bareWorker',
  'caller',
] as const;
export type ProcessName = (typeof PROCESSES)[number];

/** What the simulated gateway allows the account a second, and what Heli is told of it. */
export const SMS_PER_SECOND = 200;

/** The system under measurement, with the bare worker beside it on the same engine. */
export interface BenchSystem {
  readonly system: System;
  readonly desk: CaseDesk;
  readonly main: Client;
  readonly rehearsal: Client;
  /** One connection for the counters. */
  readonly counters: pg.Client;
  readonly bareWorkerPid: number;
  /** Variables under which `npm start` takes over the data of this run. */
  readonly env: Readonly<Record<string, string>>;
  /** Stops everything and leaves the data. */
  stop(): Promise<void>;
  removeData(): void;
}

/** Starts all of it on free ports with an empty data folder. */
export async function startBenchSystem(): Promise<BenchSystem> {
  const env = {
    ...(await freeEnvironment()),
    HELI_LOG_LEVEL: 'warn',
    HELI_SMS_PER_SECOND: String(SMS_PER_SECOND),
  };
  const system = await startSystem({
    env,
    parts: ['postgres', 'temporal', 'simulators', 'worker', 'api'],
    postgresSettings: COUNTING_SETTINGS,
  });
  const { databaseUrl, temporalAddress, apiUrl } = system.addresses;
  const { embedded } = system.config.oidc;
  if (!embedded) throw new Error('the benchmark needs the embedded OpenID provider');
  const bareWorker = await startBareWorker(temporalAddress, env.HELI_DATA);
  const connection = await Connection.connect({ address: temporalAddress });
  const counters = new pg.Client({ connectionString: databaseUrl });
  await counters.connect();
  await startCounting(counters);
  const desk = await restDesk({ apiUrl, clientSecret: embedded.clientSecret });
  return {
    system,
    desk,
    main: new Client({ connection, namespace: NAMESPACE }),
    rehearsal: new Client({ connection, namespace: REHEARSAL_NAMESPACE }),
    counters,
    bareWorkerPid: pidOf(bareWorker),
    env,
    stop: async () => {
      desk.close();
      await counters.end();
      await connection.close();
      bareWorker.kill('SIGTERM');
      await system.stop();
    },
    removeData: () => rmSync(env.HELI_DATA, { recursive: true, force: true }),
  };
}

async function startBareWorker(address: string, dataDir: string): Promise<ChildProcess> {
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const file = join(import.meta.dirname, 'bare/worker.ts');
  const child = launchOwn(file, process.env, logFileOf(dataDir, 'bare-worker'), PROJECT_DIR, [address]);
  await Promise.race([
    announcesReady(child),
    new Promise((_, reject) =>
      child.once('exit', (code) => reject(new Error(`the bare worker ended: ${code}`))),
    ),
  ]);
  return child;
}

function pidOf({ pid }: { pid?: number | undefined }): number {
  if (pid === undefined) throw new Error('a process has no id');
  return pid;
}

/** CPU milliseconds of every process since it began; `caller` is the benchmark itself. */
export function readCpu({ system, bareWorkerPid }: BenchSystem): Cpu<ProcessName> {
  const of = (part: Parameters<System['pid']>[0]): number => cpuOf(pidOf({ pid: system.pid(part) }));
  const { user, system: kernel } = process.cpuUsage();
  return {
    worker: of('worker'),
    api: of('api'),
    temporal: of('temporal'),
    postgres: cpuOfTree(pidOf({ pid: system.pid('postgres') })),
    simulators: of('simulators'),
    bareWorker: cpuOf(bareWorkerPid),
    caller: (user + kernel) / 1000,
  };
}
