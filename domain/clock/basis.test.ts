import { describe, expect, it } from '@jest/globals';
import { explainBasis, GENERAL_BASIS_CODES, ROLL_CAUSES, type BasisCode } from './basis.ts';

const ROLLS = (['cooling-off', 'claim-first', 'claim-last'] as const).flatMap((date) =>
  ROLL_CAUSES.map((cause): BasisCode => `${date}-${cause}`),
);
const ALL = [...GENERAL_BASIS_CODES, ...ROLLS];

describe('the legal basis', () => {
  it.each(ALL)('%s names its rule, its first day and says it in three languages', (code) => {
    const basis = explainBasis(code);
    expect(basis.rule).toMatch(/^(民法典|婚姻登记条例|全国年节)/);
    expect(basis.from).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(basis.text['zh-Hans']).toMatch(/。$/);
    expect(basis.text['zh-Hant']).toMatch(/。$/);
    expect(basis.text.en).toMatch(/\.$/);
  });

  it('explains every code differently', () => {
    expect(new Set(ALL.map((code) => explainBasis(code).text['zh-Hans'])).size).toBe(ALL.length);
  });
});
