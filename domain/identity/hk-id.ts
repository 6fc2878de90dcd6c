import { refused, type IdentityCheck } from './check-result.ts';

const SHAPE = /^([A-Z]{1,2})(\d{6})(?:\(([\dA])\)|([\dA]))$/;
/** Value of the blank in front of a single letter. */
const BLANK = 36;

/** Hong Kong identity card (香港身份证): stored as `A123456(3)`; the brackets may be left out when typing. */
export function checkHkId(number: string): IdentityCheck {
  const match = SHAPE.exec(number);
  if (!match) return refused('ID_SHAPE');
  const [, letters = '', digits = '', bracketed, bare] = match;
  const check = bracketed ?? bare ?? '';
  if (hkCheckCharacter(letters, digits) !== check) return refused('ID_CHECK_DIGIT');
  return { ok: true, normalized: `${letters}${digits}(${check})` };
}

/** Weights 9 to 2 over two letter places (A = 10 … Z = 35) and six digits, modulo 11; 10 is written `A`. */
function hkCheckCharacter(letters: string, digits: string): string {
  const letterValues = Array.from(letters, (letter) => letter.charCodeAt(0) - 55);
  const values = [...(letters.length === 1 ? [BLANK] : []), ...letterValues, ...Array.from(digits, Number)];
  const sum = values.reduce((total, value, at) => total + value * (9 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'A' : String(check);
}
