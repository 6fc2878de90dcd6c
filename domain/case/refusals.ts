import type { Locale } from './vocabulary.ts';

/**
 * Why an act is refused, each with the sentence staff read. Codes are stable: clients and tests rely on them.
 * The legal grounds for refusing a *couple* are another set: `domain/refusal-reasons.ts`.
 */
export const REFUSALS = {
  ACT_NOT_ALLOWED: {
    'zh-Hans': '当前办理阶段不能进行此操作。',
    'zh-Hant': '目前辦理階段不能進行此操作。',
    en: 'This act is not part of the procedure at the present stage.',
  },
  ROLE_NOT_ALLOWED: {
    'zh-Hans': '您的岗位无权进行此操作。',
    'zh-Hant': '您的崗位無權進行此操作。',
    en: 'Your role may not do this.',
  },
  NOT_BOTH_PRESENT: {
    'zh-Hans': '双方须亲自到场，不得委托或视频办理。',
    'zh-Hant': '雙方須親自到場，不得委託或以視像方式辦理。',
    en: 'Both must be present in person; no proxy and no video.',
  },
  NOT_WORKING_DAY: {
    'zh-Hans': '今天不是法定工作日，受理和登记只在工作日进行。',
    'zh-Hant': '今天不是法定工作日，受理和登記只在工作日進行。',
    en: 'Today is not a statutory working day; acceptance and registration take place on working days only.',
  },
  RECEIVED_ON_INVALID: {
    'zh-Hans': '受理日期须为今天或本案建立之后的工作日。',
    'zh-Hant': '受理日期須為今天或本案建立之後的工作日。',
    en: 'The date of receipt must be today, or an earlier working day since the case was opened.',
  },
  PRE_CHECK_RUNNING: {
    'zh-Hans': '系统预审尚未完成，请稍候。',
    'zh-Hant': '系統預審尚未完成，請稍候。',
    en: 'The automatic checks have not finished yet.',
  },
  WITHIN_COOLING_OFF: {
    'zh-Hans': '三十日期限（冷静期）尚未届满，期满次日起方可申请发证。',
    'zh-Hant': '三十日期限（冷靜期）尚未屆滿，期滿翌日起方可申請發證。',
    en: 'The thirty-day period (cooling-off) has not ended; registration is possible from the day after its last day.',
  },
  COOLING_OFF_OVER: {
    'zh-Hans': '三十日期限（冷静期）已届满，不再受理单方撤回；不到场即视为撤回。',
    'zh-Hant': '三十日期限（冷靜期）已屆滿，不再受理單方撤回；不到場即視為撤回。',
    en: 'The thirty-day period (cooling-off) is over; staying away has the same effect as withdrawing.',
  },
  OUTSIDE_P2: {
    'zh-Hans': '申请发证的三十日期限已过，视为撤回离婚登记申请。',
    'zh-Hant': '申請發證的三十日期限已過，視為撤回離婚登記申請。',
    en: 'The thirty days for claiming the certificate are over.',
  },
  AFTER_CLOSING: {
    'zh-Hans': '今天是期限最后一日，办公时间已结束。',
    'zh-Hant': '今天是期限最後一日，辦公時間已結束。',
    en: 'Today is the last day of the period and the office has closed.',
  },
  WRONG_OFFICE: {
    'zh-Hans': '须到受理申请的登记机关办理。',
    'zh-Hant': '須到受理申請的登記機關辦理。',
    en: 'This must be done at the office that accepted the application.',
  },
  CLOCK_PROVISIONAL: {
    'zh-Hans': '该日期依据尚未公布的放假安排推算，须待国务院通知公布后确定。',
    'zh-Hant': '該日期依據尚未公布的放假安排推算，須待國務院通知公布後確定。',
    en: 'The date rests on a calendar not yet published and must be confirmed first.',
  },
  NOT_SEPARATELY_QUESTIONED: {
    'zh-Hans': '须分别询问双方并制作笔录。',
    'zh-Hant': '須分別詢問雙方並製作筆錄。',
    en: 'Both must be questioned separately, with a signed record.',
  },
  AGREEMENT_NOT_FINAL: {
    'zh-Hans': '离婚协议书尚未由双方现场签署定稿。',
    'zh-Hant': '離婚協議書尚未由雙方現場簽署定稿。',
    en: 'The agreement has not been signed on site in its final form.',
  },
  NOTHING_TO_SETTLE: {
    'zh-Hans': '该案件没有需要以此方式了结的提示。',
    'zh-Hant': '該案件沒有需要以此方式了結的提示。',
    en: 'The case does not stand before a person for this reason, or the reason goes away only by itself.',
  },
  WINDOW_STILL_OPEN: {
    'zh-Hans': '申请发证期限尚未届满。',
    'zh-Hant': '申請發證期限尚未屆滿。',
    en: 'The window for claiming the certificate has not closed.',
  },
} as const satisfies Record<string, Record<Locale, string>>;
export type Refusal = keyof typeof REFUSALS;
