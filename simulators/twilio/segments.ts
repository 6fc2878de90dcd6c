/** The alphabet of GSM 03.38; what is not in it makes the whole text UCS-2. */
const GSM_BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Characters that take two places. */
const GSM_EXTENDED = '^{}\\[~]|€\f';

/** Parts a text is sent and billed as: 160 places alone or 153 in a row; with Chinese 70 or 67 UTF-16 units. */
export function segmentsOf(text: string): number {
  const characters = Array.from(text);
  const gsm = characters.every((c) => GSM_BASIC.includes(c) || GSM_EXTENDED.includes(c));
  if (!gsm) return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
  const places = characters.reduce((sum, c) => sum + (GSM_EXTENDED.includes(c) ? 2 : 1), 0);
  return places <= 160 ? 1 : Math.ceil(places / 153);
}
