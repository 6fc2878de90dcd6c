import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;
/** The client inside an interactive transaction. */
export type Transaction = Prisma.TransactionClient;

/**
 * Opens the case database.
 * @param url PostgreSQL connection string
 * @param poolSize connections this process may hold
 */
export function openDatabase(url: string, poolSize = 10): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
  });
  return new PrismaClient({ adapter });
}
