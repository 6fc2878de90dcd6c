import {
  guideLine,
  HAND_DATE,
  sheetOptions,
  type GuideLines,
  type PaperProps,
  type PartyDetails,
} from '../common.ts';
import { drawEnds, drawNumbered, drawParagraph, drawTitle } from '../layout/blocks.ts';
import { drawGrid } from '../layout/grid.ts';
import { PARTY_COLUMNS, partyRows } from '../layout/party-block.ts';
import { printSheet } from '../layout/sheet.ts';

export interface DeclarationProps extends PaperProps {
  /** Who declares; each party signs a paper of their own. */
  readonly declarant: PartyDetails;
  readonly otherParty: { readonly name: string; readonly idNumber: string };
  /** 监誓人: the registrar before whom it is signed. */
  readonly registrar: string;
}

const TITLE = '离婚登记声明书';
const GUIDE: GuideLines = {
  'zh-Hant': '離婚登記聲明書：在監誓人面前簽名並按指紋',
  en: 'Declaration for divorce registration, signed before the registrar as witness',
};

/** 离婚登记声明书 of one party. */
export function declaration(props: DeclarationProps): Promise<Buffer> {
  const { declarant, otherParty, registrar } = props;
  return printSheet(sheetOptions(TITLE, props), (doc) => {
    drawTitle(doc, TITLE, guideLine(GUIDE, props.guide));
    drawEnds(doc, `登记机关：${props.officeName}`, `案件编号：${props.caseNumber}`);
    drawGrid(doc, PARTY_COLUMNS, partyRows('声明人', declarant, 30));
    doc.y += 18;
    drawParagraph(
      doc,
      `本人${declarant.name}与${otherParty.name}（身份证件号码：${otherParty.idNumber}）申请离婚登记，谨此声明：`,
      { size: 12, indent: true },
    );
    drawNumbered(
      doc,
      [
        '本人与对方自愿离婚，未受胁迫、欺骗。',
        '本人与对方均具有完全民事行为能力。',
        '本人与对方已对子女抚养、财产、债务等事项的处理达成一致，离婚协议书由双方亲自签署，内容系真实意思表示。',
        '本人在登记机关填写的各项内容和提交的证件、证明材料真实有效。',
      ],
      12,
    );
    doc.y += 6;
    drawParagraph(doc, '本人上述声明完全真实，如有虚假，愿承担法律责任。', { size: 12, indent: true });
    doc.y += 24;
    drawGrid(
      doc,
      [1, 1],
      [
        {
          minHeight: 110,
          cells: [
            { kind: 'sign', text: '声明人签名并按指纹：', foot: HAND_DATE },
            { kind: 'sign', text: `监誓人（婚姻登记员 ${registrar}）签名：`, foot: HAND_DATE },
          ],
        },
      ],
    );
  });
}
