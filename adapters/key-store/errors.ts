/** The sealed bytes are not ours, were altered, or were sealed with another key or for another place. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** The master key has not the form that is expected. */
export class MasterKeyInvalid extends Error {
  override readonly name = 'MasterKeyInvalid';
}

/** The case was never given a key. */
export class CaseKeyMissing extends Error {
  override readonly name = 'CaseKeyMissing';
  constructor(caseNumber: string) {
    super(`Case ${caseNumber} has no data key.`);
  }
}

/** The case's key was destroyed; its personal data can never be read again. */
export class CaseKeyErased extends Error {
  override readonly name = 'CaseKeyErased';
  constructor(caseNumber: string) {
    super(`The data key of case ${caseNumber} was erased.`);
  }
}

/** The case's key is wrapped by a house key this store does not have: an earlier master key is missing. */
export class WrappingKeyUnknown extends Error {
  override readonly name = 'WrappingKeyUnknown';
  constructor(caseNumber: string, keyId: string) {
    super(`The data key of case ${caseNumber} is wrapped by ${keyId}, which this key store does not have.`);
  }
}
