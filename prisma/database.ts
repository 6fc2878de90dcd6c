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
  const adapter = new PrismaPg({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: QUEUE_MS,
    statement_timeout: 15_000,
  });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: QUEUE_MS } });
}
