/** Documents by which a party can be identified at divorce registration (婚姻登记条例 15, domestic and foreign). */
export const ID_TYPES = [
  'mainland-id',
  'temporary-id',
  'hk-macau-permit',
  'taiwan-permit',
  'residence-permit',
  'overseas-chinese-passport',
  'passport',
  'travel-document',
  'permanent-residence-card',
] as const;
export type IdType = (typeof ID_TYPES)[number];

/** Documents that are shown beside one of {@link ID_TYPES}, never alone. */
export const SUPPLEMENTARY_ID_TYPES = ['hk-id', 'macau-id', 'taiwan-id', 'military-id'] as const;
export type SupplementaryIdType = (typeof SUPPLEMENTARY_ID_TYPES)[number];

export type AnyIdType = IdType | SupplementaryIdType;

/** Whose document it is; decides which office may handle the case and which papers are asked for. */
export const PARTY_TYPES = ['mainland', 'hong-kong-macau-taiwan', 'overseas-chinese', 'foreign'] as const;
export type PartyType = (typeof PARTY_TYPES)[number];

const PARTY_TYPE_OF = {
  'mainland-id': 'mainland',
  'temporary-id': 'mainland',
  'hk-macau-permit': 'hong-kong-macau-taiwan',
  'taiwan-permit': 'hong-kong-macau-taiwan',
  'residence-permit': 'hong-kong-macau-taiwan',
  'overseas-chinese-passport': 'overseas-chinese',
  passport: 'foreign',
  'travel-document': 'foreign',
  'permanent-residence-card': 'foreign',
} as const satisfies Record<IdType, PartyType>;

export function partyType(idType: IdType): PartyType {
  return PARTY_TYPE_OF[idType];
}

/** Whether a party makes the case one for an office designated by the province (婚姻登记条例 2(2), 13(2)). */
export function isCrossBorder(idType: IdType): boolean {
  return partyType(idType) !== 'mainland';
}

/** Whether the document marks its holder as a serviceman, who also needs the 《军人婚姻登记证明》. */
export function marksServiceman(idType: AnyIdType): boolean {
  return idType === 'military-id';
}
