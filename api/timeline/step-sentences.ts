import type { Act, CaseEvent, Locale, Role } from '../../domain/case/vocabulary.ts';
import type { ClockReading } from '../../domain/clock/periods.ts';
import { isRefusalReasonCode, REFUSAL_REASONS } from '../../domain/refusal-reasons.ts';
import type { Texts } from '../problems/texts.ts';
import { ATTENTION_TEXTS } from '../texts/attention-texts.ts';
import { dateAt, timeAt } from '../../domain/zoned-time.ts';
import {
  APPOINTMENT_SERVICE_TEXTS,
  COUNSELLING_TOPIC_TEXTS,
  partyText,
  ROLE_TEXTS,
  STAGE_TEXTS,
} from '../texts/vocabulary-texts.ts';

/** What a sentence may speak of: codes and dates of the step, and where it was done. */
export interface StepFacts {
  readonly role: Role | 'system';
  /** Name of the venue in the sentence's language. */
  readonly venue: Texts | undefined;
  readonly from: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

type Sentence = (facts: StepFacts, locale: Locale) => string;

/** One sentence in the two Chinese scripts and English; `who` stands for the role. */
const by =
  (
    hans: (f: StepFacts, l: Locale) => string,
    hant: (f: StepFacts, l: Locale) => string,
    en: (f: StepFacts, l: Locale) => string,
  ): Sentence =>
  (facts, locale) =>
    ({ 'zh-Hans': hans, 'zh-Hant': hant, en })[locale](facts, locale);

const plain = (hans: string, hant: string, en: string): Sentence =>
  by(
    (f, l) => `${where(f, l)}${who(f, l)}${hans}`,
    (f, l) => `${where(f, l)}${who(f, l)}${hant}`,
    (f, l) => `${capital(who(f, l))}${where(f, l)} ${en}`,
  );

const withTail = (base: Sentence, tail: (facts: StepFacts, locale: Locale) => string): Sentence => {
  return (facts, locale) => {
    const end = locale === 'en' ? '.' : '。';
    const added = tail(facts, locale);
    return added === ''
      ? base(facts, locale)
      : `${base(facts, locale).slice(0, -1)}${locale === 'en' ? '; ' : '，'}${added}${end}`;
  };
};

/** Every act and event in words; the compiler refuses a missing one. */
export const STEP_SENTENCES: Readonly<Record<Act | CaseEvent, Sentence>> = {
  open: plain('建立了案件。', '建立了案件。', 'opened the case.'),
  import: withTail(
    plain(
      '录入了一件正在办理的纸质案件。',
      '錄入了一件正在辦理的紙本案件。',
      'brought in a running paper case.',
    ),
    clockTail,
  ),
  submit: plain(
    '提交了申请，开始预审。',
    '提交了申請，開始預審。',
    'handed the application in; the pre-check begins.',
  ),
  pass: plain(
    '通过了预审，双方可以到场办理。',
    '通過了預審，雙方可以到場辦理。',
    'passed the pre-check; the couple may come to a counter.',
  ),
  return: withTail(
    plain('退回补充材料。', '退回補充材料。', 'returned the application for missing material.'),
    (f) => listOf(f.detail['missing']),
  ),
  reject: withTail(
    plain('预审不予通过。', '預審不予通過。', 'rejected the application at the pre-check.'),
    groundTail,
  ),
  accept: withTail(
    plain(
      '受理了双方亲自提出的申请。',
      '受理了雙方親自提出的申請。',
      'accepted the application of both parties, present in person.',
    ),
    clockTail,
  ),
  'refuse-acceptance': withTail(
    plain('不予受理。', '不予受理。', 'refused to accept the application.'),
    groundTail,
  ),
  withdraw: by(
    (f, l) => `${partyText(text(f.detail['party']))[l]}亲自到${where(f, l)}撤回了申请。`,
    (f, l) => `${partyText(text(f.detail['party']))[l]}親自到${where(f, l)}撤回了申請。`,
    (f, l) =>
      `${capital(partyText(text(f.detail['party']))[l])} withdrew the application in person${where(f, l)}.`,
  ),
  'check-in': plain('登记双方到场。', '登記雙方到場。', 'noted that both parties have arrived.'),
  review: plain(
    '分别询问了双方并审查了离婚协议。',
    '分別詢問了雙方並審查了離婚協議。',
    'questioned both parties separately and reviewed the agreement.',
  ),
  register: plain(
    '予以登记，发给离婚证。',
    '予以登記，發給離婚證。',
    'registered the divorce and issued the certificate.',
  ),
  'refuse-registration': withTail(
    plain(
      '不予办理登记；期限内可以再次申请。',
      '不予辦理登記；期限內可以再次申請。',
      'refused the registration; the couple may come again while the window is open.',
    ),
    groundTail,
  ),
  'refer-counselling': by(
    (f, l) =>
      `${where(f, l)}${who(f, l)}为${partyText(text(f.detail['party']))[l]}转介${topic(f, l)}辅导${f.detail['immediate'] ? '（立即）' : ''}。`,
    (f, l) =>
      `${where(f, l)}${who(f, l)}為${partyText(text(f.detail['party']))[l]}轉介${topic(f, l)}輔導${f.detail['immediate'] ? '（立即）' : ''}。`,
    (f, l) =>
      `${capital(who(f, l))}${where(f, l)} referred ${partyText(text(f.detail['party']))[l]} to ${topic(f, l)} counselling${f.detail['immediate'] ? ' at once' : ''}.`,
  ),
  correct: withTail(plain('更正了申请内容。', '更正了申請內容。', 'corrected the application.'), (f) =>
    listOf(f.detail['fields']),
  ),
  expire: plain(
    '确认双方最后一日未办结，视为撤回。',
    '確認雙方最後一日未辦結，視為撤回。',
    'confirmed that nothing was concluded on the last day: deemed withdrawn.',
  ),
  settle: by(
    (f, l) => `${where(f, l)}${who(f, l)}确认问题已由人工处理：${attention(f, l)}`,
    (f, l) => `${where(f, l)}${who(f, l)}確認問題已由人工處理：${attention(f, l)}`,
    (f, l) =>
      `${capital(who(f, l))}${where(f, l)} noted that a person has dealt with this: ${attention(f, l)}`,
  ),
  'cooling-off-over': withTail(
    fixed(
      '三十日期限（冷静期）届满，可以申请发证。',
      '三十日期限（冷靜期）屆滿，可以申請發證。',
      'The cooling-off period is over: the couple may claim the certificate.',
    ),
    (f, l) => until(f.detail['claimLastDay'], l),
  ),
  'window-over': fixed(
    '申请发证期限届满，双方未共同到场，视为撤回申请。',
    '申請發證期限屆滿，雙方未共同到場，視為撤回申請。',
    'The window closed without both having come: the application is deemed withdrawn.',
  ),
  lapse: by(
    (f, l) => `${stage(f.from, l)}逾期未办理，案件失效。`,
    (f, l) => `${stage(f.from, l)}逾期未辦理，案件失效。`,
    (f, l) => `Nobody acted in time at the stage "${stage(f.from, l)}": the case lapsed.`,
  ),
  archive: fixed(
    '案卷已封存归档，保管期限一百年。',
    '案卷已封存歸檔，保管期限一百年。',
    'The volume was sealed and archived, to be kept for a hundred years.',
  ),
  'calendar-published': by(
    (f) =>
      f.detail['moved']
        ? '放假安排公布，期限重新计算，日期有变动。'
        : '放假安排公布，期限重新计算，日期不变。',
    (f) =>
      f.detail['moved']
        ? '放假安排公布，期限重新計算，日期有變動。'
        : '放假安排公布，期限重新計算，日期不變。',
    (f) =>
      f.detail['moved']
        ? 'A calendar was published: the periods were reckoned again and dates have moved.'
        : 'A calendar was published: the periods were reckoned again, and the dates stand.',
  ),
  'appointment-changed': by(
    (f, l) => `${isCancelled(f) ? '已取消预约' : '已预约'}：${visit(f, l)}。`,
    (f, l) => `${isCancelled(f) ? '已取消預約' : '已預約'}：${visit(f, l)}。`,
    (f, l) => `A visit was ${isCancelled(f) ? 'cancelled' : 'booked'}: ${visit(f, l)}.`,
  ),
  resumed: fixed(
    '系统核对发现案件流程中断，已按记录恢复，期限不受影响。',
    '系統核對發現案件流程中斷，已按記錄恢復，期限不受影響。',
    'A check found that the case had stopped running: it was taken up again from the record, and no date has changed.',
  ),
  'counselling-finished': fixed('一次辅导已结束。', '一次輔導已結束。', 'A counselling has come to its end.'),
  'attention-raised': by(
    (f, l) => `需要人工处理：${attention(f, l)}`,
    (f, l) => `需要人工處理：${attention(f, l)}`,
    (f, l) => `A person must look: ${attention(f, l)}`,
  ),
  'attention-cleared': by(
    (f, l) => `问题已解除：${attention(f, l)}`,
    (f, l) => `問題已解除：${attention(f, l)}`,
    (f, l) => `No longer so: ${attention(f, l)}`,
  ),
  voided: fixed(
    '系统故障时记录的一步未能完成，已作废，不产生效力。',
    '系統故障時記錄的一步未能完成，已作廢，不產生效力。',
    'A step recorded while the system failed was never completed: it is void and has no effect.',
  ),
};

function fixed(hans: string, hant: string, en: string): Sentence {
  return by(
    () => hans,
    () => hant,
    () => en,
  );
}

function who({ role }: StepFacts, locale: Locale): string {
  return ROLE_TEXTS[role][locale];
}

function where({ venue }: StepFacts, locale: Locale): string {
  if (!venue) return '';
  return locale === 'en' ? ` at ${venue.en}` : venue[locale];
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function stage(name: string, locale: Locale): string {
  return (STAGE_TEXTS as Readonly<Record<string, Texts>>)[name]?.[locale] ?? name;
}

function topic({ detail }: StepFacts, locale: Locale): string {
  return COUNSELLING_TOPIC_TEXTS[text(detail['topic'])]?.[locale] ?? '';
}

function attention({ detail }: StepFacts, locale: Locale): string {
  const code = text(detail['code']);
  return (ATTENTION_TEXTS as Readonly<Record<string, Texts>>)[code]?.[locale] ?? code;
}

function isCancelled({ detail }: StepFacts): boolean {
  return detail['state'] === 'cancelled';
}

/** What for and when, in the time of Shanghai. */
function visit({ detail }: StepFacts, locale: Locale): string {
  const service = APPOINTMENT_SERVICE_TEXTS[text(detail['service'])]?.[locale] ?? '';
  const { startsAt } = detail;
  const time = typeof startsAt === 'number' ? `${dateAt(startsAt)} ${timeAt(startsAt)}` : '';
  return locale === 'en' ? `${service} on ${time}` : `${time} ${service}`;
}

function listOf(value: unknown): string {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string').join(', ') : '';
}

function groundTail({ detail }: StepFacts, locale: Locale): string {
  const code = text(detail['reason']);
  if (!isRefusalReasonCode(code)) return '';
  const { basis, text: ground } = REFUSAL_REASONS[code];
  const sentence = ground[locale].replace(/[。.]$/, '');
  return locale === 'en' ? `ground: ${sentence} (${basis})` : `理由：${sentence}（${basis}）`;
}

function until(date: unknown, locale: Locale): string {
  const day = text(date);
  if (day === '') return '';
  return { 'zh-Hans': `截至 ${day}`, 'zh-Hant': `截至 ${day}`, en: `until ${day}` }[locale];
}

function clockTail({ detail }: StepFacts, locale: Locale): string {
  const clock = detail['clock'] as ClockReading | undefined;
  if (!clock) return '';
  const { receivedOn, coolingOffLastDay, claimFirstWorkingDay, claimLastDay, provisional } = clock;
  const mark = { 'zh-Hans': '（暂定）', 'zh-Hant': '（暫定）', en: ' (provisional)' }[locale];
  const shown = provisional ? mark : '';
  return {
    'zh-Hans': `受理日 ${receivedOn}，冷静期至 ${coolingOffLastDay}，申请发证期 ${claimFirstWorkingDay} 至 ${claimLastDay}${shown}`,
    'zh-Hant': `受理日 ${receivedOn}，冷靜期至 ${coolingOffLastDay}，申請發證期 ${claimFirstWorkingDay} 至 ${claimLastDay}${shown}`,
    en: `received on ${receivedOn}, cooling-off until ${coolingOffLastDay}, certificate from ${claimFirstWorkingDay} to ${claimLastDay}${shown}`,
  }[locale];
}
