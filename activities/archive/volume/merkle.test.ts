import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { merkleRoot } from './merkle.ts';

const hash = (...parts: (string | Buffer)[]) => {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest();
};
const leaf = (text: string) => hash('\u0000', text);
const node = (left: Buffer, right: Buffer) => hash('\u0001', left, right);

describe('merkleRoot follows RFC 9162', () => {
  const texts = ['a', 'b', 'c', 'd', 'e'];
  const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(leaf) as [Buffer, Buffer, Buffer, Buffer, Buffer];

  it.each([
    [0, hash()],
    [1, a],
    [2, node(a, b)],
    [3, node(node(a, b), c)],
    [4, node(node(a, b), node(c, d))],
    [5, node(node(node(a, b), node(c, d)), e)],
  ])('for %i leaves', (count, expected) => {
    const leaves = texts.slice(0, count).map((text) => Buffer.from(text));
    expect(merkleRoot(leaves).toString('hex')).toBe(expected.toString('hex'));
  });
});
