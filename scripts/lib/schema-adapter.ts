import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { databaseUrl, withClient } from './postgres.ts';

/** PostgreSQL's one-byte type `"char"`, which its catalogue is full of and the adapter cannot read. */
const ONE_BYTE_CHAR = 18;

interface PgAdapter extends SqlDriverAdapter {
  underlyingDriver(): pg.Pool;
}

/**
 * The `pg` adapter as the schema engine needs it: the adapter serves an
 * application's tables, the engine reads the catalogue as well.
 */
export function schemaAdapter(url: string): {
  factory: SqlMigrationAwareDriverAdapterFactory;
  /** Ends the connections the engine has left open. */
  close: () => Promise<void>;
} {
  const open: PgAdapter[] = [];
  const pg = new PrismaPg({ connectionString: url });
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: pg.provider,
    adapterName: pg.adapterName,
    connect: async () => {
      const adapter = await pg.connect();
      open.push(adapter);
      return readingCatalogue(adapter);
    },
    connectToShadowDb: async () => readingCatalogue(await shadowDatabase(url)),
  };
  const close = async (): Promise<void> => {
    const pools = open.map((adapter) => adapter.underlyingDriver()).filter((pool) => !pool.ended);
    await Promise.all(pools.map((pool) => pool.end()));
  };
  return { factory, close };
}

/** An empty database beside this one, dropped when the engine has done with it. */
async function shadowDatabase(url: string): Promise<PgAdapter> {
  const name = `heli_shadow_${randomUUID()}`;
  await withClient(url, (client) => client.query(`create database "${name}"`));
  const adapter = await new PrismaPg({ connectionString: databaseUrl(url, name) }).connect();
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose();
    await withClient(url, (client) => client.query(`drop database "${name}" with (force)`));
  };
  return adapter;
}

function readingCatalogue(adapter: PgAdapter): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query: SqlQuery): Promise<SqlResultSet> => {
    const chars = await oneByteCharColumns(adapter.underlyingDriver(), query);
    if (chars.columns.every((isChar) => !isChar)) return queryRaw(query);
    const result = await queryRaw({ ...query, sql: chars.readable });
    const columnTypes = result.columnTypes.map((type, index) =>
      chars.columns[index] ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
  return adapter;
}

/** Which columns of a catalogue query are `"char"`, and the same query with those turned into text. */
async function oneByteCharColumns(
  pool: pg.Pool,
  { sql, args }: SqlQuery,
): Promise<{ columns: boolean[]; readable: string }> {
  if (!/pg_(class|constraint|attribute|type|index)\b/.test(sql)) return { columns: [], readable: sql };
  // On lines of its own: it may end in a comment.
  const from = `from (\n${sql.trim().replace(/;$/, '')}\n) described`;
  const { fields } = await pool.query(`select * ${from} limit 0`, args);
  const columns = fields.map(({ dataTypeID }) => dataTypeID === ONE_BYTE_CHAR);
  const names = fields.map(({ name }) => `"${name.replaceAll('"', '""')}"`);
  const readable = names
    .map((name, index) => (columns[index] ? `${name}::text as ${name}` : name))
    .join(', ');
  return { columns, readable: `select ${readable} ${from}` };
}
