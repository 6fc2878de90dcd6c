import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyStore, NamedKey } from './port.ts';

/** DER of an Ed25519 private key up to its 32-byte seed (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key that signs archive volumes; its seed is a house key, so it survives a new machine. */
export async function sealKeyOf(keys: Pick<KeyStore, 'currentKey'>): Promise<KeyObject> {
  return fromSeed(await keys.currentKey('archive-seal'));
}

/** The public halves of all keys this office has ever sealed with, the current one first. */
export async function officeSealKeys(keys: Pick<KeyStore, 'keysOf'>): Promise<KeyObject[]> {
  return (await keys.keysOf('archive-seal')).map((key) => createPublicKey(fromSeed(key)));
}

function fromSeed({ key }: NamedKey): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, key]), format: 'der', type: 'pkcs8' });
}
