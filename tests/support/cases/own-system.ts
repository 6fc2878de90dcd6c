import { rmSync } from 'node:fs';
import { freeEnvironment } from '../../../scripts/lib/free-environment.ts';
import type { PartName } from '../../../scripts/lib/part.ts';
import { startSystem, type System } from '../../../scripts/lib/system.ts';
import { type District, openDistrict } from './district.ts';
import { eventually } from './eventually.ts';

/** A whole system of a test's own: it may kill what it likes, and switch faults that strike everybody. */
export interface OwnSystem {
  readonly system: System;
  readonly district: District;
  /** Ends a part's process at once, as a crash would. @returns resolves when it runs again */
  kill(part: PartName): Promise<void>;
  stop(): Promise<void>;
}

/** @param settings variables of its own, over those that keep it apart from other systems */
export async function startOwnSystem(
  parts: readonly PartName[],
  settings: Readonly<Record<string, string>> = {},
): Promise<OwnSystem> {
  const env = { ...(await freeEnvironment()), ...settings };
  const system = await startSystem({ env, parts });
  const district = await openDistrict(system.env);
  return {
    system,
    district,
    async kill(part) {
      const pid = system.pid(part);
      if (pid === undefined) throw new Error(`${part} does not run`);
      process.kill(pid, 'SIGKILL');
      await eventually(() => {
        const again = system.isReady(part) && system.pid(part) !== pid;
        return again ? Promise.resolve() : Promise.reject(new Error(`${part} has not come back`));
      }, 60_000);
    },
    async stop() {
      await district.close();
      await system.stop();
      rmSync(env.HELI_DATA, { recursive: true, force: true });
    },
  };
}
