import type { EpochMs } from '../zoned-time.ts';

/**
 * When, in real time, an ordered notice may first be sent. A rehearsed case lives in a time of its own: what it orders
 * is due there, and leaves at once.
 * @param now real time
 */
export function sendAtOf(
  order: { readonly dueAt: EpochMs },
  realm: 'live' | 'rehearsal',
  now: EpochMs,
): EpochMs {
  return realm === 'rehearsal' ? now : Math.max(order.dueAt, now);
}
