import { mkdirSync } from 'node:fs';
import { type Config, type Environment, loadConfig } from '../../config/config.ts';
import { applyMigrations } from './migrate.ts';
import { Part, PART_NAMES, type PartEvent, type PartName, rejectWhen } from './part.ts';
import { assertPortsFree } from './ports.ts';
import { ensureDatabases } from './postgres.ts';
import { claimDataDir, ownIdentity, removeState, type SystemState, writeState } from './state-file.ts';
import { partSpec, partsOf, portsOf } from './system-parts.ts';
import { enginePrograms } from './engine-programs.ts';
import { ensureNamespaces } from './temporal-namespaces.ts';
import { ensureTemporalSchema } from './temporal-schema.ts';
import { Watchdog } from './watchdog.ts';

export interface SystemOptions {
  /** Variables over those of this process: `HELI_PORT`, `HELI_DATA`, … */
  readonly env?: Environment;
  /** What to start; by default all that the configuration has Heli run itself. */
  readonly parts?: readonly PartName[];
  /** Extra PostgreSQL settings, such as `fsync: 'off'` for data that is thrown away. */
  readonly postgresSettings?: Readonly<Record<string, string>>;
  readonly onEvent?: (event: SystemEvent) => void;
  /** Breaks off a start; whatever was started is stopped again. */
  readonly signal?: AbortSignal;
}

export type SystemEvent =
  PartEvent | { readonly kind: 'done'; readonly step: string; readonly ms: number; readonly detail?: string };

/** A running system. */
export interface System {
  readonly config: Config;
  readonly parts: readonly PartName[];
  readonly addresses: Addresses;
  /** Environment in which a script sees this system. */
  readonly env: Environment;
  pid(part: PartName): number | undefined;
  isReady(part: PartName): boolean;
  /** Stops one part and does not restart it. */
  stopPart(part: PartName): Promise<void>;
  startPart(part: PartName): Promise<void>;
  /** Stops everything, last started first. */
  stop(): Promise<void>;
}

export interface Addresses {
  readonly apiUrl: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string;
  readonly simulatorsUrl: string;
  readonly smtpUrl: string;
}

/** What may be stopped together; each row waits for the one before. */
const STOP_ORDER: readonly (readonly PartName[])[] = [
  ['api'],
  ['worker'],
  ['simulators', 'temporal-ui'],
  ['temporal'],
  ['postgres'],
];

/**
 * Starts the system, or some parts of it, and resolves when all are ready.
 * Parts that need each other wait for each other; the rest starts at once.
 *
 * @throws ConfigError, PortsInUseError, PartFailedError; whatever was started is stopped again.
 */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const env = { ...process.env, ...options.env };
  const config = loadConfig(env);
  const names = PART_NAMES.filter((name) => (options.parts ?? partsOf(config)).includes(name));
  mkdirSync(config.dataDir, { recursive: true });
  await claimDataDir(config.dataDir);
  await assertPortsFree(names.flatMap((name) => portsOf(name, config)));
  const run = new Run(config, env, names, options);
  try {
    await Promise.race([run.start(), ...(options.signal ? [rejectWhen(options.signal)] : [])]);
  } catch (error) {
    await run.stop();
    throw error;
  }
  return run;
}

class Run implements System {
  readonly config: Config;
  readonly env: Environment;
  readonly parts: readonly PartName[];
  readonly #options: SystemOptions;
  readonly #running = new Map<PartName, Part>();
  readonly #watchdog = new Watchdog();
  readonly #state: SystemState;
  #stopping: Promise<void> | undefined;

  constructor(config: Config, env: Environment, parts: readonly PartName[], options: SystemOptions) {
    this.config = config;
    this.env = { ...env, HELI_DATA: config.dataDir };
    this.parts = parts;
    this.#options = options;
    this.#state = { supervisor: ownIdentity(), apiUrl: config.api.publicUrl, parts: {} };
    writeState(config.dataDir, this.#state);
  }

  get addresses(): Addresses {
    const { api, database, temporal, simulators } = this.config;
    return {
      apiUrl: `http://127.0.0.1:${api.port}`,
      databaseUrl: database.url,
      temporalAddress: temporal.address,
      temporalUiUrl: `http://127.0.0.1:${temporal.uiPort}`,
      simulatorsUrl: simulators.url,
      smtpUrl: `smtp://127.0.0.1:${simulators.smtpPort}`,
    };
  }

  pid(name: PartName): number | undefined {
    return this.#running.get(name)?.pid;
  }

  isReady(name: PartName): boolean {
    return this.#running.get(name)?.isReady ?? false;
  }

  async start(): Promise<void> {
    const beside = Promise.all([this.#startIfWanted('simulators'), this.#startIfWanted('temporal-ui')]);
    // Its failure is reported below, after whatever started meanwhile.
    beside.catch(() => undefined);
    await this.#startIfWanted('postgres');
    await Promise.all([this.#prepareDatabase(), this.#startTemporal()]);
    await Promise.all([this.#startIfWanted('worker'), this.#startIfWanted('api')]);
    await beside;
  }

  async startPart(name: PartName): Promise<void> {
    if (this.#stopping) throw new Error('the system is stopping');
    let part = this.#running.get(name);
    if (!part) {
      const spec = await partSpec(name, this.config, this.env, this.#options.postgresSettings ?? {});
      part = new Part(spec, (event) => this.#take(event));
      this.#running.set(name, part);
    }
    await part.start();
  }

  async stopPart(name: PartName): Promise<void> {
    await this.#running.get(name)?.stop();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    for (const row of STOP_ORDER) await Promise.all(row.map((name) => this.stopPart(name)));
    await this.#watchdog.close();
    removeState(this.config.dataDir);
  }

  #startIfWanted(name: PartName): Promise<void> {
    return this.parts.includes(name) ? this.startPart(name) : Promise.resolve();
  }

  async #prepareDatabase(): Promise<void> {
    const { url } = this.config.database;
    if (!this.#needsDatabase()) return;
    await this.#timed('database', async () => {
      if (this.config.database.managed) await ensureDatabases(url, [new URL(url).pathname.slice(1)]);
      const applied = await applyMigrations(url);
      return applied.length > 0 ? `${applied.length} migrations applied` : undefined;
    });
  }

  #needsDatabase(): boolean {
    return (['postgres', 'worker', 'api'] as const).some((name) => this.parts.includes(name));
  }

  async #startTemporal(): Promise<void> {
    const { temporal, database } = this.config;
    if (this.parts.includes('temporal')) {
      await this.#timed('temporal schema', async () => {
        const changed = await ensureTemporalSchema(enginePrograms().sqlTool, database.url);
        return changed ? 'made or updated' : undefined;
      });
      await this.startPart('temporal');
    }
    if (!this.parts.includes('temporal') && !this.parts.includes('worker')) return;
    await this.#timed('namespaces', async () => {
      await ensureNamespaces({
        address: temporal.address,
        namespaces: [temporal.namespace, temporal.rehearsalNamespace],
        retentionDays: temporal.retentionDays,
      });
      return undefined;
    });
  }

  async #timed(step: string, work: () => Promise<string | undefined>): Promise<void> {
    const began = performance.now();
    const detail = await work();
    const ms = Math.round(performance.now() - began);
    this.#options.onEvent?.({ kind: 'done', step, ms, ...(detail === undefined ? {} : { detail }) });
  }

  #take(event: PartEvent): void {
    const { parts } = this.#state;
    if (event.kind === 'started') {
      this.#watchdog.watch(event.process, event.ask);
      parts[event.part] = {
        ...event.process,
        ready: false,
        ask: event.ask === 'SIGINT' ? 'SIGINT' : 'SIGTERM',
      };
    } else if (event.kind === 'ended') {
      this.#watchdog.forget(event.process.pid);
      Reflect.deleteProperty(parts, event.part);
    } else if (event.kind === 'ready') {
      const known = parts[event.part];
      if (known) parts[event.part] = { ...known, ready: true };
    }
    writeState(this.config.dataDir, this.#state);
    this.#options.onEvent?.(event);
  }
}
