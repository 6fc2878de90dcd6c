import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { CaseKeyErased, CaseKeyMissing, MasterKeyInvalid, SealBroken, WrappingKeyUnknown } from './errors.ts';
import { LocalKeyStore, type LocalKeyStoreOptions } from './local-key-store.ts';
import { parseMasterKey } from './master-key.ts';
import { KEY_PURPOSES, type WrappedKey, type WrappedKeyStorage } from './port.ts';

class TableInMemory implements WrappedKeyStorage {
  readonly rows = new Map<string, WrappedKey>();
  finds = 0;
  insert(row: WrappedKey): Promise<WrappedKey> {
    const standing = this.rows.get(row.caseNumber) ?? row;
    this.rows.set(row.caseNumber, standing);
    return Promise.resolve(standing);
  }
  find(caseNumber: string): Promise<WrappedKey | undefined> {
    this.finds += 1;
    return Promise.resolve(this.rows.get(caseNumber));
  }
  erase(caseNumber: string): Promise<void> {
    const row = this.rows.get(caseNumber);
    if (row !== undefined) this.rows.set(caseNumber, { ...row, wrapped: null });
    return Promise.resolve();
  }
}

const masterKey = randomBytes(32);
const CASE = 'gm-centre-2026-000001';

function storeOn(table: TableInMemory, options: Partial<LocalKeyStoreOptions> = {}): LocalKeyStore {
  return new LocalKeyStore({ masterKey, storage: table, ...options });
}

describe('house keys', () => {
  it('differ by purpose, version and master key', async () => {
    const seen = new Set<string>();
    for (const purpose of KEY_PURPOSES) {
      for (const options of [{}, { versions: { [purpose]: 2 } }, { masterKey: randomBytes(32) }]) {
        const { key } = await storeOn(new TableInMemory(), options).currentKey(purpose);
        expect(key).toHaveLength(32);
        seen.add(key.toString('hex'));
      }
    }
    expect(seen.size).toBe(KEY_PURPOSES.length * 3);
  });

  it('go on opening after a rotation, of the version or of the master key', async () => {
    const before = await storeOn(new TableInMemory()).currentKey('payload');
    const rotated = storeOn(new TableInMemory(), {
      masterKey: randomBytes(32),
      earlierMasterKeys: [masterKey],
      versions: { payload: 3 },
    });
    expect(await rotated.dataKey(before.keyId)).toEqual(before.key);
    expect((await rotated.currentKey('payload')).keyId).not.toBe(before.keyId);
    const keys = await rotated.keysOf('payload');
    expect(keys).toHaveLength(6);
    expect(keys[0]).toEqual(await rotated.currentKey('payload'));
    expect(keys).toContainEqual(before);
  });

  it('of the next version are known while a rotation is rolled out, and none beyond', async () => {
    const old = storeOn(new TableInMemory());
    const next = await storeOn(new TableInMemory(), { versions: { payload: 2 } }).currentKey('payload');
    const far = await storeOn(new TableInMemory(), { versions: { payload: 3 } }).currentKey('payload');
    expect(await old.dataKey(next.keyId)).toEqual(next.key);
    expect(await old.dataKey(far.keyId)).toBeUndefined();
  });

  it.each(['', 'payload', 'payload.0.aaaaaa', 'other.1.aaaaaa', 'payload.1.000000', 'payload.1.zzzzzz'])(
    'has none for the id %p',
    async (keyId) => {
      expect(await storeOn(new TableInMemory()).dataKey(keyId)).toBeUndefined();
    },
  );
});

describe('case keys', () => {
  it('are made once, stored wrapped, and found by another process', async () => {
    const table = new TableInMemory();
    const key = await storeOn(table).createCaseKey(CASE);
    expect(await storeOn(table).createCaseKey(CASE)).toEqual(key);
    expect(await storeOn(table).caseKey(CASE)).toEqual(key);
    const stored = Buffer.from(table.rows.get(CASE)?.wrapped ?? []);
    expect(stored.length).toBeGreaterThan(32);
    expect(stored.includes(key)).toBe(false);
  });

  it('are missing until made', async () => {
    await expect(storeOn(new TableInMemory()).caseKey(CASE)).rejects.toThrow(CaseKeyMissing);
  });

  it('once destroyed are never read or made again', async () => {
    const table = new TableInMemory();
    const store = storeOn(table);
    await store.createCaseKey(CASE);
    await store.caseKey(CASE);
    await store.destroyCaseKey(CASE);
    await store.destroyCaseKey(CASE);
    await expect(store.caseKey(CASE)).rejects.toThrow(CaseKeyErased);
    await expect(store.createCaseKey(CASE)).rejects.toThrow(CaseKeyErased);
  });

  it('cannot be moved to another case', async () => {
    const table = new TableInMemory();
    await storeOn(table).createCaseKey(CASE);
    const row = table.rows.get(CASE);
    if (row === undefined) throw new Error('the row was not stored');
    table.rows.set('gm-centre-2026-000002', { ...row, caseNumber: 'gm-centre-2026-000002' });
    await expect(storeOn(table).caseKey('gm-centre-2026-000002')).rejects.toThrow(SealBroken);
  });

  it('open with an earlier master key, and not without it', async () => {
    const table = new TableInMemory();
    const key = await storeOn(table).createCaseKey(CASE);
    const newMaster = { masterKey: randomBytes(32) };
    await expect(storeOn(table, newMaster).caseKey(CASE)).rejects.toThrow(WrappingKeyUnknown);
    const rotated = storeOn(table, { ...newMaster, earlierMasterKeys: [masterKey] });
    expect(await rotated.caseKey(CASE)).toEqual(key);
  });

  it('stay in memory for a short time and in small number', async () => {
    const table = new TableInMemory();
    let now = 0;
    const store = storeOn(table, { cacheTtlMs: 1_000, cacheCapacity: 2, now: () => now });
    const others = ['gm-centre-2026-000002', 'gm-centre-2026-000003'];
    for (const caseNumber of [CASE, ...others]) await store.createCaseKey(caseNumber);
    await store.caseKey(CASE);
    await store.caseKey(CASE);
    expect(table.finds).toBe(1);
    now = 1_000;
    await store.caseKey(CASE);
    expect(table.finds).toBe(2);
    for (const caseNumber of others) await store.caseKey(caseNumber);
    await store.caseKey(CASE);
    expect(table.finds).toBe(5);
  });
});

describe('parseMasterKey', () => {
  const key = randomBytes(32);
  it.each(['hex', 'base64', 'base64url'] as const)('reads %s', (encoding) => {
    expect(parseMasterKey(` ${key.toString(encoding)}\n`)).toEqual(key);
  });

  it.each(['', 'secret', 'ab'.repeat(31), 'zz'.repeat(32)])('refuses %p without repeating it', (text) => {
    expect(() => parseMasterKey(text)).toThrow(MasterKeyInvalid);
    if (text !== '') expect(() => parseMasterKey(text)).not.toThrow(text);
  });
});
