/** How a text travels as a short message: `units` counts UTF-16 units (UCS-2) or septets (GSM-7). */
export interface SmsParts {
  readonly encoding: 'gsm-7' | 'ucs-2';
  readonly units: number;
  readonly parts: number;
}

/** 3GPP TS 23.038 §6.2.1: the default alphabet, one septet each. */
const GSM_BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** 3GPP TS 23.038 §6.2.1.1: reached through an escape, two septets each. */
const GSM_EXTENDED = new Set('\f^{}\\[~]|€');

/** A message that needs several parts gives up room in each of them for the concatenation header. */
const LIMITS = {
  'gsm-7': { single: 160, perPart: 153 },
  'ucs-2': { single: 70, perPart: 67 },
} as const;

/** Undefined when a character lies outside the alphabet, so that the text has to go out as UCS-2. */
function septetsOf(character: string): 1 | 2 | undefined {
  if (GSM_BASIC.has(character)) return 1;
  return GSM_EXTENDED.has(character) ? 2 : undefined;
}

/** Parts needed when a character of `sizes` may not be torn between two parts. */
function countParts(sizes: readonly number[], limit: { single: number; perPart: number }): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= limit.single) return total === 0 ? 0 : 1;
  let parts = 1;
  let room: number = limit.perPart;
  for (const size of sizes) {
    if (size > room) {
      parts += 1;
      room = limit.perPart;
    }
    room -= size;
  }
  return parts;
}

/**
 * Units and parts of a short message, signature included: 160 septets (153 per part) when every character is
 * in the GSM alphabet, else 70 UTF-16 units (67 per part). An empty text takes no part.
 */
export function smsParts(text: string): SmsParts {
  const characters = Array.from(text);
  const septets = characters.map(septetsOf);
  const isGsm = septets.every((size) => size !== undefined);
  const encoding = isGsm ? 'gsm-7' : 'ucs-2';
  const sizes = isGsm ? septets : characters.map((character) => character.length);
  return {
    encoding,
    units: sizes.reduce((sum: number, size) => sum + size, 0),
    parts: countParts(sizes, LIMITS[encoding]),
  };
}
