/**
 * Where bytes of documents, certificates and archive volumes lie. Callers see {@link ObjectStore}: sealed with the
 * case's key, named by their content. Beneath it a {@link BlobStore} keeps opaque bytes: a directory here; a bucket
 * with the S3 API needs only these four operations, each of which it has (put, get, head, delete of one object).
 */
export interface ObjectStore {
  /**
   * Stores bytes of a case. The same bytes of the same case give the same id, so a repeated call changes nothing.
   * @throws {ObjectStoreUnavailable} when the storage fails; a retry may succeed.
   */
  put(caseNumber: string, bytes: Uint8Array): Promise<StoredObject>;
  /**
   * @throws {ObjectMissing}, {ObjectDamaged} when the bytes are not those that were stored, {ObjectStoreUnavailable};
   * and the key store's errors, among them `CaseKeyErased` for a case whose data was erased.
   */
  get(caseNumber: string, objectId: string): Promise<Buffer>;
  has(objectId: string): Promise<boolean>;
  /** Removes an object; one that is not there is no error. */
  delete(objectId: string): Promise<void>;
}

export interface StoredObject {
  /** 64 hexadecimal digits; tells nothing about content or case without the key that made it. */
  readonly objectId: string;
  /** Length of the bytes as given. */
  readonly size: number;
  /** SHA-256 of the bytes as given, in hexadecimal: for manifests, never for names. */
  readonly sha256: string;
}

/** Opaque bytes under a name of 64 hexadecimal digits; all methods throw {ObjectStoreUnavailable} when storage fails. */
export interface BlobStore {
  /** Whole or not at all, and on stable storage when the promise is fulfilled; replaces what has the name. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  read(name: string): Promise<Buffer | undefined>;
  exists(name: string): Promise<boolean>;
  remove(name: string): Promise<void>;
}
