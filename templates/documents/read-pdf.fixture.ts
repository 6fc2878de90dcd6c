import { inflateSync } from 'node:zlib';

/** Just enough of a PDF reader to check what a paper says: objects in clear, streams deflated, text in hex. */
export interface ReadPdf {
  readonly pages: number;
  /** All text in drawing order, one line for each piece. */
  readonly text: string;
  /** Base font names, and whether a font file is embedded for each. */
  readonly fonts: readonly { readonly name: string; readonly isEmbedded: boolean }[];
}

export function readPdf(bytes: Buffer): ReadPdf {
  const objects = objectsOf(bytes);
  const all = [...objects.values()];
  const descriptors = all.filter(({ head }) => /\/Type \/FontDescriptor/.test(head));
  const pages = all.filter(({ head }) => /\/Type \/Page\b/.test(head));
  return {
    pages: pages.length,
    text: pages.map((page) => pageText(page.head, objects)).join('\n'),
    fonts: descriptors.map(({ head }) => ({
      name: /\/FontName \/(\S+)/.exec(head)?.[1] ?? '',
      isEmbedded: (objects.get(/\/FontFile2 (\d+) 0 R/.exec(head)?.[1] ?? '')?.stream?.length ?? 0) > 0,
    })),
  };
}

interface PdfObject {
  readonly head: string;
  readonly stream: Buffer | undefined;
}

function objectsOf(bytes: Buffer): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>();
  const raw = bytes.toString('latin1');
  for (const match of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const from = match.index + match[0].length;
    const body = raw.slice(from, raw.indexOf('\nendobj', from));
    const start = body.indexOf('stream\n');
    const head = start < 0 ? body : body.slice(0, start);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const at = from + start + 'stream\n'.length;
    const data = start < 0 ? undefined : bytes.subarray(at, at + length);
    const stream = data && /\/FlateDecode/.test(head) ? inflateSync(data) : data;
    objects.set(match[1] ?? '', { head, stream });
  }
  return objects;
}

function pageText(page: string, objects: ReadonlyMap<string, PdfObject>): string {
  const follow = (head: string, key: string) =>
    objects.get(new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1] ?? '');
  const content = follow(page, 'Contents')?.stream?.toString('latin1') ?? '';
  const resources = follow(page, 'Resources')?.head ?? page;
  const lines: string[] = [];
  let map = new Map<number, string>();
  for (const operation of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:[^\]])*)\] TJ/g)) {
    const [, font, shown] = operation;
    if (font !== undefined) map = unicodeOf(follow(follow(resources, font)?.head ?? '', 'ToUnicode'));
    if (shown !== undefined) lines.push(decode(shown, map));
  }
  return lines.join('\n');
}

function decode(shown: string, map: ReadonlyMap<number, string>): string {
  const codes = [...shown.matchAll(/<([0-9a-f]*)>/gi)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
  return codes.map((code) => map.get(parseInt(code, 16)) ?? '\ufffd').join('');
}

function unicodeOf(object: PdfObject | undefined): Map<number, string> {
  const map = new Map<number, string>();
  const cmap = object?.stream?.toString('latin1') ?? '';
  for (const [, from = '', list = ''] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], index) => {
      const utf16 = Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16();
      map.set(parseInt(from, 16) + index, utf16.toString('utf16le'));
    });
  }
  return map;
}
