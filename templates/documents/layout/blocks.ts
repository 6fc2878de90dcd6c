import { contentWidth, ensureRoom, INK, MUTED, type Doc } from './sheet.ts';

/** The name of the paper, and under it, in small type, what it is in the reader's language. */
export function drawTitle(doc: Doc, title: string, guide: string | undefined): void {
  const { left } = doc.page.margins;
  const width = contentWidth(doc);
  doc.font('bold').fontSize(20).fillColor(INK);
  doc.text(title, left, doc.y, { width, align: 'center', characterSpacing: title.length > 12 ? 1 : 3 });
  if (guide !== undefined) {
    doc.font('regular').fontSize(8.5).fillColor(MUTED);
    doc.text(guide, left, doc.y + 1, { width, align: 'center' });
  }
  doc.fillColor(INK).moveDown(0.6);
}

/** A line with one text at each end, as 编号 and 日期 stand above a form. */
export function drawEnds(doc: Doc, atLeft: string, atRight: string): void {
  const { left } = doc.page.margins;
  const width = contentWidth(doc);
  const { y } = doc.font('regular').fontSize(10).fillColor(INK);
  doc.text(atLeft, left, y, { width, align: 'left', lineBreak: false });
  doc.text(atRight, left, y, { width, align: 'right', lineBreak: false });
  doc.x = left;
  doc.y = y + 20;
}

/** A small heading. */
export function drawHeading(doc: Doc, text: string, size = 11): void {
  ensureRoom(doc, 60);
  doc.font('bold').fontSize(size).fillColor(INK);
  doc.text(text, doc.page.margins.left, doc.y + 8, { width: contentWidth(doc) });
  doc.y += 2;
}

/** Running text; `indent` leaves the two empty squares a Chinese paragraph begins with. */
export function drawParagraph(
  doc: Doc,
  text: string,
  options: { size?: number; indent?: boolean } = {},
): void {
  const { size = 10.5, indent = false } = options;
  doc.font('regular').fontSize(size).fillColor(INK);
  const { left } = doc.page.margins;
  doc.text(text, left, doc.y, {
    width: contentWidth(doc),
    lineGap: size * 0.25,
    indent: indent ? 2 * size : 0,
  });
  doc.y += 3;
}

/** `1．…` with hanging numbers. */
export function drawNumbered(doc: Doc, items: readonly string[], size = 10): void {
  const { left } = doc.page.margins;
  const hang = size * 1.9;
  for (const [index, item] of items.entries()) {
    doc.font('regular').fontSize(size).fillColor(INK);
    const width = contentWidth(doc) - hang;
    ensureRoom(doc, doc.heightOfString(item, { width, lineGap: size * 0.2 }));
    const { y } = doc;
    doc.text(`${index + 1}.`, left, y, { width: hang, lineBreak: false });
    doc.text(item, left + hang, y, { width, lineGap: size * 0.2 });
    doc.x = left;
    doc.y += 2;
  }
}

/** Label and a ruled line to write on, from `x` over `width` points, at the cursor's height. */
export function drawBlank(doc: Doc, caption: string, x: number, width: number): void {
  const { y } = doc.font('regular').fontSize(10.5).fillColor(INK);
  doc.text(caption, x, y, { lineBreak: false });
  const from = x + doc.widthOfString(caption) + 4;
  doc
    .lineWidth(0.6)
    .moveTo(from, y + 15)
    .lineTo(x + width, y + 15)
    .stroke();
  doc.y = y;
}

/** `count` ruled lines over the whole width. */
export function drawRuledLines(doc: Doc, count: number, spacing = 22): void {
  const { left } = doc.page.margins;
  for (let line = 0; line < count; line += 1) {
    ensureRoom(doc, spacing);
    doc.y += spacing;
    doc.lineWidth(0.4).strokeColor('#777777');
    doc
      .moveTo(left, doc.y)
      .lineTo(left + contentWidth(doc), doc.y)
      .stroke();
  }
  doc.strokeColor(INK);
  doc.y += 4;
}

/** Office, room for its seal, and date, at the right below a notice. */
export function drawOfficeSeal(doc: Doc, officeName: string, date: string): void {
  ensureRoom(doc, 96);
  const { left } = doc.page.margins;
  const width = contentWidth(doc);
  doc.font('regular').fontSize(11).fillColor(INK);
  doc.text(`${officeName}（印章）`, left, doc.y + 40, { width, align: 'right' });
  doc.text(date, left, doc.y + 4, { width, align: 'right' });
}
