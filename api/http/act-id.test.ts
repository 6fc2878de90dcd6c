import { describe, expect, it } from '@jest/globals';
import { actIdOf } from './act-id.ts';

describe('the id of an act', () => {
  it('is a UUID of version 5', () => {
    expect(actIdOf('demo-clerk', 'key', '/path')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
  it('is the same for the same actor, key and path, and another for another', () => {
    const id = actIdOf('demo-clerk', 'key', '/path');
    expect(actIdOf('demo-clerk', 'key', '/path')).toBe(id);
    const others = [
      actIdOf('demo-clerk', 'key', '/other'),
      actIdOf('x', 'key', '/path'),
      actIdOf('demo-clerk', 'k', '/path'),
    ];
    expect(new Set([id, ...others]).size).toBe(4);
  });
});
