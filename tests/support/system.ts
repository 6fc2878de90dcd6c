import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, loadConfig } from '../../config/config.ts';
import type { PartName } from '../../scripts/lib/part.ts';
import { findState, type PartState } from '../../scripts/lib/state-file.ts';

const RESTART_TIMEOUT_MS = 60_000;

/** The system `npm test` has started, as its tests see it. */
export interface TestSystem {
  readonly config: Config;
  readonly apiUrl: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly simulatorsUrl: string;
  /** Process of one part, as it is now; undefined while it is down. */
  pid(part: PartName): number | undefined;
  /** Ends a part by its pid; resolves when the supervisor has it ready again. */
  killAndAwaitRestart(part: PartName, signal?: NodeJS.Signals): Promise<void>;
}

let known: TestSystem | undefined;

/** @throws when no system runs under the configuration in the environment. */
export function system(): TestSystem {
  known ??= connect();
  return known;
}

function connect(): TestSystem {
  const config = loadConfig(process.env);
  if (!findState(config.dataDir)) {
    throw new Error('These tests need the whole system: run them with npm test, or npm test -- <path>');
  }
  const part = (name: PartName): PartState | undefined => findState(config.dataDir)?.parts[name];
  return {
    config,
    apiUrl: `http://127.0.0.1:${config.api.port}`,
    databaseUrl: config.database.url,
    temporalAddress: config.temporal.address,
    simulatorsUrl: config.simulators.url,
    pid: (name) => part(name)?.pid,
    killAndAwaitRestart: (name, signal = 'SIGKILL') => killAndAwaitRestart(name, () => part(name), signal),
  };
}

async function killAndAwaitRestart(
  name: PartName,
  current: () => PartState | undefined,
  signal: NodeJS.Signals,
): Promise<void> {
  const before = current();
  if (!before) throw new Error(`${name} does not run`);
  process.kill(before.pid, signal);
  const end = performance.now() + RESTART_TIMEOUT_MS;
  while (performance.now() < end) {
    const now = current();
    if (now?.ready && now.pid !== before.pid) return;
    await sleep(50);
  }
  throw new Error(`${name} was not ready again after ${RESTART_TIMEOUT_MS / 1000} s`);
}
