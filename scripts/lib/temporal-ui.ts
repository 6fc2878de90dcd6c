import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enginePrograms } from './engine-programs.ts';
import { launchProgram, logFileOf } from './launch.ts';
import type { PartSpec } from './part.ts';

export interface TemporalUiOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly temporalAddress: string;
  readonly namespace: string;
  /** Where authorised people's browsers have payloads decoded. */
  readonly codecEndpoint: string;
}

/** Temporal's Web UI, for looking only: cases are repaired with validated acts, not in the engine. */
export function temporalUiPart(options: TemporalUiOptions): PartSpec {
  const logFile = logFileOf(options.dataDir, 'temporal-ui');
  return {
    name: 'temporal-ui',
    launch: () => {
      const { ui } = enginePrograms();
      if (!ui) throw new Error('the Temporal Web UI is not installed');
      const config = writeConfig(options);
      const args = ['--root', '/', '--config', config, '--env', 'heli', 'start'];
      return Promise.resolve(launchProgram({ program: ui, args, env: process.env, logFile }));
    },
    ready: async (_, gone) => {
      while (!gone.aborted) {
        const answer = await fetch(`http://127.0.0.1:${options.port}/healthz`).catch(() => undefined);
        if (answer?.ok) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    stopSignal: 'SIGTERM',
    stopGraceMs: 5_000,
    logFile,
  };
}

function writeConfig({
  dataDir,
  port,
  temporalAddress,
  namespace,
  codecEndpoint,
}: TemporalUiOptions): string {
  const dir = join(dataDir, 'temporal', 'ui');
  mkdirSync(dir, { recursive: true });
  const config = {
    temporalGrpcAddress: temporalAddress,
    host: '127.0.0.1',
    port,
    enableUi: true,
    defaultNamespace: namespace,
    disableWriteActions: true,
    disableNewsFetch: true,
    codec: { endpoint: codecEndpoint, passAccessToken: true },
    cors: { allowOrigins: [`http://127.0.0.1:${port}`, `http://localhost:${port}`] },
  };
  writeFileSync(join(dir, 'heli.yaml'), JSON.stringify(config, null, 2));
  return dir;
}
