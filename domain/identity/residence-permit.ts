import { birthDate, EIGHTEEN, hasValidCheckCharacter, sexOf } from './citizen-number.ts';
import { refused, type IdentityCheck } from './check-result.ts';

/** Hong Kong, Macau, Taiwan. */
const REGIONS = ['810000', '820000', '830000'];

/** Residence permit of Hong Kong, Macau and Taiwan residents (港澳台居民居住证): GB 11643 with its own regions. */
export function checkResidencePermit(number: string): IdentityCheck {
  if (!EIGHTEEN.test(number) || !REGIONS.includes(number.slice(0, 6))) return refused('ID_SHAPE');
  const bornOn = birthDate(number);
  if (bornOn === undefined) return refused('ID_BIRTH_DATE');
  if (!hasValidCheckCharacter(number)) return refused('ID_CHECK_DIGIT');
  return { ok: true, normalized: number, bornOn, sex: sexOf(number) };
}
