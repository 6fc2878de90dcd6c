import type { MobileRegion } from '../identity/mobile.ts';
import { normalizeNumber } from '../identity/normalize.ts';
import type { ApplicationParty } from './application.ts';

/** Where a party from Hong Kong or Macau is at home, as far as the document tells. */
export function homeOf(party: Pick<ApplicationParty, 'idType' | 'idNumber'>): MobileRegion | undefined {
  const number = normalizeNumber(party.idNumber);
  if (party.idType === 'hk-macau-permit') return number.startsWith('H') ? 'hong-kong' : 'macau';
  if (party.idType !== 'residence-permit') return undefined;
  if (number.startsWith('810000')) return 'hong-kong';
  return number.startsWith('820000') ? 'macau' : undefined;
}
