import { describe, expect, it } from '@jest/globals';
import { reachOf } from './correction.ts';

describe('what a correction says of whom notices may reach', () => {
  it('is of the parties alone whom it changes', () => {
    expect(reachOf({ a: { safety: true }, b: { email: 'b@heli.example' } })).toEqual({
      safetyOf: { a: true },
      mailableOf: { b: true },
    });
    expect(reachOf({ b: { safety: false } })).toEqual({ safetyOf: { b: false } });
  });
  it('is nothing when it changes neither', () => {
    expect(reachOf({})).toEqual({});
    expect(reachOf({ a: { name: '样本' } })).toEqual({});
  });
});
