import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { enginePrograms } from './engine-programs.ts';
import { launchProgram, logFileOf } from './launch.ts';
import type { PartSpec } from './part.ts';
import { dynamicConfig, serverConfig, type TemporalServerOptions } from './temporal-config.ts';

export type { TemporalServerOptions } from './temporal-config.ts';

/** The Temporal server on a PostgreSQL whose schema is up to date. It listens on 127.0.0.1 alone. */
export function temporalServerPart(options: TemporalServerOptions): PartSpec {
  const logFile = logFileOf(options.dataDir, 'temporal');
  return {
    name: 'temporal',
    launch: () => {
      const file = writeConfig(options);
      const args = ['--config-file', file, '--allow-no-auth', 'start'];
      return Promise.resolve(
        launchProgram({ program: enginePrograms().server, args, env: process.env, logFile }),
      );
    },
    ready: (_, gone) => temporalAnswers(`127.0.0.1:${options.port}`, gone),
    stopSignal: 'SIGTERM',
    stopGraceMs: 15_000,
    logFile,
  };
}

function writeConfig(options: TemporalServerOptions): string {
  const dir = join(options.dataDir, 'temporal');
  mkdirSync(dir, { recursive: true });
  const dynamicFile = join(dir, 'dynamic-config.yaml');
  const file = join(dir, 'server.yaml');
  // JSON is YAML; the file holds the database's password, so nobody else may read it.
  writeFileSync(dynamicFile, JSON.stringify(dynamicConfig(options), null, 2), { mode: 0o600 });
  writeFileSync(file, JSON.stringify(serverConfig(options, dynamicFile), null, 2), { mode: 0o600 });
  return file;
}

/** Resolves when the server there answers for its own system namespace, so that all its services are up. */
export async function temporalAnswers(address: string, gone: AbortSignal): Promise<void> {
  while (!gone.aborted) {
    if (await isUp(address)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function isUp(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 2_000 });
    try {
      await connection.withDeadline(Date.now() + 2_000, () =>
        connection.workflowService.describeNamespace({ namespace: 'temporal-system' }),
      );
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}
