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
import { drawEnds, drawHeading, drawNumbered, drawTitle } from '../layout/blocks.ts';
import { drawGrid, label, value, type Row } from '../layout/grid.ts';
import { printSheet } from '../layout/sheet.ts';

/** No address and no telephone: either party may leave the paper where others see it. */
export interface ReceiptProps extends PaperProps {
  readonly receiptNumber: string;
  readonly parties: readonly [NamedParty, NamedParty];
  /** Date of the receipt, R. */
  readonly receivedOn: PlainDate;
  /** First thirty days (冷静期): R + 1 to its last day. */
  readonly withdrawal: { readonly from: PlainDate; readonly to: PlainDate };
  /** Second thirty days, and the first working day in them. */
  readonly claim: { readonly from: PlainDate; readonly to: PlainDate; readonly firstWorkingDay: PlainDate };
  /** Some date rests on a calendar of rest days that is not published yet. */
  readonly provisional: boolean;
  readonly registrar: string;
}

const TITLE = '离婚登记申请受理回执单';
const GUIDE: GuideLines = {
  'zh-Hant': '離婚登記申請受理回執單：請妥善保存，撤回或申領證件時出示',
  en: 'Receipt for an application for divorce registration. Keep it safe and bring it to every later visit.',
};

/** 离婚登记申请受理回执单 (民发〔2020〕116号). */
export function receipt(props: ReceiptProps): Promise<Buffer> {
  return printSheet(sheetOptions(TITLE, props), (doc) => {
    drawTitle(doc, TITLE, guideLine(GUIDE, props.guide));
    drawEnds(doc, `受理机关：${props.officeName}`, `回执编号：${props.receiptNumber}`);
    drawGrid(doc, [16, 22, 20, 30], [...partyRows(props), ...periodRows(props)]);
    drawHeading(doc, '告知事项');
    drawNumbered(doc, advice(props));
    doc.y += 8;
    drawGrid(doc, [1, 1], signatureRows(props));
  });
}

function partyRows({ parties, receivedOn }: ReceiptProps): Row[] {
  return [
    ...parties.map(({ name, idTypeName, idNumber }): Row => ({
      minHeight: 30,
      cells: [label('申请人'), value(name), label(idTypeName), value(idNumber)],
    })),
    { minHeight: 30, cells: [label('申请受理日期'), value(zhDate(receivedOn), { columns: 3 })] },
  ];
}

function periodRows({ withdrawal, claim, provisional }: ReceiptProps): Row[] {
  const mark = provisional ? '（暂定）' : '';
  return [
    {
      minHeight: 46,
      cells: [
        label('三十日期限\n（冷静期）'),
        value(
          `自 ${zhDate(withdrawal.from)} 起，至 ${zhDate(withdrawal.to)} 止${mark}\n期内任何一方均可撤回申请`,
          { columns: 3 },
        ),
      ],
    },
    {
      minHeight: 46,
      cells: [
        label('申请发给\n离婚证期限'),
        value(
          `自 ${zhDate(claim.from)} 起，至 ${zhDate(claim.to)} 止${mark}\n首个可办理的工作日：${zhDate(claim.firstWorkingDay)}${mark}`,
          { columns: 3 },
        ),
      ],
    },
  ];
}

function advice({ withdrawal, claim, provisional, officeName }: ReceiptProps): string[] {
  const items = [
    `撤回：${zhDate(withdrawal.to)}办公时间结束前，任何一方不愿意离婚的，可单独持本人有效身份证件和本回执单，亲自到${officeName}填写《撤回离婚登记申请书》撤回申请；回执单遗失的，须书面说明。`,
    `申领：${zhDate(claim.firstWorkingDay)}至${zhDate(claim.to)}的工作日办公时间内，双方须亲自共同到${officeName}申请发给离婚证；未申请的，视为撤回离婚登记申请（《民法典》第一千零七十七条）。`,
    '申领时请携带：双方有效身份证件、双方结婚证、本回执单、离婚协议书一式三份（现场签名）、本人近期二寸单人免冠照片各二张。',
    '期限自受理次日起算；最后一日为法定休假日的，顺延至休假日结束的次日（《民法典》第二百零一条、第二百零三条）。',
  ];
  if (!provisional) return items;
  const note =
    '标有“暂定”的日期依据尚未公布的年度放假安排推算。国务院办公厅公布放假安排后将重新计算，日期可能提前或顺延，以重新计算并通知的日期为准。';
  return [...items, note];
}

function signatureRows({ receivedOn, registrar }: ReceiptProps): Row[] {
  return [
    {
      minHeight: 64,
      cells: [
        { kind: 'sign', text: '申请人签名：', foot: HAND_DATE },
        { kind: 'sign', text: '申请人签名：', foot: HAND_DATE },
      ],
    },
    {
      minHeight: 64,
      cells: [
        { kind: 'sign', text: `婚姻登记员（${registrar}）签名：`, foot: HAND_DATE },
        { kind: 'sign', text: '婚姻登记机关（印章）：', foot: zhDate(receivedOn) },
      ],
    },
  ];
}
