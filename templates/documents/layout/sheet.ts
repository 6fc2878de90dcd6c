import PDFDocument from 'pdfkit';
import type { EpochMs } from '../../../domain/zoned-time.ts';
import { openedFont } from './fonts.ts';

export type Doc = PDFKit.PDFDocument;

/** Points; 1 mm = 2.835. */
export const MARGIN = { top: 62, bottom: 62, left: 62, right: 62 } as const;
export const INK = '#111111';
export const MUTED = '#555555';

export interface SheetOptions {
  readonly title: string;
  /** When the paper was made out; also stands for the file's own dates, so that equal props give equal bytes. */
  readonly createdAt: EpochMs;
  /** Prints 样张 SPECIMEN across every page (rehearsal). */
  readonly specimen: boolean;
  /** Left end of the footer. */
  readonly footer: string;
  readonly size?: readonly [width: number, height: number];
  readonly margins?: { top: number; bottom: number; left: number; right: number };
}

/** Draws one paper and gives its bytes: PDF/A-2b, fonts embedded as subsets. */
export async function printSheet(options: SheetOptions, draw: (doc: Doc) => void): Promise<Buffer> {
  const created = new Date(options.createdAt);
  const { title } = options;
  const doc = new PDFDocument({
    size: options.size ? [...options.size] : 'A4',
    margins: options.margins ?? { ...MARGIN },
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    lang: 'zh-CN',
    displayTitle: true,
    bufferPages: true,
    info: { Title: title, Producer: 'Heli', Creator: 'Heli', CreationDate: created, ModDate: created },
  });
  doc.registerFont('regular', asSource(openedFont('regular')));
  doc.registerFont('bold', asSource(openedFont('bold')));
  const chunks: Buffer[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.font('regular').fontSize(10.5).fillColor(INK).strokeColor(INK);
  draw(doc);
  finishPages(doc, options);
  doc.end();
  await finished;
  return Buffer.concat(chunks);
}

/** The width between the margins. */
export function contentWidth(doc: Doc): number {
  return doc.page.width - doc.page.margins.left - doc.page.margins.right;
}

/** The lowest point text may reach. */
export function contentBottom(doc: Doc): number {
  return doc.page.height - doc.page.margins.bottom;
}

/** Starts a new page unless `height` points are left below the cursor. */
export function ensureRoom(doc: Doc, height: number): void {
  if (doc.y + height > contentBottom(doc)) doc.addPage();
}

function finishPages(doc: Doc, { footer, specimen }: SheetOptions): void {
  const { start, count } = doc.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    doc.switchToPage(index);
    // Text below the bottom margin would start a page of its own.
    const { bottom } = doc.page.margins;
    doc.page.margins.bottom = 0;
    if (footer !== '') drawFooter(doc, footer, `第${index + 1}页\u3000共${count}页`);
    if (specimen) drawSpecimen(doc);
    doc.page.margins.bottom = bottom;
  }
}

function drawFooter(doc: Doc, left: string, right: string): void {
  const { left: x } = doc.page.margins;
  const y = doc.page.height - 40;
  const width = contentWidth(doc);
  doc.font('regular').fontSize(8).fillColor(MUTED);
  doc.text(left, x, y, { width, align: 'left', lineBreak: false });
  doc.text(right, x, y, { width, align: 'right', lineBreak: false });
  doc.fillColor(INK);
}

function drawSpecimen(doc: Doc): void {
  const { width, height } = doc.page;
  const size = Math.min(width, height) / 8.5;
  const angle = (-Math.atan2(height, width) * 180) / Math.PI;
  doc.save();
  doc.rotate(Math.max(angle, -40), { origin: [width / 2, height / 2] });
  doc.font('bold').fontSize(size).fillColor('#b3261e').fillOpacity(0.14);
  doc.text('样张 SPECIMEN', 0, height / 2 - size * 0.75, { width, align: 'center', lineBreak: false });
  doc.restore();
  doc.fillOpacity(1).fillColor(INK);
}

/** pdfkit takes an opened font as well; its types do not say so. */
function asSource(font: ReturnType<typeof openedFont>): PDFKit.Mixins.PDFFontSource {
  return font as unknown as PDFKit.Mixins.PDFFontSource;
}
