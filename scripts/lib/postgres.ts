import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { launchProgram, logFileOf } from './launch.ts';
import type { PartSpec } from './part.ts';
import { clusterDir, type PostgresPrograms, postgresPrograms } from './postgres-programs.ts';
import { identify, stopProcess } from './process-identity.ts';
import { type Account, databaseAccount } from './run-as.ts';

export interface PostgresOptions {
  readonly dataDir: string;
  /** `postgresql://user:password@127.0.0.1:port/database`. */
  readonly url: string;
  /** Extra server settings, such as `fsync: 'off'` for a cluster that is thrown away. */
  readonly settings?: Readonly<Record<string, string>>;
}

const ALWAYS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  timezone: 'UTC',
};

/** A PostgreSQL server of our own on `<dataDir>/postgres`, made when it is not there yet. */
export async function postgresPart({ dataDir, url, settings = {} }: PostgresOptions): Promise<PartSpec> {
  const account = databaseAccount();
  const programs = await postgresPrograms(account);
  const cluster = clusterDir(dataDir, account);
  const logFile = logFileOf(dataDir, 'postgres');
  if (!existsSync(join(cluster, 'PG_VERSION'))) makeCluster(programs, cluster, url, account);
  const flags = Object.entries({ ...ALWAYS, ...settings, port: new URL(url).port });
  return {
    name: 'postgres',
    launch: async () => {
      await endLeftBehind(cluster);
      const args = ['-D', cluster, ...flags.flatMap(([key, value]) => ['-c', `${key}=${value}`])];
      return launchProgram({ program: programs.postgres, args, env: process.env, logFile, account });
    },
    ready: (_, gone) => answers(url, gone),
    // SIGINT is PostgreSQL's "fast" shutdown: it does not wait for clients to leave.
    stopSignal: 'SIGINT',
    stopGraceMs: 20_000,
    logFile,
  };
}

function makeCluster(programs: PostgresPrograms, cluster: string, url: string, account: Account): void {
  const { username, password } = new URL(url);
  const dir = mkdtempSync(join(tmpdir(), 'heli-initdb-'));
  const passwordFile = join(dir, 'password');
  try {
    writeFileSync(passwordFile, `${decodeURIComponent(password)}\n`, { mode: 0o600 });
    for (const path of [dir, passwordFile]) {
      if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
    }
    // The built-in locale sorts alike on every platform, whatever the system has installed.
    const args = [
      `--pgdata=${cluster}`,
      `--username=${username}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ];
    const made = spawnSync(programs.initdb, args, { ...account, cwd: '/', encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr.trim()}`);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/**
 * A supervisor that was killed may leave its server running, or its
 * `postmaster.pid` behind, whose number may meanwhile belong to another program.
 */
async function endLeftBehind(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const [pidLine = '', directory = ''] = readFileSync(pidFile, 'utf8').split('\n');
  const identity = identify(Number(pidLine));
  if (identity && directory === cluster && runsPostgres(identity.pid)) {
    await stopProcess(identity, 'SIGINT', 20_000);
  }
  rmSync(pidFile, { force: true });
}

function runsPostgres(pid: number): boolean {
  const shown = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  const name = shown.status === 0 ? shown.stdout : readIfThere(`/proc/${pid}/comm`);
  return name.trim().endsWith('postgres');
}

const readIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Resolves when the server behind this URL lets us in; the database itself need not exist. */
export async function answers(url: string, gone: AbortSignal): Promise<void> {
  while (!gone.aborted) {
    if (await withClient(maintenanceUrl(url), () => Promise.resolve(true)).catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

/** Makes the databases that are not there yet. */
export async function ensureDatabases(url: string, names: readonly string[]): Promise<void> {
  await withClient(maintenanceUrl(url), async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
    const existing = new Set(rows.map(({ datname }) => datname));
    for (const name of names.filter((wanted) => !existing.has(wanted))) {
      await client.query(`create database ${client.escapeIdentifier(name)}`);
    }
  });
}

/** Runs `work` on one connection of its own and closes it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that goes away during `work` fails the query; the idle connection's own event must not end us.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server, at the database every cluster has. */
export function maintenanceUrl(url: string): string {
  return databaseUrl(url, 'postgres');
}

/** The same server, at another database. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
