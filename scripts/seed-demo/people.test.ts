import { describe, expect, it } from '@jest/globals';
import { checkIdentityNumber } from '../../domain/identity/check-identity-number.ts';
import { checkMobile } from '../../domain/identity/mobile.ts';
import { coupleOf } from './people.ts';
import { COUPLES } from './scenario.ts';

describe('the people of the district', () => {
  it.each(COUPLES)('%s couples hold valid documents and test numbers', (kind) => {
    for (const person of [1, 60, 253, 9_999].flatMap((number) => coupleOf(number, kind))) {
      expect(checkIdentityNumber(person.idType, person.idNumber)).toMatchObject({ ok: true });
      expect(checkMobile(person.mobile, { allowTestNumbers: true })).toMatchObject({
        ok: true,
        region: 'mainland',
      });
      expect(checkMobile(person.mobile)).toMatchObject({ ok: false });
      expect(person.name).not.toBe('');
    }
  });

  it('are a man and a woman, and never born under a county of this country', () => {
    const [a, b] = coupleOf(7, 'mainland');
    expect(checkIdentityNumber(a.idType, a.idNumber)).toMatchObject({ sex: 'male' });
    expect(checkIdentityNumber(b.idType, b.idNumber)).toMatchObject({ sex: 'female' });
    expect([a, b].every(({ idNumber }) => idNumber.startsWith('440399'))).toBe(true);
  });

  it('are all different, and the same every time', () => {
    const people = Array.from({ length: 20_000 }, (_, index) => coupleOf(index + 1, 'mainland')).flat();
    expect(new Set(people.map(({ idNumber }) => idNumber)).size).toBe(people.length);
    expect(new Set(people.map(({ mobile }) => mobile)).size).toBe(people.length);
    expect(coupleOf(123, 'mainland')).toEqual(coupleOf(123, 'mainland'));
  });
});
