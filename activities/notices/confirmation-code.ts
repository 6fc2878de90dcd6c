import { createHmac, timingSafeEqual } from 'node:crypto';

/** The part of the key store that codes come from. */
export interface CodeKeys {
  /** The current key first. */
  keysOf(purpose: 'confirmation-code'): Promise<readonly { readonly key: Uint8Array }[]>;
}

/** Digits of a code: short enough to be read out over the telephone. */
const DIGITS = 6;

/**
 * The code by which a party proves that a new number reaches them. It follows from the change's id and a key of the
 * house, so that it need not be stored anywhere: whoever reads the database cannot confirm a number.
 * @param changeId id of the `number_change`
 */
export async function confirmationCode(keys: CodeKeys, changeId: string): Promise<string> {
  const [current] = await keys.keysOf('confirmation-code');
  if (!current) throw new Error('the key store has no key for confirmation codes');
  return codeUnder(current.key, changeId);
}

/** Whether this is the code of the change, under the present key or one before it. */
export async function isConfirmationCode(keys: CodeKeys, changeId: string, given: string): Promise<boolean> {
  const digits = given.normalize('NFKC').replaceAll(/[\s-]/g, '');
  if (!/^\d{6}$/.test(digits)) return false;
  const all = await keys.keysOf('confirmation-code');
  return all.some(({ key }) => timingSafeEqual(Buffer.from(codeUnder(key, changeId)), Buffer.from(digits)));
}

/** HMAC-SHA-256 reduced to decimal digits; 48 bits make the remainder's bias too small to matter (below 10⁻⁸). */
function codeUnder(key: Uint8Array, changeId: string): string {
  const number = createHmac('sha256', key).update(changeId).digest().readUIntBE(0, 6);
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}
