import { checkShape, type IdentityCheck } from './check-result.ts';

/**
 * Mainland travel permit of Hong Kong and Macau residents (港澳居民来往内地通行证, 回乡证): `H` or `M` and the eight
 * digits kept for life, on older cards followed by a two-digit issue count.
 */
export function checkHkMacauPermit(number: string): IdentityCheck {
  return checkShape(number, /^[HM]\d{8}(\d{2})?$/);
}

/** The part of the number that stays with its holder through every renewal. */
export function lifetimeNumber(normalized: string): string {
  return normalized.slice(0, 9);
}
