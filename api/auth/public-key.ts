import type { JWK } from 'jose';

/** The part of a private EC key that may be shown. */
export function publicKeyOf(key: Readonly<Record<string, unknown>>): JWK {
  return Object.fromEntries(Object.entries(key).filter(([name]) => name !== 'd'));
}
