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
const loaded = new Map<FontWeight, Buffer>();
let coverage: Font | undefined;

/** The font file, read once for each process. */
export function fontFile(weight: FontWeight): Buffer {
  const known = loaded.get(weight);
  if (known) return known;
  const bytes = readFileSync(resolve(FILES[weight]));
  loaded.set(weight, bytes);
  return bytes;
}

/** Characters of `text` that would be printed as empty boxes. */
export function missingCharacters(text: string): string[] {
  coverage ??= create(fontFile('regular')) as Font;
  const font = coverage;
  return Array.from(text).filter((character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return codePoint >= 0x20 && !font.hasGlyphForCodePoint(codePoint);
  });
}
