import { normalizeNumber } from './normalize.ts';

export const MOBILE_REGIONS = ['mainland', 'hong-kong', 'macau'] as const;
export type MobileRegion = (typeof MOBILE_REGIONS)[number];

export const MOBILE_REFUSALS = ['MOBILE_SHAPE', 'MOBILE_REGION_UNCLEAR'] as const;
export type MobileRefusal = (typeof MOBILE_REFUSALS)[number];

export type MobileCheck =
  { ok: true; normalized: string; region: MobileRegion } | { ok: false; reason: MobileRefusal };

export interface MobileOptions {
  /** Accept 100xxxxxxxx, the range of the demonstration profile: China reserves none for fiction. */
  allowTestNumbers?: boolean | undefined;
  /** Where a number without country code belongs when its form alone does not tell. */
  home?: MobileRegion | undefined;
}

const FORMS = {
  mainland: { code: '86', shape: /^1[3-9]\d{9}$/ },
  'hong-kong': { code: '852', shape: /^[4-9]\d{7}$/ },
  macau: { code: '853', shape: /^6\d{7}$/ },
} as const satisfies Record<MobileRegion, { code: string; shape: RegExp }>;

const TEST_SHAPE = /^100\d{8}$/;

/**
 * Reads a mobile number of the mainland, Hong Kong or Macau, with or without country code (`+852…`, `00852…`),
 * spaces and hyphens. `normalized` is E.164. Eight digits starting with 6 exist in both Hong Kong and Macau:
 * without country code or `home` they are refused, so that nobody else gets the message.
 */
export function checkMobile(text: string, options: MobileOptions = {}): MobileCheck {
  const digits = normalizeNumber(text).replaceAll('-', '').replace(/^00/, '+');
  const matching = MOBILE_REGIONS.flatMap((region) => {
    const national = nationalPart(digits, FORMS[region].code);
    return national !== undefined && fits(national, region, options) ? [{ region, national }] : [];
  });
  const match = matching.length > 1 ? matching.find(({ region }) => region === options.home) : matching[0];
  if (match)
    return { ok: true, normalized: `+${FORMS[match.region].code}${match.national}`, region: match.region };
  return { ok: false, reason: matching.length > 1 ? 'MOBILE_REGION_UNCLEAR' : 'MOBILE_SHAPE' };
}

function nationalPart(digits: string, code: string): string | undefined {
  if (!digits.startsWith('+')) return digits;
  return digits.startsWith(`+${code}`) ? digits.slice(code.length + 1) : undefined;
}

function fits(national: string, region: MobileRegion, options: MobileOptions): boolean {
  if (FORMS[region].shape.test(national)) return true;
  return region === 'mainland' && options.allowTestNumbers === true && TEST_SHAPE.test(national);
}
