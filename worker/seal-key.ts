import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { KeyStore } from '../adapters/key-store/port.ts';

/** DER of an Ed25519 private key up to its 32-byte seed (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key that signs archive volumes; its seed is a house key, so it survives a new machine. */
export async function sealKeyOf(keys: Pick<KeyStore, 'currentKey'>): Promise<KeyObject> {
  const { key } = await keys.currentKey('archive-seal');
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, key]), format: 'der', type: 'pkcs8' });
}
