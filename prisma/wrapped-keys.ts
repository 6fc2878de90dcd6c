import type { WrappedKey, WrappedKeyStorage } from '../adapters/key-store/port.ts';
import type { Database, Transaction } from './database.ts';

/** The table of wrapped case keys; given a transaction, case and key appear together or not at all. */
export function wrappedKeys(db: Database | Transaction): WrappedKeyStorage {
  const find = async (caseNumber: string): Promise<WrappedKey | undefined> => {
    const row = await db.dataKey.findUnique({ where: { caseNumber } });
    return row ? { caseNumber, keyId: row.keyId, wrapped: row.wrappedKey } : undefined;
  };
  return {
    find,
    findMany: async (caseNumbers) => {
      const rows = await db.dataKey.findMany({ where: { caseNumber: { in: [...caseNumbers] } } });
      return rows.map(({ caseNumber, keyId, wrappedKey }) => ({ caseNumber, keyId, wrapped: wrappedKey }));
    },
    insert: async (row) => {
      const wrappedKey = row.wrapped ? new Uint8Array(row.wrapped) : null;
      await db.dataKey.createMany({
        data: [{ caseNumber: row.caseNumber, keyId: row.keyId, wrappedKey }],
        skipDuplicates: true,
      });
      return (await find(row.caseNumber)) ?? row;
    },
    erase: async (caseNumber) => {
      await db.dataKey.update({ where: { caseNumber }, data: { wrappedKey: null, erasedAt: new Date() } });
    },
  };
}
