import type { IdentityCheck } from './check-result.ts';
import { checkHkId } from './hk-id.ts';
import { checkHkMacauPermit, lifetimeNumber } from './hk-macau-permit.ts';
import type { AnyIdType } from './id-types.ts';
import { checkMacauId } from './macau-id.ts';
import { checkMainlandId } from './mainland-id.ts';
import { checkMilitaryId } from './military-id.ts';
import { normalizeNumber } from './normalize.ts';
import { checkForeignPassport, checkOverseasChinesePassport } from './passport.ts';
import { checkPermanentResidenceCard } from './permanent-residence-card.ts';
import { checkResidencePermit } from './residence-permit.ts';
import { checkTaiwanId, checkTaiwanPermit } from './taiwan-permit.ts';

const CHECKS = {
  'mainland-id': checkMainlandId,
  'temporary-id': checkMainlandId,
  'hk-macau-permit': checkHkMacauPermit,
  'taiwan-permit': checkTaiwanPermit,
  'residence-permit': checkResidencePermit,
  'overseas-chinese-passport': checkOverseasChinesePassport,
  passport: checkForeignPassport,
  'travel-document': checkForeignPassport,
  'permanent-residence-card': checkPermanentResidenceCard,
  'hk-id': checkHkId,
  'macau-id': checkMacauId,
  'taiwan-id': checkTaiwanId,
  'military-id': checkMilitaryId,
} as const satisfies Record<AnyIdType, (number: string) => IdentityCheck>;

/**
 * Checks a document number as typed: form, then birth date, then check digit, as far as they are public.
 * `normalized` is the form to store and compare; birth date and sex come with the types that contain them.
 */
export function checkIdentityNumber(idType: AnyIdType, number: string): IdentityCheck {
  return CHECKS[idType](normalizeNumber(number));
}

/**
 * The same text for two documents that must belong to one person; different texts prove nothing, since a
 * person may hold documents of several types.
 */
export function holderKey(idType: AnyIdType, normalized: string): string {
  if (idType === 'hk-macau-permit') return `hk-macau-permit:${lifetimeNumber(normalized)}`;
  return `${idType === 'temporary-id' ? 'mainland-id' : idType}:${normalized}`;
}
