import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkCharacter } from '../../domain/identity/citizen-number.ts';
import type { IdType } from '../../domain/identity/id-types.ts';
import { PROJECT_DIR } from '../lib/paths.ts';
import type { Couple } from './scenario.ts';

export interface Person {
  readonly name: string;
  readonly idType: IdType;
  readonly idNumber: string;
  /** 100xxxxxxxx: a range no carrier uses, accepted by demonstration districts only. */
  readonly mobile: string;
}

const script = z.object({ surnames: z.array(z.string()).min(1), given: z.array(z.string()).min(1) });
const namesSchema = z.object({ hans: script, hant: script, latin: script });
type Names = z.output<typeof namesSchema>;

const names: Names = namesSchema.parse(
  JSON.parse(readFileSync(join(PROJECT_DIR, 'deploy/seed/demo/people.json'), 'utf8')),
);

/** A division code that was never given to any county: no real person has a number beginning with it. */
const DIVISION = '440399';
/** Birth years of the district's parties: all were of lawful age at the weddings of `application.ts`. */
const FIRST_BIRTH_YEAR = 1975;
const BIRTH_YEARS = 18;

/** Both people of a couple; the same number gives the same two, other numbers two others. */
export function coupleOf(number: number, kind: Couple): readonly [Person, Person] {
  switch (kind) {
    case 'mainland':
      return [citizen(number, 0), citizen(number, 1)];
    case 'hong-kong':
      return [citizen(number, 0), other(number, 'hant', 'hk-macau-permit', `H${digits(number, 8)}`)];
    case 'macau':
      return [other(number, 'hant', 'hk-macau-permit', `M${digits(number, 8)}`), citizen(number, 1)];
    case 'taiwan':
      return [citizen(number, 0), other(number, 'hant', 'taiwan-permit', digits(number, 8))];
    case 'foreign':
      return [citizen(number, 0), other(number, 'latin', 'passport', `X${digits(number, 7)}`)];
  }
}

/** Party `a` (index 0) is a man, party `b` a woman: the 17th digit tells. */
function citizen(number: number, index: 0 | 1): Person {
  const year = FIRST_BIRTH_YEAR + ((number * 7 + index * 3) % BIRTH_YEARS);
  const month = 1 + ((number * 5 + index) % 12);
  const day = 1 + ((number * 11 + index * 4) % 28);
  // Birth dates repeat after 252 couples (the years, months and days have no larger common period); the sequence
  // of the number then goes on, and keeps 125,000 couples apart.
  const sequence = Math.floor(number / 252) * 2 + 1 + index;
  const first17 = `${DIVISION}${year}${digits(month, 2)}${digits(day, 2)}${digits(sequence, 3)}`;
  return {
    name: nameFor(number, index, 'hans'),
    idType: 'mainland-id',
    idNumber: first17 + checkCharacter(first17),
    mobile: mobileFor(number, index),
  };
}

function other(number: number, written: keyof Names, idType: IdType, idNumber: string): Person {
  const index = idNumber.startsWith('M') ? 0 : 1;
  return { name: nameFor(number, index, written), idType, idNumber, mobile: mobileFor(number, index) };
}

function nameFor(number: number, index: 0 | 1, written: keyof Names): string {
  const { surnames, given } = names[written];
  const surname = surnames[(number * 13 + index * 17) % surnames.length] ?? '';
  const first = given[(number * 5 + index * 11) % given.length] ?? '';
  return written === 'latin' ? `${first} ${surname}` : surname + first;
}

function mobileFor(number: number, index: 0 | 1): string {
  return `100${digits(number * 2 + index, 8)}`;
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
