import type { PlainDate } from '../../../domain/plain-date.ts';
import { guideLine, HAND_DATE, sheetOptions, zhDate, type GuideLines, type PaperProps } from '../common.ts';
import {
  drawBlank,
  drawEnds,
  drawHeading,
  drawNumbered,
  drawOfficeSeal,
  drawParagraph,
  drawTitle,
} from '../layout/blocks.ts';
import { contentWidth, ensureRoom, printSheet, type Doc } from '../layout/sheet.ts';

/** Why, each with the provision it rests on. */
export interface RefusalGround {
  readonly reason: string;
  /** E.g. 《婚姻登记条例》第十四条第三项. */
  readonly basis: string;
}

export interface RefusalLetterProps extends PaperProps {
  readonly partyNames: readonly [string, string];
  /** When they asked. */
  readonly requestedOn: PlainDate;
  readonly refusedOn: PlainDate;
  /** At least one. */
  readonly grounds: readonly [RefusalGround, ...RefusalGround[]];
  /** Authority for 行政复议 (60 days). */
  readonly reviewAuthority: string;
  /** Court for 行政诉讼 (6 months). */
  readonly court: string;
}

const NON_ACCEPTANCE = {
  title: '不予受理离婚登记申请告知书',
  guide: {
    'zh-Hant': '不予受理離婚登記申請告知書：申請階段',
    en: 'Notice that the application for divorce registration cannot be accepted',
  } satisfies GuideLines,
  opening: '向本机关提出的离婚登记申请，经初审，存在下列情形，依法不予受理：',
  closing: '上述情形消除后，双方可以重新提出申请。',
};
const NON_REGISTRATION = {
  title: '不予办理离婚登记告知书',
  guide: {
    'zh-Hant': '不予辦理離婚登記告知書：審查階段',
    en: 'Notice that the divorce cannot be registered',
  } satisfies GuideLines,
  opening: '向本机关申请发给离婚证，经审查，存在下列情形，依法不予办理离婚登记：',
  closing:
    '在申请发给离婚证的期限内，上述情形消除的，双方可以再次共同到本机关申请；期限届满未申请的，视为撤回离婚登记申请。',
};

/** 不予受理离婚登记申请告知书: application stage (婚姻登记条例 art 14). */
export function nonAcceptance(props: RefusalLetterProps): Promise<Buffer> {
  return printLetter(NON_ACCEPTANCE, props);
}

/** 不予办理离婚登记告知书: review stage (婚姻登记条例 art 16). */
export function nonRegistration(props: RefusalLetterProps): Promise<Buffer> {
  return printLetter(NON_REGISTRATION, props);
}

function printLetter(wording: typeof NON_ACCEPTANCE, props: RefusalLetterProps): Promise<Buffer> {
  const [first, second] = props.partyNames;
  return printSheet(sheetOptions(wording.title, props), (doc) => {
    drawTitle(doc, wording.title, guideLine(wording.guide, props.guide));
    drawEnds(doc, '', `编号：${props.caseNumber}`);
    doc.y += 8;
    drawParagraph(doc, `${first}、${second}：`, { size: 12 });
    drawParagraph(doc, `你们于${zhDate(props.requestedOn)}${wording.opening}`, { size: 12, indent: true });
    drawNumbered(
      doc,
      props.grounds.map(({ reason, basis }) => `${reason}（依据：${basis}）`),
      12,
    );
    drawParagraph(doc, wording.closing, { size: 12, indent: true });
    doc.y += 6;
    drawHeading(doc, '救济途径', 12);
    drawParagraph(
      doc,
      `对本决定不服的，可以自收到本告知书之日起六十日内向${props.reviewAuthority}申请行政复议，或者自收到本告知书之日起六个月内向${props.court}提起行政诉讼。`,
      { size: 12, indent: true },
    );
    drawOfficeSeal(doc, props.officeName, zhDate(props.refusedOn));
    drawAcknowledgement(doc);
  });
}

/** Both parties sign for the letter when they take it along. */
function drawAcknowledgement(doc: Doc): void {
  ensureRoom(doc, 80);
  const { left } = doc.page.margins;
  doc.y += 44;
  drawBlank(doc, '收件人签名：', left, 170);
  drawBlank(doc, '', left + 180, 108);
  const { y } = doc;
  doc.text(`收到日期：${HAND_DATE}`, left, y, { width: contentWidth(doc), align: 'right', lineBreak: false });
}
