import { checkShape, type IdentityCheck } from './check-result.ts';

/** Passport of the People's Republic held by a citizen living abroad (华侨护照). */
export function checkOverseasChinesePassport(number: string): IdentityCheck {
  return checkShape(number, /^[A-Z]{1,2}\d{7,8}$/);
}

/**
 * Foreign passport (外国护照) or other international travel document. States number them as they like: five to
 * twelve letters and digits, at least one of them a digit.
 */
export function checkForeignPassport(number: string): IdentityCheck {
  return checkShape(number, /^(?=.*\d)[A-Z0-9]{5,12}$/);
}
