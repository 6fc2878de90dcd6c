import { refused, type IdentityCheck } from './check-result.ts';

/**
 * Macau identity card (澳门身份证): stored as `1234567(8)`; the brackets may be left out when typing. How its check
 * digit is computed is not public, so only the form is checked.
 */
export function checkMacauId(number: string): IdentityCheck {
  const match = /^([157]\d{6})(?:\((\d)\)|(\d))$/.exec(number);
  if (!match) return refused('ID_SHAPE');
  return { ok: true, normalized: `${match[1] ?? ''}(${match[2] ?? match[3] ?? ''})` };
}
