import type { Sex } from '../identity/check-result.ts';
import { plainDate, type PlainDate } from '../plain-date.ts';

/** Full age, and with it full capacity for civil acts (民法典 17, 18). */
export const ADULT_AGE = { years: 18, basis: '民法典 17', from: '2021-01-01' } as const;

/** Legal age for marriage over time, newest first. */
const MARRIAGE_AGES = [
  { from: plainDate('2021-01-01'), male: 22, female: 20, basis: '民法典 1047' },
  { from: plainDate('1981-01-01'), male: 22, female: 20, basis: '婚姻法(1980) 5' },
  { from: plainDate('1950-05-01'), male: 20, female: 18, basis: '婚姻法(1950) 4' },
] as const;

/** Years of age the law of that day asked for; for an unknown sex the lower of both. */
export function marriageAge(on: PlainDate, sex: Sex | undefined): number {
  const law = MARRIAGE_AGES.find(({ from }) => on >= from);
  if (!law) return 0;
  return law[sex ?? 'female'];
}
