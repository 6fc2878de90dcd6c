import { describe, expect, it } from '@jest/globals';
import { Allowance } from './allowance.ts';

/** Messages evenly spread over a time. @returns how many were granted */
function sendEvenly(
  allowance: Allowance,
  clock: { now: number },
  perSecond: number,
  seconds: number,
): number {
  let granted = 0;
  for (let sent = 0; sent < perSecond * seconds; sent += 1) {
    clock.now += 1000 / perSecond;
    if (allowance.take()) granted += 1;
  }
  return granted;
}

describe('the allowed rate', () => {
  it('grants what keeps to it, and refuses the excess of what does not', () => {
    const clock = { now: 1_000_000 };
    const allowance = new Allowance(200, () => clock.now);
    expect(sendEvenly(allowance, clock, 200, 10)).toBe(2_000);
    expect(allowance.read().refused).toBe(0);
    // One second's allowance was saved up; beyond it half of a double rate goes through.
    expect(sendEvenly(allowance, clock, 400, 10)).toBeLessThanOrEqual(2_201);
    expect(allowance.read().refused).toBeGreaterThan(1_700);
  });

  it('counts by the second, and forgets on request while the limit stays', () => {
    const clock = { now: 5_000 };
    const allowance = new Allowance(2, () => clock.now);
    const answers = [allowance.take(), allowance.take(), allowance.take()];
    clock.now = 6_000;
    expect([...answers, allowance.take()]).toEqual([true, true, false, true]);
    expect(allowance.read()).toEqual({
      perSecond: 2,
      accepted: 3,
      refused: 1,
      first: 5_000,
      last: 6_000,
      seconds: [
        { second: 5, accepted: 2, refused: 1 },
        { second: 6, accepted: 1, refused: 0 },
      ],
    });
    allowance.reset();
    expect(allowance.read()).toEqual({
      perSecond: 2,
      accepted: 0,
      refused: 0,
      first: null,
      last: null,
      seconds: [],
    });
  });

  it('grants everything without a limit', () => {
    const allowance = new Allowance(undefined, () => 0);
    expect(Array.from({ length: 5_000 }, () => allowance.take()).every(Boolean)).toBe(true);
  });
});
