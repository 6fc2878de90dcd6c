import { birthDate, EIGHTEEN, hasValidCheckCharacter, sexOf } from './citizen-number.ts';
import { refused, type IdentityCheck } from './check-result.ts';

/** Provincial codes of GB/T 2260 in which resident identity numbers are given out. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65'.split(' '),
);

/**
 * Resident identity card (居民身份证) and temporary card (临时居民身份证): 18 characters of GB 11643-1999. Only the
 * province of the region code is checked: counties were merged and renamed, and the numbers stayed.
 */
export function checkMainlandId(number: string): IdentityCheck {
  if (!EIGHTEEN.test(number) || !PROVINCES.has(number.slice(0, 2))) return refused('ID_SHAPE');
  const bornOn = birthDate(number);
  if (bornOn === undefined) return refused('ID_BIRTH_DATE');
  if (!hasValidCheckCharacter(number)) return refused('ID_CHECK_DIGIT');
  return { ok: true, normalized: number, bornOn, sex: sexOf(number) };
}
