import { birthDate, EIGHTEEN, hasValidCheckCharacter } from './citizen-number.ts';
import { checkShape, refused, type IdentityCheck } from './check-result.ts';

/**
 * Foreigner's permanent residence identity card (外国人永久居留身份证): since 2023 eighteen characters that start
 * with 9 and end with a MOD 11-2 check character; older cards, three letters and twelve digits, stay valid.
 */
export function checkPermanentResidenceCard(number: string): IdentityCheck {
  if (!/^\d/.test(number)) return checkShape(number, /^[A-Z]{3}\d{12}$/);
  if (!EIGHTEEN.test(number) || !number.startsWith('9')) return refused('ID_SHAPE');
  const bornOn = birthDate(number);
  if (bornOn === undefined) return refused('ID_BIRTH_DATE');
  if (!hasValidCheckCharacter(number)) return refused('ID_CHECK_DIGIT');
  return { ok: true, normalized: number, bornOn };
}
