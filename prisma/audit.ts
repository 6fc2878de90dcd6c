import { createHash } from 'node:crypto';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './database.ts';

export interface AuditFact {
  /** A case number, or `system`. */
  readonly stream: string;
  readonly at: Date;
  readonly actor: string;
  readonly role: string;
  readonly action: string;
  /** Codes and ids only. */
  readonly detail: Readonly<Record<string, unknown>>;
}

const GENESIS = Buffer.alloc(32);

/**
 * Appends to the hash chain of a stream, inside the transaction of what is audited. The lock makes writers of
 * one stream queue; other streams go on.
 */
export async function appendAudit(tx: Transaction, facts: readonly AuditFact[]): Promise<void> {
  const first = facts[0];
  if (!first) return;
  // Two statements: the second one's snapshot must be taken after the lock is held.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${first.stream}, 7))`;
  const last = await tx.auditEntry.findFirst({
    where: { stream: first.stream },
    orderBy: { seq: 'desc' },
    select: { seq: true, hash: true },
  });
  let seq = last?.seq ?? 0;
  let prevHash: Uint8Array = last?.hash ?? GENESIS;
  const rows = facts.map((fact) => {
    seq += 1;
    const hash = auditHash(seq, fact, prevHash);
    const row = {
      ...fact,
      seq,
      detail: fact.detail as Prisma.InputJsonObject,
      prevHash: new Uint8Array(prevHash),
      hash: new Uint8Array(hash),
    };
    prevHash = hash;
    return row;
  });
  await tx.auditEntry.createMany({ data: rows });
}

/** SHA-256 over the entry in canonical form and the hash before it. */
export function auditHash(seq: number, fact: AuditFact, prevHash: Uint8Array): Buffer {
  const body = [
    fact.stream,
    seq,
    fact.at.toISOString(),
    fact.actor,
    fact.role,
    fact.action,
    canonical(fact.detail),
  ];
  return createHash('sha256').update(prevHash).update(JSON.stringify(body)).digest();
}

/** JSON with sorted keys: the database may give an object's keys back in another order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return `{${entries
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** Reads a stream's chain again and names the first entry that does not fit; undefined when all do. */
export async function brokenAuditEntry(tx: Transaction, stream: string): Promise<number | undefined> {
  const entries = await tx.auditEntry.findMany({ where: { stream }, orderBy: { seq: 'asc' } });
  let prevHash: Uint8Array = GENESIS;
  let expected = 1;
  for (const entry of entries) {
    const fact = { ...entry, detail: entry.detail as Record<string, unknown> };
    const hash = auditHash(entry.seq, fact, prevHash);
    const linked = Buffer.from(entry.prevHash).equals(prevHash) && hash.equals(Buffer.from(entry.hash));
    if (entry.seq !== expected || !linked) return expected;
    prevHash = hash;
    expected += 1;
  }
  return undefined;
}
