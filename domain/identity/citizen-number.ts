import { parsePlainDate, type PlainDate } from '../plain-date.ts';
import type { Sex } from './check-result.ts';

/** GB 11643-1999: weights of the first 17 digits, and the check character for each remainder. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/** 17 digits and a check character, which may be `X`. */
export const EIGHTEEN = /^\d{17}[\dX]$/;

/** The check character of the first 17 digits (ISO 7064 MOD 11-2 in the form of GB 11643). */
export function checkCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(first17[at]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/** Whether the last of 18 characters is the right one. */
export function hasValidCheckCharacter(number: string): boolean {
  return checkCharacter(number.slice(0, 17)) === number.slice(17);
}

/** Characters 7 to 14 as a date; undefined when they are none, or lie before 1900. */
export function birthDate(number: string): PlainDate | undefined {
  const digits = number.slice(6, 14);
  const date = parsePlainDate(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`);
  return date !== undefined && date >= '1900-01-01' ? date : undefined;
}

/** The 17th digit is odd for men. */
export function sexOf(number: string): Sex {
  return Number(number[16]) % 2 === 1 ? 'male' : 'female';
}
