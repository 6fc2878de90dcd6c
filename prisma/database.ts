import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;
/** The client inside an interactive transaction. */
export type Transaction = Prisma.TransactionClient;

/** How long a transaction may wait for a free connection: numbers without gaps are drawn one after the other. */
const QUEUE_MS = 10_000;

/**
 * Opens the case database.
 * @param url PostgreSQL connection string
 * @param poolSize connections this process may hold
 */
export function openDatabase(url: string, poolSize = 10): Database {
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: QUEUE_MS,
      statement_timeout: 15_000,
    },
    { statementNameGenerator: statementNames() },
  );
  return new PrismaClient({ adapter, transactionOptions: { maxWait: QUEUE_MS } });
}

/** Statements a connection keeps prepared; lists of varying length must not fill the server's memory. */
const PREPARED = 300;

/** Names by which the server keeps a statement's plan; parsing and planning cost it more than most of our queries. */
function statementNames(): ({ sql }: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    // Without a name the statement is not kept.
    if (names.size >= PREPARED) return '';
    const name = createHash('sha256').update(sql).digest('base64url').slice(0, 20);
    names.set(sql, name);
    return name;
  };
}
