/** Distance between a full-width form (U+FF01–U+FF5E) and its ASCII character. */
const FULL_WIDTH_OFFSET = 0xfee0;

/**
 * Brings a typed number into one form: full-width characters to ASCII, no white space, capital letters.
 * `４４０３９９ １９９００３０７００１ｘ` becomes `44039919900307001X`.
 */
export function normalizeNumber(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(/\s/g, '')
    .toUpperCase();
}
