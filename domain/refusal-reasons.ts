/** The three languages of everything shown to a party. */
type Texts = Readonly<Record<'zh-Hans' | 'zh-Hant' | 'en', string>>;

/** Where an application can be refused: at the counter before receipt (不予受理) or at the review (不予办理). */
export const REFUSAL_STAGES = ['acceptance', 'review'] as const;
export type RefusalStage = (typeof REFUSAL_STAGES)[number];

/** Every ground on which a couple can be refused. A refusal without one of these does not exist. */
export const REFUSAL_REASON_CODES = [
  'NO_AGREEMENT',
  'NO_CAPACITY',
  'MARRIAGE_NOT_MAINLAND',
  'NOT_BOTH_PRESENT',
  'DOC_MISSING',
  'DOC_INVALID',
  'NO_JURISDICTION',
  'NOT_MARRIED_TO_EACH_OTHER',
  'ALREADY_DIVORCED_BY_COURT',
  'NOT_VOLUNTARY',
  'AGREEMENT_INCOMPLETE',
  'OUTSIDE_P2',
  'WRONG_OFFICE',
] as const;
export type RefusalReasonCode = (typeof REFUSAL_REASON_CODES)[number];

export interface RefusalReason {
  stages: readonly RefusalStage[];
  /** The legal ground printed on the notice. */
  basis: string;
  text: Texts;
}

const BOTH = REFUSAL_STAGES;
const REGULATIONS = '婚姻登记条例';

export const REFUSAL_REASONS = {
  NO_AGREEMENT: {
    stages: BOTH,
    basis: `${REGULATIONS} 14(1)`,
    text: {
      'zh-Hans': '双方未达成离婚协议。',
      'zh-Hant': '雙方未達成離婚協議。',
      en: 'The parties have not reached a divorce agreement.',
    },
  },
  NO_CAPACITY: {
    stages: BOTH,
    basis: `${REGULATIONS} 14(2)`,
    text: {
      'zh-Hans': '一方或者双方为无民事行为能力人或者限制民事行为能力人。',
      'zh-Hant': '一方或者雙方為無民事行為能力人或者限制民事行為能力人。',
      en: 'A party has no or limited capacity for civil acts.',
    },
  },
  MARRIAGE_NOT_MAINLAND: {
    stages: BOTH,
    basis: `${REGULATIONS} 14(3)`,
    text: {
      'zh-Hans': '结婚登记不是在中国内地办理的。',
      'zh-Hant': '結婚登記不是在中國內地辦理的。',
      en: 'The marriage was not registered in mainland China.',
    },
  },
  NOT_BOTH_PRESENT: {
    stages: BOTH,
    basis: '民法典 1076',
    text: {
      'zh-Hans': '双方未共同亲自到场；不得委托他人代办。',
      'zh-Hant': '雙方未共同親自到場；不得委託他人代辦。',
      en: 'The parties did not both appear in person; nobody can act for them.',
    },
  },
  DOC_MISSING: {
    stages: BOTH,
    basis: `${REGULATIONS} 15`,
    text: {
      'zh-Hans': '未出具规定的证件或者证明材料。',
      'zh-Hant': '未出具規定的證件或者證明材料。',
      en: 'A required document was not presented.',
    },
  },
  DOC_INVALID: {
    stages: BOTH,
    basis: `${REGULATIONS} 15, 16`,
    text: {
      'zh-Hans': '出具的证件或者证明材料无效、过期或者与本人不符。',
      'zh-Hant': '出具的證件或者證明材料無效、過期或者與本人不符。',
      en: 'A document presented is invalid, out of date, or not that of the person.',
    },
  },
  NO_JURISDICTION: {
    stages: BOTH,
    basis: `${REGULATIONS} 2(2), 13(2)`,
    text: {
      'zh-Hans': '本登记机关不具有办理该类离婚登记的权限。',
      'zh-Hant': '本登記機關不具有辦理該類離婚登記的權限。',
      en: 'This office is not designated for this kind of divorce registration.',
    },
  },
  NOT_MARRIED_TO_EACH_OTHER: {
    stages: BOTH,
    basis: '民法典 1076',
    text: {
      'zh-Hans': '经核查，双方之间不存在有效的婚姻登记。',
      'zh-Hant': '經核查，雙方之間不存在有效的婚姻登記。',
      en: 'There is no valid marriage registration between the parties.',
    },
  },
  ALREADY_DIVORCED_BY_COURT: {
    stages: BOTH,
    basis: '民法典 1080',
    text: {
      'zh-Hans': '双方婚姻关系已经人民法院判决或者调解解除。',
      'zh-Hant': '雙方婚姻關係已經人民法院判決或者調解解除。',
      en: 'The marriage has already been dissolved by a court.',
    },
  },
  NOT_VOLUNTARY: {
    stages: ['review'],
    basis: '民法典 1078',
    text: {
      'zh-Hans': '经询问，不能查明双方确系自愿离婚。',
      'zh-Hant': '經詢問，不能查明雙方確係自願離婚。',
      en: 'It could not be established that both parties divorce of their own free will.',
    },
  },
  AGREEMENT_INCOMPLETE: {
    stages: ['review'],
    basis: '民法典 1076, 1078',
    text: {
      'zh-Hans': '离婚协议未就自愿离婚、子女抚养、财产或者债务处理达成一致。',
      'zh-Hant': '離婚協議未就自願離婚、子女撫養、財產或者債務處理達成一致。',
      en: 'The agreement does not settle free will, children, property or debts.',
    },
  },
  OUTSIDE_P2: {
    stages: ['review'],
    basis: '民法典 1077',
    text: {
      'zh-Hans': '未在三十日期限（冷静期）届满后三十日的申领期限内共同申领离婚证。',
      'zh-Hant': '未在三十日期限（冷靜期）屆滿後三十日的申領期限內共同申領離婚證。',
      en: 'The certificate was not applied for within the thirty days after the cooling-off period.',
    },
  },
  WRONG_OFFICE: {
    stages: ['review'],
    basis: `${REGULATIONS} 16`,
    text: {
      'zh-Hans': '应当到受理离婚登记申请的登记机关申领离婚证。',
      'zh-Hant': '應當到受理離婚登記申請的登記機關申領離婚證。',
      en: 'The certificate can be applied for only at the office that received the application.',
    },
  },
} as const satisfies Record<RefusalReasonCode, RefusalReason>;

/** What a refused party can do; printed on every refusal notice. */
export interface Remedy {
  name: 'administrative-review' | 'administrative-litigation';
  within: { readonly days: number } | { readonly months: number };
  basis: string;
  text: Texts;
}

export const REMEDIES: readonly Remedy[] = [
  {
    name: 'administrative-review',
    within: { days: 60 },
    basis: '行政复议法 20',
    text: {
      'zh-Hans': '对本决定不服的，可以自知道之日起六十日内申请行政复议。',
      'zh-Hant': '對本決定不服的，可以自知道之日起六十日內申請行政複議。',
      en: 'You may apply for administrative review within 60 days of learning of this decision.',
    },
  },
  {
    name: 'administrative-litigation',
    within: { months: 6 },
    basis: '行政诉讼法 46',
    text: {
      'zh-Hans': '也可以自知道之日起六个月内向人民法院提起行政诉讼。',
      'zh-Hant': '也可以自知道之日起六個月內向人民法院提起行政訴訟。',
      en: 'You may also bring an administrative action before the court within six months.',
    },
  },
];

export function isRefusalReasonCode(text: string): text is RefusalReasonCode {
  return (REFUSAL_REASON_CODES as readonly string[]).includes(text);
}

/** Whether a ground can be given at a stage: OUTSIDE_P2, for one, cannot refuse an acceptance. */
export function refusableAt(code: RefusalReasonCode, stage: RefusalStage): boolean {
  const stages: readonly RefusalStage[] = REFUSAL_REASONS[code].stages;
  return stages.includes(stage);
}

/** The ground with its legal basis and texts. */
export function refusalReason(code: RefusalReasonCode): RefusalReason {
  return REFUSAL_REASONS[code];
}
