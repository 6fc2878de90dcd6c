import { describe, expect, it } from '@jest/globals';
import { checkMobile } from './mobile.ts';

// No real subscriber is meant: only the form matters here, and China reserves no range for examples.
const MAINLAND = '13000000000';

describe('mobile numbers', () => {
  it.each([
    [MAINLAND, '+8613000000000', 'mainland'],
    ['+86 130-0000-0000', '+8613000000000', 'mainland'],
    ['008613000000000', '+8613000000000', 'mainland'],
    ['１３０００００００００', '+8613000000000', 'mainland'],
    ['50000000', '+85250000000', 'hong-kong'],
    ['+852 6000 0000', '+85260000000', 'hong-kong'],
    ['+853 6000 0000', '+85360000000', 'macau'],
  ])('%s is %s in %s', (text, normalized, region) => {
    expect(checkMobile(text)).toEqual({ ok: true, normalized, region });
  });

  it.each([
    '',
    '1',
    '12000000000',
    '130000000000',
    '30000000',
    '+85330000000',
    '+8530000000',
    '+14155550100',
    'abcdefgh',
    '+86',
  ])('%j is refused', (text) => expect(checkMobile(text)).toEqual({ ok: false, reason: 'MOBILE_SHAPE' }));

  it('asks for the country code where Hong Kong and Macau both have the number, unless home tells', () => {
    expect(checkMobile('60000000')).toEqual({ ok: false, reason: 'MOBILE_REGION_UNCLEAR' });
    expect(checkMobile('60000000', { home: 'macau' })).toMatchObject({ normalized: '+85360000000' });
    expect(checkMobile('60000000', { home: 'hong-kong' })).toMatchObject({ normalized: '+85260000000' });
    expect(checkMobile('60000000', { home: 'mainland' })).toMatchObject({ ok: false });
  });

  it('takes the test range only where it is allowed', () => {
    expect(checkMobile('10000000001')).toEqual({ ok: false, reason: 'MOBILE_SHAPE' });
    expect(checkMobile('10000000001', { allowTestNumbers: true })).toEqual({
      ok: true,
      normalized: '+8610000000001',
      region: 'mainland',
    });
    expect(checkMobile('+8610000000001', { allowTestNumbers: true })).toMatchObject({ ok: true });
    expect(checkMobile('10100000001', { allowTestNumbers: true })).toMatchObject({ ok: false });
  });
});
