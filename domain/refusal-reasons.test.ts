import { describe, expect, it } from '@jest/globals';
import {
  isRefusalReasonCode,
  refusableAt,
  refusalReason,
  REFUSAL_REASON_CODES,
  REMEDIES,
} from './refusal-reasons.ts';

describe('refusal reasons', () => {
  it.each(REFUSAL_REASON_CODES)('%s gives its ground and its reason in three languages', (code) => {
    const reason = refusalReason(code);
    expect(reason.basis).toMatch(/民法典|婚姻登记条例/);
    expect(reason.stages.length).toBeGreaterThan(0);
    expect(new Set(Object.values(reason.text)).size).toBe(3);
    expect(isRefusalReasonCode(code)).toBe(true);
  });

  it('knows no other code', () => {
    expect(isRefusalReasonCode('BECAUSE')).toBe(false);
    expect(isRefusalReasonCode('toString')).toBe(false);
  });

  it('keeps the grounds that need a claim window out of the acceptance', () => {
    const reviewOnly = REFUSAL_REASON_CODES.filter((code) => !refusableAt(code, 'acceptance'));
    expect(reviewOnly).toEqual(['NOT_VOLUNTARY', 'AGREEMENT_INCOMPLETE', 'OUTSIDE_P2', 'WRONG_OFFICE']);
    expect(REFUSAL_REASON_CODES.every((code) => refusableAt(code, 'review'))).toBe(true);
  });

  it('names both remedies with their time limits', () => {
    expect(REMEDIES.map(({ name, within }) => ({ name, within }))).toEqual([
      { name: 'administrative-review', within: { days: 60 } },
      { name: 'administrative-litigation', within: { months: 6 } },
    ]);
  });
});
