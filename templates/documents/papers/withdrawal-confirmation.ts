import type { PlainDate } from '../../../domain/plain-date.ts';
import {
  guideLine,
  HAND_DATE,
  sheetOptions,
  zhDate,
  type GuideLines,
  type NamedParty,
  type PaperProps,
} from '../common.ts';
import { drawEnds, drawParagraph, drawTitle } from '../layout/blocks.ts';
import { drawGrid, label, value } from '../layout/grid.ts';
import { contentWidth, MUTED, printSheet, type Doc } from '../layout/sheet.ts';

export interface WithdrawalConfirmationProps extends PaperProps {
  readonly receiptNumber: string;
  /** Who came to withdraw. */
  readonly withdrawingParty: NamedParty;
  readonly otherPartyName: string;
  readonly receivedOn: PlainDate;
  readonly withdrawnOn: PlainDate;
  readonly registrar: string;
}

const TITLE = '撤回离婚登记申请确认单';
const GUIDE: GuideLines = {
  'zh-Hant': '撤回離婚登記申請確認單',
  en: 'Confirmation that the application for divorce registration has been withdrawn',
};

/** 撤回离婚登记申请确认单 (民发〔2020〕116号): the party's copy above, the archive's stub below. */
export function withdrawalConfirmation(props: WithdrawalConfirmationProps): Promise<Buffer> {
  return printSheet(sheetOptions(TITLE, props), (doc) => {
    drawPart(doc, props, '当事人联');
    const middle = doc.page.height / 2;
    drawCut(doc, middle);
    doc.x = doc.page.margins.left;
    doc.y = middle + 26;
    drawPart(doc, props, '存根联');
  });
}

function drawPart(doc: Doc, props: WithdrawalConfirmationProps, part: string): void {
  const { withdrawingParty, otherPartyName, receivedOn, withdrawnOn, registrar } = props;
  drawTitle(doc, TITLE, guideLine(GUIDE, props.guide));
  drawEnds(doc, `${props.officeName}\u3000【${part}】`, `回执编号：${props.receiptNumber}`);
  drawGrid(
    doc,
    [16, 26, 18, 32],
    [
      {
        minHeight: 28,
        cells: [
          label('撤回申请人'),
          value(withdrawingParty.name),
          label(withdrawingParty.idTypeName),
          value(withdrawingParty.idNumber),
        ],
      },
      {
        minHeight: 28,
        cells: [
          label('申请受理日期'),
          value(zhDate(receivedOn)),
          label('撤回日期'),
          value(zhDate(withdrawnOn)),
        ],
      },
    ],
  );
  doc.y += 8;
  drawParagraph(
    doc,
    `${withdrawingParty.name}与${otherPartyName}于${zhDate(receivedOn)}向本机关提出的离婚登记申请，经${withdrawingParty.name}本人于${zhDate(withdrawnOn)}亲自申请，依照《中华人民共和国民法典》第一千零七十七条第一款，现予确认撤回，离婚登记程序终止。`,
    { indent: true },
  );
  doc.y += 4;
  drawGrid(
    doc,
    [1, 1, 1],
    [
      {
        minHeight: 72,
        cells: [
          { kind: 'sign', text: '撤回申请人签名并按指纹：', foot: HAND_DATE },
          { kind: 'sign', text: `登记员（${registrar}）签名：`, foot: HAND_DATE },
          { kind: 'sign', text: '登记机关（印章）：', foot: zhDate(withdrawnOn) },
        ],
      },
    ],
  );
}

function drawCut(doc: Doc, y: number): void {
  const { left } = doc.page.margins;
  const right = left + contentWidth(doc);
  doc.save().lineWidth(0.6).strokeColor(MUTED).dash(4, { space: 3 });
  doc.moveTo(left, y).lineTo(right, y).stroke();
  doc.restore();
  doc.font('regular').fontSize(8).fillColor(MUTED);
  doc.text('裁　切　线', left, y + 3, { width: right - left, align: 'center', lineBreak: false });
}
