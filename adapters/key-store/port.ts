/**
 * Keys of the house, behind one port: a local implementation derives and wraps them with a master key; a hardware
 * module or a cloud key service can take its place without a caller noticing.
 *
 * Two sorts of key exist. *House keys* serve one purpose each, have a version, and can be rotated: new data is sealed
 * with the current one while older ones go on opening what they sealed. *Case keys* belong to one case and seal its
 * personal data and documents; destroying a case's key makes all of that unreadable wherever copies may lie.
 */
export const KEY_PURPOSES = [
  'payload',
  'case-wrapping',
  'blind-index',
  'object-name',
  'archive-seal',
  'confirmation-code',
] as const;
/**
 * - `payload`: what the workflow engine stores.
 * - `case-wrapping`: wraps the key of each case.
 * - `blind-index`: exact-match search of values that are stored sealed.
 * - `object-name`: names of stored objects that tell nothing of their content.
 * - `archive-seal`: the seed of the key that signs archive volumes.
 * - `confirmation-code`: the codes by which a party confirms a new telephone number.
 */
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

/** A key with the name it is found by again. */
export interface NamedKey {
  readonly keyId: string;
  /** 32 bytes. Never logged, never stored in clear. */
  readonly key: Buffer;
}

export interface KeyStore {
  /** The house key of this id, current or earlier; undefined when this store has never had it. */
  dataKey(keyId: string): Promise<Buffer | undefined>;
  /** The key that new data of this purpose is sealed with. */
  currentKey(purpose: KeyPurpose): Promise<NamedKey>;
  /** Every key of this purpose that may still be met, the current one first: a search must try them all. */
  keysOf(purpose: KeyPurpose): Promise<readonly NamedKey[]>;

  /**
   * Gives the case its own key, once: a second call returns the key of the first.
   * @param within storage bound to the caller's database transaction, so that case and key appear together.
   * @throws {CaseKeyErased} when the case's key was destroyed.
   */
  createCaseKey(caseNumber: string, within?: WrappedKeyStorage): Promise<Buffer>;
  /**
   * The key of a case.
   * @throws {CaseKeyMissing} when none was made, {CaseKeyErased} when it was destroyed,
   * {WrappingKeyUnknown} when the key that wraps it is not at hand.
   */
  caseKey(caseNumber: string): Promise<Buffer>;
  /** Fetches the keys of several cases at once, so that {@link caseKey} has them at hand for a while. */
  prepareCaseKeys(caseNumbers: readonly string[]): Promise<void>;
  /**
   * Destroys a case's key for good; doing it twice changes nothing. Another process may hold the key in memory for
   * the life of its cache entry (seconds, see the implementation).
   */
  destroyCaseKey(caseNumber: string): Promise<void>;
}

/** A case's key as it is stored: useless without the wrapping key that `keyId` names. */
export interface WrappedKey {
  readonly caseNumber: string;
  /** The house key that wraps it. */
  readonly keyId: string;
  /** Sealed key; null once erased, so that a case never silently gets a second key. */
  readonly wrapped: Uint8Array | null;
}

/** What the database layer provides. */
export interface WrappedKeyStorage {
  /** Stores the row unless the case already has one, erased or not, and returns the row that now stands. */
  insert(row: WrappedKey): Promise<WrappedKey>;
  find(caseNumber: string): Promise<WrappedKey | undefined>;
  /** Where storage can read several rows at once; those that do not exist are left out. */
  findMany?(caseNumbers: readonly string[]): Promise<readonly WrappedKey[]>;
  /** Overwrites `wrapped` with null and keeps the row. */
  erase(caseNumber: string): Promise<void>;
}
