import pg from 'pg';
import { databaseUrl } from '../../scripts/lib/postgres.ts';
import { DATABASES, type DatabaseName } from './statements.ts';

/** Bytes of every table with its indexes and its toast, by table. */
export type TableBytes = ReadonlyMap<string, number>;

/**
 * Table sizes of all databases, after dead rows are given back to their pages: what is compared is data, not the
 * traces of the updates that led to it.
 */
export async function tableBytes(url: string): Promise<Record<DatabaseName, TableBytes>> {
  const [heli, engine, visibility] = await Promise.all([
    tablesOf(databaseUrl(url, DATABASES.heli)),
    tablesOf(databaseUrl(url, DATABASES.engine)),
    tablesOf(databaseUrl(url, DATABASES.visibility)),
  ]);
  return { heli, engine, visibility };
}

async function tablesOf(url: string): Promise<TableBytes> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('vacuum');
    const { rows } = await client.query<{ name: string; bytes: string }>(
      `select c.relname as name, pg_total_relation_size(c.oid) as bytes
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname = 'public'`,
    );
    return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]));
  } finally {
    await client.end();
  }
}

/** What each table has grown by, the most first; tables that have not grown are left out. */
export function growth(before: TableBytes, after: TableBytes): [table: string, bytes: number][] {
  return [...after]
    .map(([table, bytes]): [string, number] => [table, bytes - (before.get(table) ?? 0)])
    .filter(([, bytes]) => bytes > 0)
    .sort(([, a], [, b]) => b - a);
}
