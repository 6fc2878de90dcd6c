import { createHash, createHmac } from 'node:crypto';
import { open, seal } from '../key-store/envelope.ts';
import type { KeyStore } from '../key-store/port.ts';
import { ObjectDamaged, ObjectMissing } from './errors.ts';
import type { BlobStore, ObjectStore, StoredObject } from './port.ts';

/** Seals a case's bytes with the case's key before they reach the blob store, and verifies them when they return. */
export class SealedObjectStore implements ObjectStore {
  readonly #blobs: BlobStore;
  readonly #keys: Pick<KeyStore, 'caseKey' | 'currentKey'>;

  constructor(blobs: BlobStore, keys: Pick<KeyStore, 'caseKey' | 'currentKey'>) {
    this.#blobs = blobs;
    this.#keys = keys;
  }

  async put(caseNumber: string, bytes: Uint8Array): Promise<StoredObject> {
    const caseKey = await this.#keys.caseKey(caseNumber);
    const { key: nameKey } = await this.#keys.currentKey('object-name');
    const objectId = createHmac('sha256', nameKey).update(`${caseNumber}\n`).update(bytes).digest('hex');
    await this.#blobs.write(objectId, seal(caseKey, bytes, aadOf(caseNumber, objectId)));
    return { objectId, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  async get(caseNumber: string, objectId: string): Promise<Buffer> {
    const sealed = await this.#blobs.read(objectId);
    if (sealed === undefined) throw new ObjectMissing(objectId);
    const caseKey = await this.#keys.caseKey(caseNumber);
    try {
      return open(caseKey, sealed, aadOf(caseNumber, objectId));
    } catch (error) {
      throw new ObjectDamaged(objectId, error);
    }
  }

  has(objectId: string): Promise<boolean> {
    return this.#blobs.exists(objectId);
  }

  delete(objectId: string): Promise<void> {
    return this.#blobs.remove(objectId);
  }
}

/** Ties the bytes to their case and name: a file exchanged for another one, even of the same case, does not open. */
function aadOf(caseNumber: string, objectId: string): string {
  return `object\n${caseNumber}\n${objectId}`;
}
