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
import { drawGrid, label, value, type Cell, type Row } from '../layout/grid.ts';
import { PARTY_COLUMNS, partyRows } from '../layout/party-block.ts';
import { printSheet } from '../layout/sheet.ts';

export interface ReviewFormProps extends PaperProps {
  readonly parties: readonly [PartyDetails, PartyDetails];
  /** 提供证件情况: what was shown at the counter, in words. */
  readonly documentsShown: readonly string[];
  /** 审查意见. */
  readonly opinion: string;
  /** Undefined while no certificate is issued: the squares stay blank. */
  readonly certificate:
    | {
        /** 离婚证字号 L440311-2026-000123. */
        readonly number: string;
        /** 印制号 of both booklets, in the order of the parties. */
        readonly bookletNumbers: readonly [string, string];
        readonly registeredOn: PlainDate;
      }
    | undefined;
  readonly registrar: string;
  readonly remarks: string;
}

const TITLE = '离婚登记审查处理表';
const GUIDE: GuideLines = {
  'zh-Hant': '離婚登記審查處理表（存檔）',
  en: 'Review and decision form for divorce registration (archive)',
};

/** 离婚登记审查处理表: the first paper of the volume. */
export function reviewForm(props: ReviewFormProps): Promise<Buffer> {
  const [first, second] = props.parties;
  return printSheet(sheetOptions(TITLE, props), (doc) => {
    drawTitle(doc, TITLE, guideLine(GUIDE, props.guide));
    drawEnds(doc, `承办机关：${props.officeName}`, `案件编号：${props.caseNumber}`);
    drawGrid(doc, PARTY_COLUMNS, [...partyRows('当事人', first, 23), ...partyRows('当事人', second, 23)]);
    drawGrid(doc, [18, 30, 18, 38], decisionRows(props));
    drawGrid(doc, [18, 43, 43], claimRows(props));
  });
}

function decisionRows({ documentsShown, opinion, certificate, registrar }: ReviewFormProps): Row[] {
  const [firstBooklet, secondBooklet] = certificate?.bookletNumbers ?? ['', ''];
  const signed: Cell = { kind: 'sign', text: `登记员（${registrar}）签名：`, foot: HAND_DATE, columns: 3 };
  return [
    { minHeight: 46, cells: [label('提供证件\n情　　况'), value(documentsShown.join('；'), { columns: 3 })] },
    { minHeight: 46, cells: [label('审查意见', { rows: 2 }), value(opinion, { columns: 3 })] },
    { minHeight: 44, cells: [signed] },
    {
      minHeight: 25,
      cells: [
        label('离婚证字号'),
        value(certificate?.number ?? ''),
        label('登记日期'),
        value(certificate ? zhDate(certificate.registeredOn) : ''),
      ],
    },
    {
      minHeight: 25,
      cells: [label('证件印制号'), value(firstBooklet), label('证件印制号'), value(secondBooklet)],
    },
  ];
}

/** The signatures of receipt are given by the parties themselves, never blank and never by another. */
function claimRows({ parties, remarks }: ReviewFormProps): Row[] {
  const [first, second] = parties;
  return [
    {
      minHeight: 60,
      cells: [
        label('当事人领证\n签名并按指纹'),
        { kind: 'sign', text: `${first.name}：`, foot: HAND_DATE },
        { kind: 'sign', text: `${second.name}：`, foot: HAND_DATE },
      ],
    },
    { minHeight: 34, cells: [label('备　　注'), value(remarks, { columns: 2 })] },
  ];
}
