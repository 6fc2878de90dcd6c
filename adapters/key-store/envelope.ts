import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { SealBroken } from './errors.ts';

/** First byte of everything sealed here; another scheme gets another number. */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What sealing adds to the length of the plain text: version, nonce, tag. */
export const SEAL_OVERHEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * Seals bytes with AES-256-GCM under a fresh random nonce: version byte, 96-bit nonce, ciphertext, 128-bit tag.
 * Random nonces keep one key safe for 2³² messages (NIST SP 800-38D §8.3), far beyond what one key sees here.
 * @param key 32 bytes.
 * @param aad what the bytes are and where they belong, such as a case number and a column: not stored, but `open`
 * fails unless it is given the same, so a sealed value cannot be moved to another row.
 */
export function seal(key: Uint8Array, plaintext: Uint8Array | string, aad: Uint8Array | string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(toBytes(aad));
  const body = cipher.update(toBytes(plaintext));
  cipher.final();
  return Buffer.concat([Buffer.of(VERSION), nonce, body, cipher.getAuthTag()]);
}

/**
 * Opens what {@link seal} sealed.
 * @throws {SealBroken} for another key, another `aad`, or altered bytes.
 */
export function open(key: Uint8Array, sealed: Uint8Array, aad: Uint8Array | string): Buffer {
  if (sealed.length < SEAL_OVERHEAD_BYTES) throw new SealBroken('Sealed data is too short.');
  if (sealed[0] !== VERSION)
    throw new SealBroken(`Sealed data has the unknown version ${String(sealed[0])}.`);
  const bodyStart = 1 + NONCE_BYTES;
  const bodyEnd = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, bodyStart), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(toBytes(aad));
  decipher.setAuthTag(sealed.subarray(bodyEnd));
  const plaintext = decipher.update(sealed.subarray(bodyStart, bodyEnd));
  try {
    decipher.final();
  } catch {
    throw new SealBroken('Sealed data does not verify.');
  }
  return plaintext;
}

/**
 * Exact-match search key of a value stored sealed: HMAC-SHA-256, 43 characters of base64url. Width, case and white
 * space do not count, so that `４４０…ｘ` finds `440…X`. Equal values give equal indexes: use one key for all rows, and
 * prefix the text with the field's name where equality across fields must not show.
 */
export function blindIndex(key: Uint8Array, text: string): string {
  const canonical = text.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
  return createHmac('sha256', key).update(canonical).digest('base64url');
}

function toBytes(value: Uint8Array | string): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
}
