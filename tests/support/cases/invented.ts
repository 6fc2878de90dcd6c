import { randomInt } from 'node:crypto';
import type { Application, ApplicationParty } from '../../../domain/application/application.ts';
import { checkCharacter } from '../../../domain/identity/citizen-number.ts';

const digits = (count: number): string => String(randomInt(10 ** (count - 1), 10 ** count));

/** A number of the right form in a county code nobody has (440399), so that it is nobody's. */
export function inventedIdNumber(): string {
  const first = `440399199${randomInt(0, 6)}0${randomInt(1, 10)}1${randomInt(0, 10)}${digits(3)}`;
  return first + checkCharacter(first);
}

/** No mobile number of the mainland begins with 100. */
export const inventedMobile = (): string => `100${digits(8)}`;

/** A party whose every value is unlike those of other cases, so that it can be searched for. */
export function inventedParty(label: 'a' | 'b', changes: Partial<ApplicationParty> = {}): ApplicationParty {
  const mark = digits(6);
  return {
    name: `${label === 'a' ? '甲' : '乙'}某${mark}`,
    idType: 'mainland-id',
    idNumber: inventedIdNumber(),
    mobile: inventedMobile(),
    address: `虚构路${mark}号`,
    ...changes,
  };
}

export interface ApplicationChanges extends Partial<Omit<Application, 'parties'>> {
  readonly a?: Partial<ApplicationParty>;
  readonly b?: Partial<ApplicationParty>;
}

/** A couple with one minor child who apply online at the district centre. */
export function inventedApplication({ a, b, ...changes }: ApplicationChanges = {}): Application {
  return {
    channel: 'online',
    locale: 'zh-Hans',
    venueId: 'gm-centre',
    parties: [inventedParty('a', a), inventedParty('b', b)],
    marriage: {
      certificateNumber: `J440311-2015-${digits(6)}`,
      registeredOn: '2015-05-20',
      office: '虚构区婚姻登记处',
    },
    agreement: {
      voluntary: true,
      children: `子女由甲方抚养${digits(6)}`,
      property: `财产各自所有${digits(6)}`,
      debts: '无',
    },
    minorChildren: [{ bornOn: '2018-01-01' }],
    ...changes,
  };
}
