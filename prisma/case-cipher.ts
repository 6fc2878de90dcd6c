import { blindIndex, open, seal } from '../adapters/key-store/envelope.ts';
import type { KeyStore } from '../adapters/key-store/port.ts';

/** Seals and opens what belongs to a case; `place` (table.column) is bound in, so that values can't be swapped. */
export class CaseCipher {
  private readonly keys: KeyStore;

  constructor(keys: KeyStore) {
    this.keys = keys;
  }

  /** Fetches the keys of several cases at once, for what follows. */
  prepare(caseNumbers: readonly string[]): Promise<void> {
    return this.keys.prepareCaseKeys(caseNumbers);
  }

  /** @throws CaseKeyErased when the case's personal data has been erased */
  async seal(caseNumber: string, place: string, value: unknown): Promise<Uint8Array<ArrayBuffer>> {
    return sealJson(await this.keys.caseKey(caseNumber), caseNumber, place, value);
  }

  /** @throws CaseKeyErased when the case's personal data has been erased */
  async open<T>(caseNumber: string, place: string, sealed: Uint8Array): Promise<T> {
    const key = await this.keys.caseKey(caseNumber);
    return JSON.parse(open(key, sealed, `${caseNumber}|${place}`).toString('utf8')) as T;
  }

  /** Exact-match index of a name, an identity or a telephone number. */
  async index(text: string): Promise<string> {
    const { key } = await this.keys.currentKey('blind-index');
    return blindIndex(key, text);
  }

  /** Index of a couple by both identity numbers, the same whichever spouse comes first. */
  async coupleIndex(first: string, second: string): Promise<string> {
    return this.index([await this.index(first), await this.index(second)].sort().join('|'));
  }
}

/** Seals a JSON value under a key at hand (inside the transaction that makes the key). */
export function sealJson(
  key: Uint8Array,
  caseNumber: string,
  place: string,
  value: unknown,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(seal(key, JSON.stringify(value), `${caseNumber}|${place}`));
}
