import { createHash } from 'node:crypto';

/** Namespace of our keys, as RFC 9562 5.5 asks for one. */
const NAMESPACE = Buffer.from('6f3f6c9a5d2b4e0f9a4b1c7d8e2f3a50', 'hex');

/** UUIDv5 over who, which key and where: the same request gives the same id in every process, at every attempt. */
export function actIdOf(actor: string, key: string, path: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(`${actor}\n${key}\n${path}`).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex').slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
