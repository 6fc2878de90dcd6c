import type { EpochMs } from '../zoned-time.ts';

const MINUTE_MS = 60_000;

/**
 * How long before they are due a case orders its notices, in milliseconds: less than `leadMinutes`, and each case
 * always the same, so that ten thousand with one hour spread evenly over the time before it.
 */
export function leadOf(caseNumber: string, leadMinutes: number): EpochMs {
  return leadMinutes <= 0 ? 0 : stableHash(caseNumber) % (leadMinutes * MINUTE_MS);
}

/**
 * FNV-1a (32 bits) with a final mixing, because case numbers differ in their last digits only. The number is the same
 * in every release: a case's timers follow from it.
 */
export function stableHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
