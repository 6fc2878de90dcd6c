import { hkdfSync } from 'node:crypto';
import { MasterKeyInvalid } from './errors.ts';
import { KEY_PURPOSES, type KeyPurpose } from './port.ts';

const KEY_BYTES = 32;

/**
 * Reads a master key from configuration: 64 hexadecimal digits, or 32 bytes in base64 or base64url.
 * @throws {MasterKeyInvalid} telling what is expected, never what was given.
 */
export function parseMasterKey(text: string): Buffer {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/iu.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : /^[\w+/-]{43}=?$/u.test(trimmed)
      ? Buffer.from(trimmed, 'base64')
      : Buffer.alloc(0);
  if (key.length !== KEY_BYTES) {
    throw new MasterKeyInvalid('The master key must be 32 bytes: 64 hexadecimal digits, or base64.');
  }
  return key;
}

/** Six hexadecimal digits that name a master key without telling anything about it. */
export function masterKeyName(masterKey: Uint8Array): string {
  return derive(masterKey, 'name', 3).toString('hex');
}

/** Derives the house key of a purpose and version (HKDF-SHA-256, RFC 5869). */
export function deriveHouseKey(masterKey: Uint8Array, purpose: KeyPurpose, version: number): Buffer {
  return derive(masterKey, `${purpose}.${version}`, KEY_BYTES);
}

/** `payload.1.a1b2c3`: purpose, version, master key. */
export function formatKeyId(purpose: KeyPurpose, version: number, masterName: string): string {
  return `${purpose}.${version}.${masterName}`;
}

/** The parts of a key id, or undefined when it is not one of ours. */
export function parseKeyId(
  keyId: string,
): { purpose: KeyPurpose; version: number; masterName: string } | undefined {
  const match = /^([a-z-]+)\.([1-9]\d{0,5})\.([0-9a-f]{6})$/u.exec(keyId);
  const purpose = KEY_PURPOSES.find((known) => known === match?.[1]);
  const masterName = match?.[3];
  if (purpose === undefined || masterName === undefined) return undefined;
  return { purpose, version: Number(match?.[2]), masterName };
}

function derive(masterKey: Uint8Array, info: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `heli:${info}`, bytes));
}
