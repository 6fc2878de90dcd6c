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
import { printSheet } from '../layout/sheet.ts';

export interface WithdrawalApplicationProps extends PaperProps {
  readonly receiptNumber: string;
  /** Who came to withdraw. */
  readonly withdrawingParty: NamedParty;
  readonly otherPartyName: string;
  readonly receivedOn: PlainDate;
  /** A lost receipt is explained in writing on this paper. */
  readonly isReceiptLost: boolean;
  readonly registrar: string;
}

const TITLE = '撤回离婚登记申请书';
const GUIDE: GuideLines = {
  'zh-Hant': '撤回離婚登記申請書：由撤回一方親自填寫、簽名並按指紋',
  en: 'Application to withdraw from divorce registration, signed in person by the party who withdraws',
};

/** 撤回离婚登记申请书 (民法典 1077 para 1): either party alone, in person, within the first thirty days. */
export function withdrawalApplication(props: WithdrawalApplicationProps): Promise<Buffer> {
  const { withdrawingParty, otherPartyName, receivedOn, receiptNumber, isReceiptLost, registrar } = props;
  return printSheet(sheetOptions(TITLE, props), (doc) => {
    drawTitle(doc, TITLE, guideLine(GUIDE, props.guide));
    drawEnds(doc, `登记机关：${props.officeName}`, `案件编号：${props.caseNumber}`);
    drawGrid(
      doc,
      [16, 26, 18, 32],
      [
        {
          minHeight: 32,
          cells: [
            label('撤回申请人'),
            value(withdrawingParty.name),
            label(withdrawingParty.idTypeName),
            value(withdrawingParty.idNumber),
          ],
        },
        {
          minHeight: 32,
          cells: [label('申请受理日期'), value(zhDate(receivedOn)), label('回执编号'), value(receiptNumber)],
        },
        ...(isReceiptLost
          ? [{ minHeight: 90, cells: [label('回执单遗失\n情况说明'), value('', { columns: 3 })] }]
          : []),
      ],
    );
    doc.y += 18;
    drawParagraph(
      doc,
      `本人与${otherPartyName}于${zhDate(receivedOn)}向${props.officeName}申请离婚登记。现本人不愿意离婚，依照《中华人民共和国民法典》第一千零七十七条第一款的规定，申请撤回离婚登记申请。`,
      { size: 12, indent: true },
    );
    drawParagraph(doc, '本人系自愿申请撤回，所填内容真实，如有虚假，愿承担法律责任。', {
      size: 12,
      indent: true,
    });
    doc.y += 24;
    drawGrid(
      doc,
      [1, 1],
      [
        {
          minHeight: 100,
          cells: [
            { kind: 'sign', text: '撤回申请人签名并按指纹：', foot: HAND_DATE },
            { kind: 'sign', text: `婚姻登记员（${registrar}）签名：`, foot: HAND_DATE },
          ],
        },
      ],
    );
  });
}
