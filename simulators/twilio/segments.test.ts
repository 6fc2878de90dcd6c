import { expect, it } from '@jest/globals';
import { segmentsOf } from './segments.ts';

it.each([
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  ['光'.repeat(70), 1],
  ['光'.repeat(71), 2],
  ['光'.repeat(134), 2],
  ['光'.repeat(135), 3],
  [`光${'a'.repeat(70)}`, 2],
])('%.5s… counts %i', (text, parts) => expect(segmentsOf(text)).toBe(parts));
