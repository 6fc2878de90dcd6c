import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pinnedSchemaVersions } from './engine-programs.ts';
import { databaseUrl, ensureDatabases, withClient } from './postgres.ts';

const run = promisify(execFile);
const TOOL_TIMEOUT_MS = 120_000;

export const TEMPORAL_DATABASE = 'temporal';
export const VISIBILITY_DATABASE = 'temporal_visibility';

/**
 * Brings the server's two databases to the schema the pinned server expects.
 *
 * @returns whether anything had to be done.
 */
export async function ensureTemporalSchema(sqlTool: string, postgresUrl: string): Promise<boolean> {
  const pinned = pinnedSchemaVersions();
  await ensureDatabases(postgresUrl, [TEMPORAL_DATABASE, VISIBILITY_DATABASE]);
  const changed = await Promise.all([
    ensureSchema(sqlTool, postgresUrl, TEMPORAL_DATABASE, 'postgresql/v12/temporal', pinned.temporal),
    ensureSchema(sqlTool, postgresUrl, VISIBILITY_DATABASE, 'postgresql/v12/visibility', pinned.visibility),
  ]);
  return changed.includes(true);
}

async function ensureSchema(
  sqlTool: string,
  postgresUrl: string,
  database: string,
  schemaName: string,
  wanted: string,
): Promise<boolean> {
  const current = await schemaVersion(databaseUrl(postgresUrl, database));
  if (current === wanted) return false;
  const tool = sqlToolFor(sqlTool, postgresUrl, database);
  if (current === undefined) await tool(['setup-schema', '-v', '0.0']);
  await tool(['update-schema', '--schema-name', schemaName]);
  return true;
}

function sqlToolFor(sqlTool: string, postgresUrl: string, database: string) {
  const { hostname, port, username, password } = new URL(postgresUrl);
  // The password goes by environment: arguments are visible to every user of the machine.
  const env = { ...process.env, SQL_PASSWORD: decodeURIComponent(password) };
  const where = [
    '--ep',
    hostname,
    '-p',
    port || '5432',
    '-u',
    decodeURIComponent(username),
    '--db',
    database,
  ];
  return async (command: readonly string[]): Promise<void> => {
    await run(sqlTool, ['--pl', 'postgres12_pgx', ...where, ...command], { env, timeout: TOOL_TIMEOUT_MS });
  };
}

async function schemaVersion(url: string): Promise<string | undefined> {
  return withClient(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string | null }>(
      "select to_regclass('schema_version')::text as name",
    );
    if (!tables[0]?.name) return undefined;
    const { rows } = await client.query<{ curr_version: string }>('select curr_version from schema_version');
    return rows[0]?.curr_version;
  });
}
