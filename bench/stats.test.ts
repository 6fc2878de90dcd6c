import { describe, expect, it } from '@jest/globals';
import { percentile } from './stats.ts';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('%d of 1 to 100 is %d', (share, expected) => {
    expect(percentile(hundred, share)).toBe(expected);
  });

  it('of one sample is that sample', () => {
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('refuses no samples, and what is no share', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
    expect(() => percentile([1], 99)).toThrow(RangeError);
  });
});
