import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from './canonical-json.ts';
import type { ManifestEntry, VolumeMetadata } from './manifest.ts';

/** RFC 9162 §2.1.1: leaves and inner nodes are hashed with different prefixes, so neither can pose as the other. */
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

function leafHash(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(bytes).digest();
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** Merkle tree hash of RFC 9162 over `leaves` in their order; the hash of nothing for no leaves. */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return createHash('sha256').digest();
  if (leaves.length === 1) return leafHash(first);
  const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return nodeHash(merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
}

/** The seal of a volume: its metadata and every entry with place, role, size and hash, in order. Hexadecimal. */
export function sealRoot(metadata: VolumeMetadata, entries: readonly ManifestEntry[]): string {
  const leaves = [metadata, ...entries].map((value) =>
    Buffer.from(canonicalJson(JSON.parse(JSON.stringify(value)) as JsonValue), 'utf8'),
  );
  return merkleRoot(leaves).toString('hex');
}
