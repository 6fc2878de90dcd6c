import type { Transaction } from './database.ts';

/**
 * The next number of a sequence, from 1. The row stays locked until the caller's transaction ends, so numbers
 * are unique under concurrency and a rollback leaves no gap.
 */
export async function nextNumber(tx: Transaction, name: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ value: number }[]>`
    INSERT INTO counter (name, value) VALUES (${name}, 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value`;
  if (!row) throw new Error(`counter ${name} gave no number`);
  return row.value;
}
