import { describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { deliveries } from './deliveries.ts';

const NOW = Date.parse('2026-11-27T02:00:00.000Z');

/** What was asked of the engine: when each delivery is to look. */
function asked(now: number) {
  const starts: { id: string; at: number; startDelay: number }[] = [];
  const activity = {
    start: (_name: string, options: { id: string; args: [{ at: number }]; startDelay: number }) => {
      starts.push({ id: options.id, at: options.args[0].at, startDelay: options.startDelay });
      return Promise.resolve();
    },
  };
  const client = { activity } as unknown as Client;
  return { starts, successors: deliveries(client, { sms: 100, email: 100 }, () => now) };
}

describe('a delivery that is wanted now', () => {
  it.each([0, 1, 250, 499, 500, 501, 999])(
    'is asked for at a half-second that no host of a clock half a second ahead has looked at (%i)',
    async (ms) => {
      const { starts, successors } = asked(NOW + ms);
      await successors.due(['sms'], NOW - 60_000);
      await successors.due(['sms'], NOW + ms + 1);
      await successors.more('email', 1);
      for (const { at, startDelay } of starts) {
        expect(at % 500).toBe(0);
        expect(at - (NOW + ms)).toBeGreaterThanOrEqual(500);
        expect(at - (NOW + ms)).toBeLessThanOrEqual(1_000);
        expect(startDelay).toBe(at - (NOW + ms));
      }
      expect(new Set(starts.map(({ id }) => id)).size).toBe(2);
    },
  );

  it('later is asked for at its own half-second, once', async () => {
    const { starts, successors } = asked(NOW);
    await successors.due(['sms'], NOW + 60_001);
    await successors.due(['sms', 'sms'], NOW + 60_499);
    expect(starts).toEqual([
      { id: 'deliver-sms-2026-11-27T02:01:00.500Z', at: NOW + 60_500, startDelay: 60_500 },
    ]);
  });
});
