import { randomBytes } from 'node:crypto';
import { open, seal } from './envelope.ts';
import { CaseKeyErased, CaseKeyMissing, MasterKeyInvalid, WrappingKeyUnknown } from './errors.ts';
import { KeyCache } from './key-cache.ts';
import { deriveHouseKey, formatKeyId, masterKeyName, parseKeyId } from './master-key.ts';
import type { KeyPurpose, KeyStore, NamedKey, WrappedKey, WrappedKeyStorage } from './port.ts';

export interface LocalKeyStoreOptions {
  /** 32 bytes; see `parseMasterKey`. */
  readonly masterKey: Buffer;
  /** Master keys used before: they open, the current one seals. */
  readonly earlierMasterKeys?: readonly Buffer[];
  /** Raise a purpose's number to rotate its key; default 1. Every lower version goes on opening. */
  readonly versions?: Partial<Record<KeyPurpose, number>>;
  readonly storage: WrappedKeyStorage;
  /** Unwrapped case keys held in memory, at most; default 256. */
  readonly cacheCapacity?: number;
  /** Life of an unwrapped case key in memory, in milliseconds; default 30 000. */
  readonly cacheTtlMs?: number;
  /** Milliseconds, for the cache; default the system's clock. */
  readonly now?: () => number;
}

const KEY_BYTES = 32;

/** Key store of one machine or cluster that shares a master key: derives house keys, wraps case keys. */
export class LocalKeyStore implements KeyStore {
  readonly #masters: ReadonlyMap<string, Buffer>;
  readonly #currentMaster: string;
  readonly #versions: Partial<Record<KeyPurpose, number>>;
  readonly #storage: WrappedKeyStorage;
  /** Derived keys: bounded by purposes × versions × master keys, and no more secret than the master key beside them. */
  readonly #houseKeys = new Map<string, Buffer>();
  readonly #caseKeys: KeyCache;

  /** @throws {MasterKeyInvalid} when a master key is not 32 bytes long. */
  constructor(options: LocalKeyStoreOptions) {
    const all = [options.masterKey, ...(options.earlierMasterKeys ?? [])];
    if (all.some((key) => key.length !== KEY_BYTES))
      throw new MasterKeyInvalid('A master key must be 32 bytes.');
    this.#masters = new Map(all.map((key) => [masterKeyName(key), Buffer.from(key)]));
    if (this.#masters.size !== all.length) throw new MasterKeyInvalid('A master key is given twice.');
    this.#currentMaster = masterKeyName(options.masterKey);
    this.#versions = options.versions ?? {};
    this.#storage = options.storage;
    this.#caseKeys = new KeyCache({
      capacity: options.cacheCapacity ?? 256,
      ttlMs: options.cacheTtlMs ?? 30_000,
      now: options.now ?? Date.now,
    });
  }

  dataKey(keyId: string): Promise<Buffer | undefined> {
    return Promise.resolve(this.#houseKey(keyId));
  }

  currentKey(purpose: KeyPurpose): Promise<NamedKey> {
    return Promise.resolve(this.#current(purpose));
  }

  keysOf(purpose: KeyPurpose): Promise<readonly NamedKey[]> {
    const keys: NamedKey[] = [];
    for (const masterName of this.#masters.keys()) {
      for (let version = this.#version(purpose); version >= 1; version -= 1) {
        const keyId = formatKeyId(purpose, version, masterName);
        const key = this.#houseKey(keyId);
        if (key !== undefined) keys.push({ keyId, key });
      }
    }
    return Promise.resolve(keys);
  }

  async createCaseKey(caseNumber: string, within: WrappedKeyStorage = this.#storage): Promise<Buffer> {
    const wrapping = this.#current('case-wrapping');
    const wrapped = seal(wrapping.key, randomBytes(KEY_BYTES), wrappingAad(caseNumber, wrapping.keyId));
    // Unwrapping what the storage answers, not what was just made: of two callers at once, both get the first key.
    // Nothing is remembered here, since the caller's transaction may still be undone.
    return this.#unwrap(await within.insert({ caseNumber, keyId: wrapping.keyId, wrapped }));
  }

  async caseKey(caseNumber: string): Promise<Buffer> {
    const held = this.#caseKeys.get(caseNumber);
    if (held !== undefined) return held;
    const row = await this.#storage.find(caseNumber);
    if (row === undefined) throw new CaseKeyMissing(caseNumber);
    const key = this.#unwrap(row);
    this.#caseKeys.set(caseNumber, key);
    return key;
  }

  async prepareCaseKeys(caseNumbers: readonly string[]): Promise<void> {
    const wanted = [...new Set(caseNumbers)].filter((each) => this.#caseKeys.get(each) === undefined);
    if (wanted.length === 0 || !this.#storage.findMany) return;
    for (const row of await this.#storage.findMany(wanted)) {
      // An erased key is left for whoever asks for it, and is told so.
      if (row.wrapped !== null) this.#caseKeys.set(row.caseNumber, this.#unwrap(row));
    }
  }

  async destroyCaseKey(caseNumber: string): Promise<void> {
    await this.#storage.erase(caseNumber);
    this.#caseKeys.delete(caseNumber);
  }

  #unwrap(row: WrappedKey): Buffer {
    if (row.wrapped === null) throw new CaseKeyErased(row.caseNumber);
    const wrapping = this.#houseKey(row.keyId);
    if (wrapping === undefined) throw new WrappingKeyUnknown(row.caseNumber, row.keyId);
    return open(wrapping, row.wrapped, wrappingAad(row.caseNumber, row.keyId));
  }

  #current(purpose: KeyPurpose): NamedKey {
    const keyId = formatKeyId(purpose, this.#version(purpose), this.#currentMaster);
    const key = this.#houseKey(keyId);
    if (key === undefined) throw new MasterKeyInvalid('The current master key is not among the known ones.');
    return { keyId, key };
  }

  #version(purpose: KeyPurpose): number {
    return this.#versions[purpose] ?? 1;
  }

  #houseKey(keyId: string): Buffer | undefined {
    const known = this.#houseKeys.get(keyId);
    if (known !== undefined) return known;
    const parts = parseKeyId(keyId);
    const master = parts && this.#masters.get(parts.masterName);
    if (parts === undefined || master === undefined) return undefined;
    // One version ahead is known: while a rotation is rolled out, some processes seal with the next one already.
    // Any further is refused, so that forged ids cannot fill the memory.
    if (parts.version > this.#version(parts.purpose) + 1) return undefined;
    const key = deriveHouseKey(master, parts.purpose, parts.version);
    this.#houseKeys.set(keyId, key);
    return key;
  }
}

function wrappingAad(caseNumber: string, keyId: string): string {
  return `case-key\n${caseNumber}\n${keyId}`;
}
