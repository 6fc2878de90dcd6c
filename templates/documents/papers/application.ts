import type { PlainDate } from '../../../domain/plain-date.ts';
import {
  guideLine,
  HAND_DATE,
  sheetOptions,
  zhDate,
  type GuideLines,
  type PaperProps,
  type PartyDetails,
} from '../common.ts';
import { drawEnds, drawTitle } from '../layout/blocks.ts';
import { drawGrid, label, value, type Row } from '../layout/grid.ts';
import { PARTY_COLUMNS, partyRows } from '../layout/party-block.ts';
import { printSheet } from '../layout/sheet.ts';

export interface ApplicationProps extends PaperProps {
  readonly parties: readonly [PartyDetails, PartyDetails];
  readonly marriage: {
    readonly certificateNumber: string;
    readonly registeredOn: PlainDate;
    readonly office: string;
  };
  readonly registrar: string;
}

const TITLE = '离婚登记申请书';
const GUIDE: GuideLines = {
  'zh-Hant': '離婚登記申請書：由雙方在登記員面前親自填寫、簽名並按指紋',
  en: 'Application for divorce registration, completed and signed by both in person before the registrar.',
};
const STATEMENT = [
  '本人与对方自愿离婚，均具有完全民事行为能力，已就子女抚养、财产及债务处理等事项协商一致，达成离婚协议，现依照《中华人民共和国民法典》和《婚姻登记条例》申请离婚登记。',
  '本人已知悉：自登记机关收到申请之日起三十日内，任何一方可以撤回申请；该期限届满后三十日内，双方须亲自申请发给离婚证，未申请的视为撤回。',
  '上述内容真实，如有虚假，愿承担法律责任。',
];

/** 离婚登记申请书 (民法典 1076; filled in at the counter). */
export function application(props: ApplicationProps): Promise<Buffer> {
  const [first, second] = props.parties;
  return printSheet(sheetOptions(TITLE, props), (doc) => {
    drawTitle(doc, TITLE, guideLine(GUIDE, props.guide));
    drawEnds(doc, `登记机关：${props.officeName}`, `案件编号：${props.caseNumber}`);
    drawGrid(doc, PARTY_COLUMNS, [
      ...partyRows('申请人', first),
      ...partyRows('申请人', second),
      ...marriageRows(props),
    ]);
    drawGrid(
      doc,
      [5, 99],
      [
        {
          minHeight: 130,
          cells: [label('申请声明'), value(STATEMENT.map((text) => `\u3000\u3000${text}`).join('\n'))],
        },
      ],
    );
    drawGrid(doc, [1, 1], signatureRows(props.registrar));
  });
}

function marriageRows({ marriage }: ApplicationProps): Row[] {
  return [
    {
      minHeight: 26,
      cells: [
        label('婚\n姻', { rows: 2 }),
        label('结婚证字号'),
        value(marriage.certificateNumber, { columns: 3 }),
        label('登记日期'),
        value(zhDate(marriage.registeredOn)),
      ],
    },
    { minHeight: 26, cells: [label('登记机关'), value(marriage.office, { columns: 5 })] },
  ];
}

function signatureRows(registrar: string): Row[] {
  return [
    {
      minHeight: 62,
      cells: [
        { kind: 'sign', text: '申请人签名并按指纹：', foot: HAND_DATE },
        { kind: 'sign', text: '申请人签名并按指纹：', foot: HAND_DATE },
      ],
    },
    {
      minHeight: 46,
      cells: [{ kind: 'sign', text: `婚姻登记员（${registrar}）签名：`, foot: HAND_DATE, columns: 2 }],
    },
  ];
}
