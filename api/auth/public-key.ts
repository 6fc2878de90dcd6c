import type { JWK } from 'jose';

/** The part of a private EC key that may be shown. */
export function publicKeyOf(key: Readonly<Record<string, unknown>>): JWK {
  const { d: _secret, ...shown } = key;
  return shown as unknown as JWK;
}
