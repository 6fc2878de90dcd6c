import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkIdentityNumber, holderKey } from './check-identity-number.ts';
import { ID_TYPES, isCrossBorder, marksServiceman, partyType, SUPPLEMENTARY_ID_TYPES } from './id-types.ts';

describe('a number that is right', () => {
  it.each([
    ['mainland-id', '440399199003070014', { bornOn: '1990-03-07', sex: 'male' }],
    ['mainland-id', '440399199205080026', { bornOn: '1992-05-08', sex: 'female' }],
    ['temporary-id', '440399199003070014', { bornOn: '1990-03-07', sex: 'male' }],
    ['residence-permit', '810000199003070015', { bornOn: '1990-03-07', sex: 'male' }],
    ['permanent-residence-card', '944840199003070012', { bornOn: '1990-03-07' }],
    ['permanent-residence-card', 'QQQ000000000000', {}],
    ['hk-macau-permit', 'H00000001', {}],
    ['hk-macau-permit', 'H0000000101', {}],
    ['hk-macau-permit', 'M00000001', {}],
    ['taiwan-permit', '00000001', {}],
    ['taiwan-permit', '0000000101', {}],
    ['overseas-chinese-passport', 'E00000001', {}],
    ['passport', 'X0000001', {}],
    ['travel-document', 'T000001', {}],
    ['hk-id', 'QQ000000(9)', {}],
    ['hk-id', 'QQ000001(7)', {}],
    ['macau-id', '1000000(0)', {}],
    ['taiwan-id', 'A100000000', {}],
    ['military-id', '军字第0000001号', {}],
  ] as const)('%s %s is accepted', (idType, number, told) => {
    expect(checkIdentityNumber(idType, number)).toEqual({ ok: true, normalized: number, ...told });
  });
});

describe('a number that is wrong', () => {
  it.each([
    ['mainland-id', '440399199003070015', 'ID_CHECK_DIGIT'],
    ['mainland-id', '44039919900307001', 'ID_SHAPE'],
    ['mainland-id', '440399900307001', 'ID_SHAPE'],
    ['mainland-id', '44039919900307001A', 'ID_SHAPE'],
    ['mainland-id', '810000199003070015', 'ID_SHAPE'],
    ['mainland-id', '440399199013070014', 'ID_BIRTH_DATE'],
    ['mainland-id', '440399199002300014', 'ID_BIRTH_DATE'],
    ['mainland-id', '440399189912310014', 'ID_BIRTH_DATE'],
    ['residence-permit', '810000199003070014', 'ID_CHECK_DIGIT'],
    ['residence-permit', '840000199003070015', 'ID_SHAPE'],
    ['residence-permit', '810000199003320015', 'ID_BIRTH_DATE'],
    ['permanent-residence-card', '944840199003070013', 'ID_CHECK_DIGIT'],
    ['permanent-residence-card', '844840199003070012', 'ID_SHAPE'],
    ['permanent-residence-card', '944840199000070012', 'ID_BIRTH_DATE'],
    ['permanent-residence-card', 'QQ0000000000000', 'ID_SHAPE'],
    ['hk-macau-permit', 'T00000001', 'ID_SHAPE'],
    ['hk-macau-permit', 'H000000010', 'ID_SHAPE'],
    ['taiwan-permit', '000000001', 'ID_SHAPE'],
    ['overseas-chinese-passport', '00000000', 'ID_SHAPE'],
    ['passport', 'ABCDEFG', 'ID_SHAPE'],
    ['passport', 'A1', 'ID_SHAPE'],
    ['hk-id', 'QQ000000(8)', 'ID_CHECK_DIGIT'],
    ['hk-id', 'QQ000000(99)', 'ID_SHAPE'],
    ['hk-id', 'QQ000000(9', 'ID_SHAPE'],
    ['macau-id', '2000000(0)', 'ID_SHAPE'],
    ['taiwan-id', 'A300000000', 'ID_SHAPE'],
    ['military-id', '军字第号', 'ID_SHAPE'],
  ] as const)('%s %s is refused: %s', (idType, number, reason) => {
    expect(checkIdentityNumber(idType, number)).toEqual({ ok: false, reason });
  });

  it.each([...ID_TYPES, ...SUPPLEMENTARY_ID_TYPES])('%s never accepts an empty number', (idType) => {
    expect(checkIdentityNumber(idType, ' ')).toEqual({ ok: false, reason: 'ID_SHAPE' });
  });
});

describe('typing', () => {
  it('does not matter: full-width characters, blanks and small letters become one form', () => {
    const endsInX = '44039919900307009X';
    expect(checkIdentityNumber('mainland-id', ' 440399 1990 0307 009ｘ')).toMatchObject({
      normalized: endsInX,
    });
    expect(checkIdentityNumber('mainland-id', '４４０３９９ 19900307 0014')).toMatchObject({
      ok: true,
      normalized: '440399199003070014',
    });
    expect(checkIdentityNumber('hk-id', 'ｑｑ000000（９）')).toMatchObject({
      ok: true,
      normalized: 'QQ000000(9)',
    });
    expect(checkIdentityNumber('hk-id', 'qq0000009')).toMatchObject({ ok: true, normalized: 'QQ000000(9)' });
    expect(checkIdentityNumber('hk-macau-permit', 'h00000001')).toMatchObject({
      ok: true,
      normalized: 'H00000001',
    });
  });

  it('of one wrong digit is always noticed in a resident number', () => {
    const right = '440399199003070014';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 17 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digit = String((Number(right[at]) + by) % 10);
        const wrong = right.slice(0, at) + digit + right.slice(at + 1);
        expect(checkIdentityNumber('mainland-id', wrong).ok).toBe(false);
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it('of two neighbouring digits in the wrong order is always noticed', () => {
    const right = '440399199205080026';
    for (let at = 0; at < 17; at += 1) {
      const swapped = right.slice(0, at) + right.charAt(at + 1) + right.charAt(at) + right.slice(at + 2);
      if (swapped !== right) expect(checkIdentityNumber('mainland-id', swapped).ok).toBe(false);
    }
  });
});

describe('document types', () => {
  it('know whose they are', () => {
    expect(ID_TYPES.filter((idType) => !isCrossBorder(idType))).toEqual(['mainland-id', 'temporary-id']);
    expect(partyType('permanent-residence-card')).toBe('foreign');
    expect([...ID_TYPES, ...SUPPLEMENTARY_ID_TYPES].filter(marksServiceman)).toEqual(['military-id']);
  });

  it('show one holder through renewals and temporary cards', () => {
    expect(holderKey('hk-macau-permit', 'H0000000101')).toBe(holderKey('hk-macau-permit', 'H0000000102'));
    expect(holderKey('hk-macau-permit', 'H00000001')).not.toBe(holderKey('hk-macau-permit', 'H00000002'));
    expect(holderKey('temporary-id', '440399199003070014')).toBe(
      holderKey('mainland-id', '440399199003070014'),
    );
    expect(holderKey('passport', '00000001')).not.toBe(holderKey('taiwan-permit', '00000001'));
  });
});
