import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, Environment } from '../../config/config.ts';
import { enginePrograms } from './engine-programs.ts';
import { announcesReady, launchOwn, logFileOf } from './launch.ts';
import type { PartName, PartSpec } from './part.ts';
import { PROJECT_DIR } from './paths.ts';
import type { PortUse } from './ports.ts';
import { postgresPart } from './postgres.ts';
import { temporalServerPart } from './temporal-server.ts';
import { temporalUiPart } from './temporal-ui.ts';

const MAIN_FILES = {
  simulators: 'simulators/main.ts',
  worker: 'worker/main.ts',
  api: 'api/main.ts',
} as const;
const INTERNAL_PORTS = 8;

/** What this configuration has Heli run itself. */
export function partsOf(config: Config): PartName[] {
  const parts: PartName[] = [];
  if (config.database.managed) parts.push('postgres');
  if (config.temporal.managed) parts.push('temporal');
  if (config.temporal.managed && enginePrograms().ui) parts.push('temporal-ui');
  if (config.mode === 'demo') parts.push('simulators');
  return [...parts, 'worker', 'api'];
}

/** How one part is run under this configuration. */
export async function partSpec(
  name: PartName,
  config: Config,
  env: Environment,
  postgresSettings: Readonly<Record<string, string>>,
): Promise<PartSpec> {
  const { dataDir, temporal } = config;
  switch (name) {
    case 'postgres':
      return postgresPart({ dataDir, url: config.database.url, settings: postgresSettings });
    case 'temporal':
      return temporalServerPart({
        dataDir,
        postgresUrl: config.database.url,
        port: temporal.port,
        internalPort: temporal.internalPort,
        rehearsalNamespace: temporal.rehearsalNamespace,
      });
    case 'temporal-ui':
      return temporalUiPart({
        dataDir,
        port: temporal.uiPort,
        temporalAddress: temporal.address,
        namespace: temporal.namespace,
        codecEndpoint: `${config.api.publicUrl}/api/v1/codec`,
      });
    case 'simulators':
      return ownPart(name, config, { ...env, ...simulatorsEnv(config) });
    case 'worker':
    case 'api':
      return ownPart(name, config, env);
  }
}

function ownPart(name: keyof typeof MAIN_FILES, config: Config, env: Environment): PartSpec {
  const file = join(PROJECT_DIR, MAIN_FILES[name]);
  if (!existsSync(file)) throw new Error(`${MAIN_FILES[name]} does not exist`);
  const logFile = logFileOf(config.dataDir, name);
  return {
    name,
    launch: () =>
      Promise.resolve(launchOwn(file, { ...env, HELI_DATA: config.dataDir }, logFile, PROJECT_DIR)),
    ready: announcesReady,
    stopSignal: 'SIGTERM',
    stopGraceMs: 15_000,
    logFile,
  };
}

/** The simulators know nothing of the product, so they are told everything. */
const simulatorsEnv = ({ simulators, twilio, registers, dataDir }: Config): Environment => ({
  HELI_SIMULATORS_PORT: String(simulators.port),
  HELI_SMTP_PORT: String(simulators.smtpPort),
  HELI_SIMULATORS_STATE: join(dataDir, 'simulators'),
  HELI_REGISTER_TOKEN: registers.accessToken,
  TWILIO_ACCOUNT_SID: twilio.accountSid,
  TWILIO_AUTH_TOKEN: twilio.authToken,
});

/** Every port a part will listen on. */
export function portsOf(name: PartName, config: Config): PortUse[] {
  const { temporal, simulators } = config;
  switch (name) {
    case 'postgres':
      return [{ port: config.database.port, variable: 'HELI_POSTGRES_PORT', purpose: 'PostgreSQL' }];
    case 'temporal':
      return [
        { port: temporal.port, variable: 'HELI_TEMPORAL_PORT', purpose: 'Temporal server' },
        ...Array.from({ length: INTERNAL_PORTS }, (_, index) => ({
          port: temporal.internalPort + index,
          variable: 'HELI_TEMPORAL_INTERNAL_PORT',
          purpose: `one of the ${INTERNAL_PORTS} ports from there on that Temporal's services use among themselves`,
        })),
      ];
    case 'temporal-ui':
      return [{ port: temporal.uiPort, variable: 'TEMPORAL_UI_PORT', purpose: 'Temporal Web UI' }];
    case 'simulators':
      return [
        { port: simulators.port, variable: 'HELI_SIMULATORS_PORT', purpose: 'simulators' },
        { port: simulators.smtpPort, variable: 'HELI_SMTP_PORT', purpose: 'mail simulator' },
      ];
    case 'api':
      return [{ port: config.api.port, variable: 'HELI_PORT', purpose: 'API' }];
    case 'worker':
      return [];
  }
}
