import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PART_NAMES, type PartName } from './part.ts';
import { identify, isRunning, stopProcess } from './process-identity.ts';

const identitySchema = z.object({ pid: z.number(), began: z.string() });
const stateSchema = z.object({
  supervisor: identitySchema,
  apiUrl: z.string(),
  parts: z.partialRecord(
    z.enum(PART_NAMES),
    identitySchema.extend({ ready: z.boolean(), ask: z.enum(['SIGTERM', 'SIGINT']) }),
  ),
});

/** What runs on a data folder, as the supervisor last wrote it. */
export type SystemState = z.output<typeof stateSchema>;
export type PartState = NonNullable<SystemState['parts'][PartName]>;

const stateFile = (dataDir: string): string => join(dataDir, 'system.json');

/** @returns the state of this data folder; undefined when nothing was left there. */
export function findState(dataDir: string): SystemState | undefined {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(stateFile(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

export function writeState(dataDir: string, state: SystemState): void {
  const draft = `${stateFile(dataDir)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, stateFile(dataDir));
}

export const removeState = (dataDir: string): void => rmSync(stateFile(dataDir), { force: true });

/** Our own identity, for the state file. */
export function ownIdentity(): { pid: number; began: string } {
  const own = identify(process.pid);
  if (!own) throw new Error('this process cannot be identified');
  return own;
}

/**
 * Makes sure that this data folder is ours alone: stops parts that a killed
 * supervisor left running.
 *
 * @throws when another supervisor runs on it.
 */
export async function claimDataDir(dataDir: string): Promise<void> {
  const state = findState(dataDir);
  if (!state) return;
  if (isRunning(state.supervisor)) {
    throw new Error(
      `Heli already runs on ${dataDir} (process ${state.supervisor.pid}, ${state.apiUrl}). ` +
        'Stop it there with Ctrl-C, or choose another data folder: HELI_DATA=<folder> npm start',
    );
  }
  for (const name of [...PART_NAMES].reverse()) {
    const left = state.parts[name];
    if (left) await stopProcess(left, left.ask, 20_000);
  }
  removeState(dataDir);
}
