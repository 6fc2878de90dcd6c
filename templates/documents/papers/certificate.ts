import type { PlainDate } from '../../../domain/plain-date.ts';
import {
  guideLine,
  sheetOptions,
  zhDate,
  type GuideLines,
  type NamedParty,
  type PaperProps,
} from '../common.ts';
import { drawBlank } from '../layout/blocks.ts';
import { INK, MUTED, printSheet, type Doc } from '../layout/sheet.ts';

/** A person as the certificate names them. */
export interface CertifiedParty extends NamedParty {
  readonly sex: '男' | '女';
  readonly nationality: string;
  readonly bornOn: PlainDate;
}

export interface CertificateProps extends PaperProps {
  /** 离婚证字号 L440311-2026-000123, one for the couple. */
  readonly certificateNumber: string;
  /** 印制号 of this booklet. */
  readonly bookletNumber: string;
  readonly registeredOn: PlainDate;
  /** Whose booklet it is. */
  readonly holder: CertifiedParty;
  readonly otherParty: CertifiedParty;
  readonly remarks: string;
}

const TITLE = '离婚证';
const GUIDE: GuideLines = { 'zh-Hant': '離婚證', en: 'Certificate of Divorce' };
const RED = '#8c1c1c';
const PAPER = [595.28, 419.53] as const;
const EDGE = 24;
const PAGE_PADDING = 20;
/** 二寸: 35 × 49 mm. */
const PHOTO = { width: 99, height: 139 } as const;

/**
 * 离婚证, the two facing inside pages of one booklet. The registrar signs by hand and the office embosses the photo;
 * the provincial QR code is not drawn, only the province can issue it.
 */
export function certificate(props: CertificateProps): Promise<Buffer> {
  const margins = { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE };
  const options = { ...sheetOptions(TITLE, props), size: PAPER, margins, footer: '' };
  return printSheet(options, (doc) => {
    const pageWidth = PAPER[0] / 2 - EDGE - 6;
    const rightPage = PAPER[0] / 2 + 6;
    drawFrame(doc, EDGE, pageWidth);
    drawFrame(doc, rightPage, pageWidth);
    drawIssue(doc, props, EDGE + PAGE_PADDING, pageWidth - 2 * PAGE_PADDING);
    drawPersons(doc, props, rightPage + PAGE_PADDING, pageWidth - 2 * PAGE_PADDING);
  });
}

function drawFrame(doc: Doc, x: number, width: number): void {
  const height = PAPER[1] - 2 * EDGE;
  doc.strokeColor(RED).lineWidth(1.6).rect(x, EDGE, width, height).stroke();
  doc
    .lineWidth(0.5)
    .rect(x + 4, EDGE + 4, width - 8, height - 8)
    .stroke();
  for (const [cornerX, cornerY] of [
    [x + 4, EDGE + 4],
    [x + width - 12, EDGE + 4],
    [x + 4, EDGE + height - 12],
    [x + width - 12, EDGE + height - 12],
  ] as const) {
    doc.rect(cornerX, cornerY, 8, 8).stroke();
  }
  doc.strokeColor(INK);
}

/** Left page: why it is issued, by whom, and the photo. */
function drawIssue(doc: Doc, props: CertificateProps, x: number, width: number): void {
  doc.font('bold').fontSize(24).fillColor(RED);
  doc.text(TITLE, x, 46, { width, align: 'center', characterSpacing: 12, indent: 12 });
  const guide = guideLine(GUIDE, props.guide);
  if (guide !== undefined) {
    doc.font('regular').fontSize(8.5).fillColor(MUTED).text(guide, x, 82, { width, align: 'center' });
  }
  doc.font('regular').fontSize(11).fillColor(INK);
  const issue = '离婚申请符合《中华人民共和国民法典》的规定，予以登记，发给此证。';
  doc.text(issue, x, 106, { width, lineGap: 5, indent: 22 });

  const photoX = x + (width - PHOTO.width) / 2;
  doc
    .lineWidth(0.6)
    .strokeColor('#888888')
    .rect(photoX, 158, PHOTO.width, PHOTO.height)
    .stroke()
    .strokeColor(INK);
  doc
    .fontSize(9)
    .fillColor(MUTED)
    .text('照片（加盖钢印）', photoX, 220, { width: PHOTO.width, align: 'center' });

  doc.font('regular').fontSize(10.5).fillColor(INK);
  doc.text(`登记机关：${props.officeName}`, x, 314, { width });
  doc.fontSize(8.5).fillColor(MUTED).text('（印章）', x, 330, { width });
  doc.y = 352;
  drawBlank(doc, '婚姻登记员', x, width);
}

/** Right page: number, date and both persons. */
function drawPersons(doc: Doc, props: CertificateProps, x: number, width: number): void {
  let y = 46;
  y = drawFields(doc, x, y, width, [
    ['持证人', props.holder.name],
    ['登记日期', zhDate(props.registeredOn)],
    ['离婚证字号', props.certificateNumber],
    ['备注', props.remarks],
  ]);
  for (const party of [props.holder, props.otherParty]) {
    doc
      .lineWidth(0.5)
      .strokeColor(RED)
      .moveTo(x, y + 3)
      .lineTo(x + width, y + 3)
      .stroke()
      .strokeColor(INK);
    y = drawFields(doc, x, y + 9, width, [
      ['姓名', party.name],
      ['性别', party.sex],
      ['国籍', party.nationality],
      ['出生日期', zhDate(party.bornOn)],
      ['身份证件号', party.idNumber],
    ]);
  }
  doc.font('regular').fontSize(8).fillColor(MUTED);
  doc.text(`印制号 ${props.bookletNumber}`, x, PAPER[1] - EDGE - 24, {
    width,
    align: 'right',
    lineBreak: false,
  });
  doc.fillColor(INK);
}

function drawFields(
  doc: Doc,
  x: number,
  top: number,
  width: number,
  fields: readonly (readonly [string, string])[],
): number {
  const captionWidth = 66;
  let y = top;
  for (const [caption, content] of fields) {
    doc.font('regular').fontSize(10).fillColor(MUTED);
    doc.text(caption, x, y, { width: captionWidth, lineBreak: false });
    const room = width - captionWidth;
    doc.fontSize(fittingSize(doc, content, room)).fillColor(INK);
    doc.text(content, x + captionWidth, y - 0.7, { width: room });
    y = Math.max(y + 21.5, doc.y + 4);
  }
  return y;
}

/** 11 points, less for long foreign names so that they stay on one line; below 7 they take a second line. */
function fittingSize(doc: Doc, text: string, room: number): number {
  const atFull = doc.font('regular').fontSize(11).widthOfString(text);
  return Math.max(7, Math.min(11, Math.floor((11 * 10 * room) / atFull) / 10));
}
