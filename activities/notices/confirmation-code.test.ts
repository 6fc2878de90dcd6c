import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type CodeKeys, confirmationCode, isConfirmationCode } from './confirmation-code.ts';

const key = (name: string) => createHash('sha256').update(name).digest();
const keysOf = (...names: string[]): CodeKeys => ({
  keysOf: () => Promise.resolve(names.map((name) => ({ key: key(name) }))),
});

describe('a confirmation code', () => {
  it('has six digits, the same ones at every call', async () => {
    const first = await confirmationCode(keysOf('one'), 'change-1');
    expect(first).toMatch(/^\d{6}$/);
    expect(await confirmationCode(keysOf('one'), 'change-1')).toBe(first);
  });

  it('keeps its leading zeros', async () => {
    const codes = await Promise.all(
      Array.from({ length: 200 }, (_, n) => confirmationCode(keysOf('one'), `change-${n}`)),
    );
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
    for (const code of codes) expect(code).toMatch(/^\d{6}$/);
    expect(new Set(codes).size).toBeGreaterThan(195);
  });

  it('belongs to its change and its key alone', async () => {
    const code = await confirmationCode(keysOf('one'), 'change-1');
    expect(await isConfirmationCode(keysOf('one'), 'change-1', code)).toBe(true);
    expect(await isConfirmationCode(keysOf('one'), 'change-2', code)).toBe(false);
    expect(await isConfirmationCode(keysOf('two'), 'change-1', code)).toBe(false);
  });

  it('is still known after the key was rotated', async () => {
    const code = await confirmationCode(keysOf('one'), 'change-1');
    expect(await isConfirmationCode(keysOf('two', 'one'), 'change-1', code)).toBe(true);
  });

  it('is understood as people type it, and nothing else is', async () => {
    const code = await confirmationCode(keysOf('one'), 'change-1');
    expect(
      await isConfirmationCode(keysOf('one'), 'change-1', ` ${code.slice(0, 3)}-${code.slice(3)} `),
    ).toBe(true);
    for (const given of ['', '12345', `${code}0`, 'abcdef', code.slice(1)])
      expect(await isConfirmationCode(keysOf('one'), 'change-1', given)).toBe(false);
  });
});
