import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { blindIndex, open, seal, SEAL_OVERHEAD_BYTES } from './envelope.ts';
import { SealBroken } from './errors.ts';

const key = randomBytes(32);

describe('seal and open', () => {
  it('give back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.string(), (bytes, aad) => {
        const sealed = seal(key, bytes, aad);
        expect(sealed.length).toBe(bytes.length + SEAL_OVERHEAD_BYTES);
        expect(open(key, sealed, aad)).toEqual(Buffer.from(bytes));
      }),
      { seed: 20_261_123, numRuns: 100 },
    );
  });

  it('never seal the same text to the same bytes', () => {
    const sealed = new Set(Array.from({ length: 50 }, () => seal(key, '张三', 'name').toString('hex')));
    expect(sealed.size).toBe(50);
  });

  it('notice every altered byte', () => {
    const sealed = seal(key, 'a short text', 'here');
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => open(key, altered, 'here')).toThrow(SealBroken);
    }
  });

  it.each([
    ['another key', randomBytes(32), 'here'],
    ['another place', key, 'there'],
  ])('refuse %s', (_what, otherKey, aad) => {
    expect(() => open(otherKey, seal(key, 'text', 'here'), aad)).toThrow(SealBroken);
  });

  it('refuse what is cut off', () => {
    const sealed = seal(key, 'text', 'here');
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => open(key, sealed.subarray(0, length), 'here')).toThrow(SealBroken);
    }
  });
});

describe('blindIndex', () => {
  it('looks past width, case and white space, and at nothing else', () => {
    const index = blindIndex(key, '44030119900307663X');
    expect(blindIndex(key, ' 440301 19900307 663x')).toBe(index);
    expect(blindIndex(key, '４４０３０１１９９００３０７６６３Ｘ')).toBe(index);
    expect(blindIndex(key, '440301199003076639')).not.toBe(index);
    expect(blindIndex(randomBytes(32), '44030119900307663X')).not.toBe(index);
    expect(index).toMatch(/^[\w-]{43}$/u);
  });
});
