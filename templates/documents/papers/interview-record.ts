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
import { drawEnds, drawParagraph, drawRuledLines, drawTitle } from '../layout/blocks.ts';
import { drawGrid, label, value } from '../layout/grid.ts';
import { ensureRoom, printSheet, type Doc } from '../layout/sheet.ts';

export interface InterviewRecordProps extends PaperProps {
  /** Who is questioned, alone. */
  readonly party: NamedParty;
  readonly heldOn: PlainDate;
  /** Room or window. */
  readonly place: string;
  readonly registrar: string;
  /** Null where nobody interprets. */
  readonly interpreter: string | null;
  /** Prompts about children are asked only where there are minor children. */
  readonly hasMinorChildren: boolean;
}

const TITLE = '离婚登记询问笔录';
const GUIDE: GuideLines = {
  'zh-Hant': '詢問筆錄：分別詢問，請親自閱後簽名',
  en: 'Record of the separate interview; please read it before you sign',
};

interface Question {
  readonly text: string;
  readonly lines: number;
}

const QUESTIONS: readonly Question[] = [
  { text: '请说明您和对方的姓名，以及今天前来办理的事项。', lines: 1 },
  { text: '您是否自愿离婚？有无受到胁迫、欺骗或者家庭暴力？', lines: 2 },
  { text: '您是否已知悉三十日期限（冷静期）的规定，以及登记后婚姻关系即告解除？', lines: 1 },
  { text: '离婚协议书是否由您本人签署？对财产和债务的处理是否清楚并同意？', lines: 2 },
];
const CHILDREN: Question = {
  text: '未成年子女由谁直接抚养？抚养费、探望如何约定？八周岁以上子女的真实意愿是否已经听取？',
  lines: 3,
};
const CLOSING: readonly Question[] = [
  { text: '您现在的身体和精神状况如何，能否清楚表达自己的意思？', lines: 1 },
  { text: '您还有无需要补充说明的情况？是否需要心理、法律或家庭辅导？', lines: 2 },
];

/** 询问笔录 of one party (条例 art 16: both are questioned, separately); answers are written by hand. */
export function interviewRecord(props: InterviewRecordProps): Promise<Buffer> {
  const { party, heldOn, place, registrar, interpreter } = props;
  return printSheet(sheetOptions(TITLE, props), (doc) => {
    drawTitle(doc, TITLE, guideLine(GUIDE, props.guide));
    drawEnds(doc, `登记机关：${props.officeName}`, `案件编号：${props.caseNumber}`);
    drawGrid(
      doc,
      [15, 30, 17, 38],
      [
        {
          minHeight: 28,
          cells: [label('被询问人'), value(party.name), label(party.idTypeName), value(party.idNumber)],
        },
        { minHeight: 28, cells: [label('询问日期'), value(zhDate(heldOn)), label('询问地点'), value(place)] },
        {
          minHeight: 28,
          cells: [label('询问人'), value(registrar), label('翻　译'), value(interpreter ?? '无')],
        },
      ],
    );
    doc.y += 12;
    const asked = [...QUESTIONS, ...(props.hasMinorChildren ? [CHILDREN] : []), ...CLOSING];
    for (const question of asked) drawQuestion(doc, question);
    drawEnd(doc, interpreter !== null);
  });
}

function drawQuestion(doc: Doc, { text, lines }: Question): void {
  ensureRoom(doc, 24 + lines * 22 + 6);
  drawParagraph(doc, `问：${text}`);
  const { y } = doc;
  doc.text('答：', doc.page.margins.left, y + 4, { lineBreak: false });
  doc.y = y;
  drawRuledLines(doc, lines);
  doc.y += 2;
}

function drawEnd(doc: Doc, hasInterpreter: boolean): void {
  ensureRoom(doc, 100);
  doc.y += 4;
  drawParagraph(doc, '以上笔录本人已阅（已向本人宣读），与本人陈述一致。');
  doc.y += 4;
  const registrarCell = { kind: 'sign', text: '询问人签名：', foot: HAND_DATE } as const;
  const interpreterCell = { kind: 'sign', text: '翻译签名：', foot: HAND_DATE } as const;
  const cells = [{ kind: 'sign', text: '被询问人签名并按指纹：', foot: HAND_DATE } as const, registrarCell];
  drawGrid(doc, hasInterpreter ? [1, 1, 1] : [1, 1], [
    { minHeight: 66, cells: hasInterpreter ? [...cells, interpreterCell] : cells },
  ]);
}
