import { describe, expect, it } from '@jest/globals';
import { maskEmail, maskId, maskMobile, maskName } from './mask.ts';

describe('masks', () => {
  it('leave of a name the first character', () => {
    expect(maskName('张三')).toBe('张*');
    expect(maskName('欧阳娜娜')).toBe('欧***');
    expect(maskName('李')).toBe('李*');
  });
  it('leave of a number the last four', () => {
    expect(maskId('440399199003070014')).toBe('**************0014');
    expect(maskMobile('10012345678')).toBe('*******5678');
    expect(maskId('H0000')).toBe('****0000');
  });
  it('leave of an address its domain', () => {
    expect(maskEmail('someone@example.org')).toBe('*@example.org');
    expect(maskEmail(undefined)).toBeUndefined();
  });
});
