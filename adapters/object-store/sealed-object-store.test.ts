import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaseKeyErased, CaseKeyMissing } from '../key-store/errors.ts';
import { LocalKeyStore } from '../key-store/local-key-store.ts';
import type { WrappedKey } from '../key-store/port.ts';
import { ObjectDamaged, ObjectIdInvalid, ObjectMissing, ObjectStoreUnavailable } from './errors.ts';
import { FileBlobStore } from './file-blob-store.ts';
import { SealedObjectStore } from './sealed-object-store.ts';

const CASE = 'gm-centre-2026-000001';
const OTHER_CASE = 'gm-centre-2026-000002';
const rows = new Map<string, WrappedKey>();
const keys = new LocalKeyStore({
  masterKey: randomBytes(32),
  storage: {
    insert(row) {
      const standing = rows.get(row.caseNumber) ?? row;
      rows.set(row.caseNumber, standing);
      return Promise.resolve(standing);
    },
    find: (caseNumber) => Promise.resolve(rows.get(caseNumber)),
    erase(caseNumber) {
      const row = rows.get(caseNumber);
      if (row !== undefined) rows.set(caseNumber, { ...row, wrapped: null });
      return Promise.resolve();
    },
  },
});

let root: string;
let store: SealedObjectStore;
const pathOf = (id: string): string => join(root, id.slice(0, 2), id.slice(2, 4), id);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'heli-objects-'));
  store = new SealedObjectStore(new FileBlobStore({ root }), keys);
  await keys.createCaseKey(CASE);
  await keys.createCaseKey(OTHER_CASE);
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('an object', () => {
  it.each([0, 1, 70_000, 3_000_000])('of %d bytes comes back as it was', async (length) => {
    const bytes = randomBytes(length);
    const stored = await store.put(CASE, bytes);
    expect(stored).toMatchObject({ size: length, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect((await store.get(CASE, stored.objectId)).equals(bytes)).toBe(true);
    expect(await store.has(stored.objectId)).toBe(true);
  });

  it('has one id in its case, another in another case, and neither is its hash', async () => {
    const bytes = Buffer.from('the same agreement');
    const first = await store.put(CASE, bytes);
    const second = await store.put(CASE, bytes);
    const elsewhere = await store.put(OTHER_CASE, bytes);
    expect(second).toEqual(first);
    expect(elsewhere.objectId).not.toBe(first.objectId);
    expect(first.objectId).not.toBe(first.sha256);
  });

  it('lies on disk sealed, and no temporary file is left', async () => {
    const bytes = Buffer.from('离婚协议书'.repeat(20));
    const { objectId } = await store.put(CASE, bytes);
    expect((await readFile(pathOf(objectId))).includes(bytes.subarray(0, 15))).toBe(false);
    const files = await readdir(root, { recursive: true });
    expect(files.filter((file) => file.endsWith('.part'))).toEqual([]);
  });

  it('is stored once and whole when many store it at the same time', async () => {
    const bytes = randomBytes(200_000);
    const stored = await Promise.all(Array.from({ length: 8 }, () => store.put(CASE, bytes)));
    expect(new Set(stored.map((one) => one.objectId)).size).toBe(1);
    expect((await store.get(CASE, stored[0]?.objectId ?? '')).equals(bytes)).toBe(true);
  });

  it('is refused when altered, cut off, exchanged, or asked for under another case, and repaired by a new put', async () => {
    const bytes = Buffer.from('page 1');
    const { objectId } = await store.put(CASE, bytes);
    const { objectId: other } = await store.put(CASE, Buffer.from('page 2'));
    await expect(store.get(OTHER_CASE, objectId)).rejects.toThrow(ObjectDamaged);

    const whole = await readFile(pathOf(objectId));
    await writeFile(pathOf(objectId), Buffer.from(whole).fill(0, 20, 21));
    await expect(store.get(CASE, objectId)).rejects.toThrow(ObjectDamaged);
    await truncate(pathOf(objectId), 3);
    await expect(store.get(CASE, objectId)).rejects.toThrow(ObjectDamaged);
    await writeFile(pathOf(objectId), await readFile(pathOf(other)));
    await expect(store.get(CASE, objectId)).rejects.toThrow(ObjectDamaged);

    await store.put(CASE, bytes);
    expect(await store.get(CASE, objectId)).toEqual(bytes);
  });

  it('is gone once deleted, and deleting it again is no error', async () => {
    const { objectId } = await store.put(CASE, Buffer.from('to go'));
    await store.delete(objectId);
    await store.delete(objectId);
    expect(await store.has(objectId)).toBe(false);
    await expect(store.get(CASE, objectId)).rejects.toThrow(ObjectMissing);
  });

  it('cannot be read once the key of its case is destroyed, nor stored for a case without one', async () => {
    const erasedCase = 'gm-centre-2026-000003';
    await expect(store.put(erasedCase, Buffer.from('x'))).rejects.toThrow(CaseKeyMissing);
    await keys.createCaseKey(erasedCase);
    const { objectId } = await store.put(erasedCase, Buffer.from('x'));
    await keys.destroyCaseKey(erasedCase);
    await expect(store.get(erasedCase, objectId)).rejects.toThrow(CaseKeyErased);
  });
});

describe('the file blob store', () => {
  it.each(['', '../../etc/passwd', 'A'.repeat(64), 'a'.repeat(63), `${'a'.repeat(62)}/x`])(
    'takes no name like %p',
    async (name) => {
      await expect(store.get(CASE, name)).rejects.toThrow(ObjectIdInvalid);
      await expect(store.has(name)).rejects.toThrow(ObjectIdInvalid);
      await expect(store.delete(name)).rejects.toThrow(ObjectIdInvalid);
    },
  );

  it('names the failure of its disk', async () => {
    const file = join(root, 'a-file');
    await writeFile(file, '');
    const broken = new FileBlobStore({ root: file });
    await expect(broken.write('a'.repeat(64), Buffer.from('x'))).rejects.toThrow(ObjectStoreUnavailable);
    await expect(broken.write('a'.repeat(64), Buffer.from('x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(broken.read('a'.repeat(64))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
