/** No object has this id. */
export class ObjectMissing extends Error {
  override readonly name = 'ObjectMissing';
  constructor(objectId: string) {
    super(`There is no object ${objectId}.`);
  }
}

/** What is stored under this id is not what was put there, or belongs to another case. */
export class ObjectDamaged extends Error {
  override readonly name = 'ObjectDamaged';
  constructor(objectId: string, cause: unknown) {
    super(`Object ${objectId} does not verify.`, { cause });
  }
}

/** The text is not an object id. */
export class ObjectIdInvalid extends Error {
  override readonly name = 'ObjectIdInvalid';
  constructor() {
    super('An object id has 64 hexadecimal digits.');
  }
}

/** The storage failed or did not answer in time; worth a retry. `code` is the system's, such as ENOSPC. */
export class ObjectStoreUnavailable extends Error {
  override readonly name = 'ObjectStoreUnavailable';
  readonly code: string;
  constructor(operation: string, code: string, cause: unknown) {
    super(`The object store could not ${operation} (${code}).`, { cause });
    this.code = code;
  }
}
