import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

/**
 * Noto Serif SC (SIL Open Font License), a Song typeface as official forms use it. It covers all of GBK and Big5, so
 * simplified, traditional and the rare characters of names; a paper embeds the glyphs it uses.
 */
const FILES = {
  regular: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
} as const;
export type FontWeight = keyof typeof FILES;

const resolve = createRequire(import.meta.url).resolve;
const opened = new Map<FontWeight, Font>();

/** The font, opened once for each process: taking its tables apart costs more than setting a page with it. */
export function openedFont(weight: FontWeight): Font {
  const known = opened.get(weight);
  if (known) return known;
  const font = create(readFileSync(resolve(FILES[weight]))) as Font;
  opened.set(weight, font);
  return font;
}

/** Characters of `text` that would be printed as empty boxes. */
export function missingCharacters(text: string): string[] {
  const font = openedFont('regular');
  return Array.from(text).filter((character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return codePoint >= 0x20 && !font.hasGlyphForCodePoint(codePoint);
  });
}
