import { checkShape, type IdentityCheck } from './check-result.ts';

/** Mainland travel permit of Taiwan residents (台湾居民来往大陆通行证): eight digits, ten on old booklets. */
export function checkTaiwanPermit(number: string): IdentityCheck {
  return checkShape(number, /^(\d{8}|\d{10})$/);
}

/** Taiwan identity card, shown beside the permit: a letter, 1 or 2 for the sex, eight digits. */
export function checkTaiwanId(number: string): IdentityCheck {
  return checkShape(number, /^[A-Z][12]\d{8}$/);
}
