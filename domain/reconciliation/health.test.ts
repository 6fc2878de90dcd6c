import { expect, it } from '@jest/globals';
import { reconciliationHealth } from './health.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const MINUTE = 60_000;
const intervalMs = 10 * MINUTE;

it('is on time while the last run is no older than two intervals and a minute', () => {
  const times = { intervalMs, lastFinishedAt: NOW, since: 0 };
  expect(reconciliationHealth(times, NOW + 21 * MINUTE)).toEqual({
    state: 'on-time',
    lastFinishedAt: NOW,
    nextExpectedAt: NOW + 10 * MINUTE,
    missedFrom: NOW + 21 * MINUTE,
  });
  expect(reconciliationHealth(times, NOW + 21 * MINUTE + 1).state).toBe('missed');
});

it('does not blame a fresh installation before its first run could be late', () => {
  expect(reconciliationHealth({ intervalMs, since: NOW }, NOW + 12 * MINUTE).state).toBe('on-time');
  const never = reconciliationHealth({ intervalMs, since: NOW }, NOW + 22 * MINUTE);
  expect(never.state).toBe('missed');
  expect(never.lastFinishedAt).toBeUndefined();
});
