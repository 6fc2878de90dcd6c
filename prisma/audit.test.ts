import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendAudit, type AuditFact, brokenAuditEntry } from './audit.ts';
import { type TestDatabase, testDatabase } from './test-support/database.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

const PATIENT = { maxWait: 30_000, timeout: 30_000 };
const fact = (stream: string, n: number): AuditFact => ({
  stream,
  at: new Date(Date.UTC(2026, 10, 23, 2, 0, 0, n)),
  actor: `staff-${n}`,
  role: 'clerk',
  action: 'read',
  detail: { n, nested: { z: 1, a: [1, { y: null, b: '离' }] }, missing: undefined },
});
const append = (facts: readonly AuditFact[]) => t.db.$transaction((tx) => appendAudit(tx, facts), PATIENT);

async function chainOf(stream: string, length: number): Promise<void> {
  for (let n = 1; n <= length; n += 1) await append([fact(stream, n)]);
}
/** Past the rule that binds everybody else, as somebody with the server in hands could. */
async function tamper(statement: string, values: readonly unknown[]): Promise<void> {
  await t.superuser.query('ALTER TABLE audit_entry DISABLE TRIGGER USER');
  const { rowCount } = await t.superuser.query(statement, [...values]);
  await t.superuser.query('ALTER TABLE audit_entry ENABLE TRIGGER USER');
  expect(rowCount).toBe(1);
}

describe('the chain', () => {
  it('holds when thirty write at once to one stream, and to others beside it', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => append([fact('case-1', n), fact('case-1', n + 100)])).concat(
        Array.from({ length: 10 }, (_, n) => append([fact('case-2', n)])),
      ),
    );
    const seqs = await t.db.auditEntry.findMany({ where: { stream: 'case-1' }, orderBy: { seq: 'asc' } });
    expect(seqs.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(await brokenAuditEntry(t.db, 'case-1')).toBeUndefined();
    expect(await brokenAuditEntry(t.db, 'case-2')).toBeUndefined();
  });

  it('has no entry of what was undone', async () => {
    const undone = t.db.$transaction(async (tx) => {
      await appendAudit(tx, [fact('undone', 1)]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await append([fact('undone', 2)]);
    expect(await t.db.auditEntry.count({ where: { stream: 'undone' } })).toBe(1);
    expect(await brokenAuditEntry(t.db, 'undone')).toBeUndefined();
  });

  it('of nothing is nothing', async () => {
    await append([]);
    expect(await brokenAuditEntry(t.db, 'never')).toBeUndefined();
  });
});

describe('the database', () => {
  beforeAll(() => chainOf('guarded', 2));

  it.each([
    ['UPDATE', `UPDATE audit_entry SET actor = 'nobody' WHERE stream = 'guarded'`],
    ['DELETE', `DELETE FROM audit_entry WHERE stream = 'guarded'`],
    ['TRUNCATE', 'TRUNCATE audit_entry'],
  ])('refuses %s', async (_verb, statement) => {
    await expect(t.db.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
    expect(await t.db.auditEntry.count({ where: { stream: 'guarded' } })).toBe(2);
  });
});

describe('tampering', () => {
  it.each([
    ['actor', `UPDATE audit_entry SET actor = 'nobody' WHERE stream = $1 AND seq = 3`],
    ['role', `UPDATE audit_entry SET role = 'admin' WHERE stream = $1 AND seq = 3`],
    ['action', `UPDATE audit_entry SET action = 'export' WHERE stream = $1 AND seq = 3`],
    ['at', `UPDATE audit_entry SET at = at + interval '1 millisecond' WHERE stream = $1 AND seq = 3`],
    ['detail', `UPDATE audit_entry SET detail = jsonb_set(detail, '{n}', '9') WHERE stream = $1 AND seq = 3`],
    ['hash', `UPDATE audit_entry SET hash = decode(repeat('00', 32), 'hex') WHERE stream = $1 AND seq = 3`],
    [
      'prev_hash',
      `UPDATE audit_entry SET prev_hash = decode(repeat('00', 32), 'hex') WHERE stream = $1 AND seq = 3`,
    ],
    ['the entry itself', `DELETE FROM audit_entry WHERE stream = $1 AND seq = 3`],
  ])('with %s is found', async (what, statement) => {
    const stream = `tampered-${what}`;
    await chainOf(stream, 5);
    await tamper(statement, [stream]);
    expect(await brokenAuditEntry(t.db, stream)).toBe(3);
  });

  it('with the order of two entries is found', async () => {
    await chainOf('swapped', 4);
    await tamper(`UPDATE audit_entry SET seq = 99 WHERE stream = $1 AND seq = 2`, ['swapped']);
    await tamper(`UPDATE audit_entry SET seq = 2 WHERE stream = $1 AND seq = 3`, ['swapped']);
    await tamper(`UPDATE audit_entry SET seq = 3 WHERE stream = $1 AND seq = 99`, ['swapped']);
    expect(await brokenAuditEntry(t.db, 'swapped')).toBe(2);
  });
});
