import type { Application, ApplicationParty } from '../../domain/application/application.ts';
import type { PartyLabel } from '../../domain/case/vocabulary.ts';
import { checkIdentityNumber } from '../../domain/identity/check-identity-number.ts';
import type { IdType } from '../../domain/identity/id-types.ts';
import type { PlainDate } from '../../domain/plain-date.ts';
import type { NamedParty, PartyDetails } from '../../templates/documents/common.ts';

const ID_TYPE_NAMES = {
  'mainland-id': '居民身份证',
  'temporary-id': '临时居民身份证',
  'hk-macau-permit': '港澳居民来往内地通行证',
  'taiwan-permit': '台湾居民来往大陆通行证',
  'residence-permit': '港澳台居民居住证',
  'overseas-chinese-passport': '中华人民共和国护照',
  passport: '护照',
  'travel-document': '国际旅行证件',
  'permanent-residence-card': '外国人永久居留身份证',
} as const satisfies Record<IdType, string>;

/** Of whom the number itself says that the holder is a Chinese citizen. */
const CHINESE: readonly IdType[] = [
  'mainland-id',
  'temporary-id',
  'residence-permit',
  'hk-macau-permit',
  'taiwan-permit',
  'overseas-chinese-passport',
];

export function partyOf(application: Application, label: PartyLabel): ApplicationParty {
  return application.parties[label === 'a' ? 0 : 1];
}

export function namedParty(party: ApplicationParty): NamedParty {
  return { name: party.name, idTypeName: ID_TYPE_NAMES[party.idType], idNumber: party.idNumber };
}

/** What the identity number tells; the rest of the block is filled in by hand at the counter. */
export function partyDetails(party: ApplicationParty): PartyDetails {
  const { sex, bornOn, nationality } = personOf(party);
  return {
    ...namedParty(party),
    sex,
    nationality,
    bornOn,
    ethnicity: undefined,
    occupation: undefined,
    education: undefined,
    contact: 'kept-apart',
  };
}

export interface Person {
  readonly sex: '男' | '女' | undefined;
  readonly bornOn: PlainDate | undefined;
  readonly nationality: string | undefined;
}

export function personOf(party: ApplicationParty): Person {
  const checked = checkIdentityNumber(party.idType, party.idNumber);
  const nationality = CHINESE.includes(party.idType) ? '中国' : undefined;
  if (!checked.ok) return { sex: undefined, bornOn: undefined, nationality };
  const sex = checked.sex === 'male' ? '男' : checked.sex === 'female' ? '女' : undefined;
  return { sex, bornOn: checked.bornOn, nationality };
}
