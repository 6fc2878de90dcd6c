const COUNTRY_CODE_OF_CHINA = '+86';
const MAINLAND_MOBILE = /^1\d{10}$/;

/**
 * The form in which Twilio wants a number. Mainland mobiles are written without country code in the case;
 * every other number (Hong Kong and Macau look alike) must already carry its own, and goes out unchanged.
 */
export function toE164(number: string): string {
  const compact = number.replace(/[\s-]/g, '');
  return MAINLAND_MOBILE.test(compact) ? COUNTRY_CODE_OF_CHINA + compact : compact;
}
