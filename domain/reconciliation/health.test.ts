import { expect, it } from '@jest/globals';
import { DEEP_INTERVAL_MS, reconciliationHealth, RUN_GRACE_MS } from './health.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const QUICK = { intervalMs: 10 * MINUTE, graceMs: RUN_GRACE_MS.quick };
const DEEP = { intervalMs: DEEP_INTERVAL_MS, graceMs: RUN_GRACE_MS.deep };

it('is on time while the last run is no older than two intervals and a minute', () => {
  const times = { ...QUICK, lastFinishedAt: NOW, since: 0 };
  expect(reconciliationHealth(times, NOW + 21 * MINUTE)).toEqual({
    state: 'on-time',
    lastFinishedAt: NOW,
    nextExpectedAt: NOW + 10 * MINUTE,
    missedFrom: NOW + 21 * MINUTE,
  });
  expect(reconciliationHealth(times, NOW + 21 * MINUTE + 1).state).toBe('missed');
});

it('is on time while the last deep run is no older than two nights and an hour', () => {
  const times = { ...DEEP, lastFinishedAt: NOW, since: 0 };
  expect(reconciliationHealth(times, NOW + 49 * HOUR).state).toBe('on-time');
  expect(reconciliationHealth(times, NOW + 49 * HOUR + 1).state).toBe('missed');
});

it('does not blame a fresh installation before its first run could be late', () => {
  expect(reconciliationHealth({ ...QUICK, since: NOW }, NOW + 12 * MINUTE).state).toBe('on-time');
  expect(reconciliationHealth({ ...DEEP, since: NOW }, NOW + 48 * HOUR).state).toBe('on-time');
  const never = reconciliationHealth({ ...QUICK, since: NOW }, NOW + 22 * MINUTE);
  expect(never.state).toBe('missed');
  expect(never.lastFinishedAt).toBeUndefined();
});
