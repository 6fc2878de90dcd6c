import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  SqlResultSet,
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
export function schemaAdapter(url: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg({ connectionString: url });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => readingCatalogue(await factory.connect()),
    connectToShadowDb: async () => readingCatalogue(await shadowDatabase(url)),
  };
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
    const sql = /pg_(class|constraint|attribute|type|index)\b/.test(query.sql)
      ? await withoutOneByteChars(adapter.underlyingDriver(), query)
      : query.sql;
    return queryRaw({ ...query, sql });
  };
  return adapter;
}

/** The same query with its `"char"` columns turned into text. */
async function withoutOneByteChars(pool: pg.Pool, { sql, args }: SqlQuery): Promise<string> {
  // On lines of its own: it may end in a comment.
  const inner = `\n${sql.trim().replace(/;$/, '')}\n`;
  const { fields } = await pool.query(`select * from (${inner}) described limit 0`, args);
  if (!fields.some(({ dataTypeID }) => dataTypeID === ONE_BYTE_CHAR)) return sql;
  const columns = fields.map(({ name, dataTypeID }) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    return dataTypeID === ONE_BYTE_CHAR ? `${quoted}::text as ${quoted}` : quoted;
  });
  return `select ${columns.join(', ')} from (${inner}) described`;
}
