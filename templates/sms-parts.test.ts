import { describe, expect, it } from '@jest/globals';
import { smsParts } from './sms-parts.ts';

describe('smsParts', () => {
  it.each([
    ['', 'gsm-7', 0, 0],
    ['a'.repeat(160), 'gsm-7', 160, 1],
    ['a'.repeat(161), 'gsm-7', 161, 2],
    ['a'.repeat(306), 'gsm-7', 306, 2],
    ['a'.repeat(307), 'gsm-7', 307, 3],
    ['€'.repeat(80), 'gsm-7', 160, 1],
    ['€'.repeat(81), 'gsm-7', 162, 2],
    ['业'.repeat(70), 'ucs-2', 70, 1],
    ['业'.repeat(71), 'ucs-2', 71, 2],
    ['业'.repeat(134), 'ucs-2', 134, 2],
    ['业'.repeat(135), 'ucs-2', 135, 3],
    ['a'.repeat(69) + '业', 'ucs-2', 70, 1],
    ['𠮷'.repeat(35), 'ucs-2', 70, 1],
  ] as const)('%# counts units and parts', (text, encoding, units, parts) => {
    expect(smsParts(text)).toEqual({ encoding, units, parts });
  });

  it('does not tear an escaped or paired character between two parts', () => {
    // 153 septets hold 76 two-septet characters and one septet is lost at each border.
    expect(smsParts('€'.repeat(153))).toEqual({ encoding: 'gsm-7', units: 306, parts: 3 });
    // 67 units hold 33 surrogate pairs.
    expect(smsParts('𠮷'.repeat(67))).toEqual({ encoding: 'ucs-2', units: 134, parts: 3 });
  });
});
