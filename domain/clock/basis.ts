/** The three languages of everything shown to a party. */
export type BasisTexts = Record<'zh-Hans' | 'zh-Hant' | 'en', string>;

/** A rule as dated data: where it stands, since when it is in force, and what it says here. */
export interface Basis {
  rule: string;
  /** First day the rule is in force. */
  from: string;
  text: BasisTexts;
}

const CIVIL_CODE = '2021-01-01';
const CIVIL_CODE_203 = '民法典 203';

/** What can be rolled, with the words for it in each language. */
const DATES = {
  'cooling-off': {
    hans: '三十日期限（冷静期）届满日',
    hant: '三十日期限（冷靜期）屆滿日',
    en: 'last day of the cooling-off period',
  },
  'claim-first': {
    hans: '可申领离婚证的首个工作日',
    hant: '可申領離婚證的首個工作天',
    en: 'first working day on which the certificate can be applied for',
  },
  'claim-last': {
    hans: '申领期限届满日',
    hant: '申領期限屆滿日',
    en: 'last day for applying for the certificate',
  },
} as const;

export type RolledDate = keyof typeof DATES;

/** Why a date moved, or why a weekend date did not. */
export const ROLL_CAUSES = ['weekend', 'holiday', 'make-up'] as const;
export type RollCause = (typeof ROLL_CAUSES)[number];

export type RollCode = `${RolledDate}-${RollCause}`;

const GENERAL = {
  'thirty-days': {
    rule: '民法典 1077',
    from: CIVIL_CODE,
    text: {
      'zh-Hans':
        '自登记机关收到申请之日起三十日内，任何一方可以撤回；期满后三十日内双方应当亲自申领离婚证，未申领的视为撤回。',
      'zh-Hant':
        '自登記機關收到申請之日起三十日內，任何一方可以撤回；期滿後三十日內雙方應當親自申領離婚證，未申領的視為撤回。',
      en: 'Either party may withdraw within thirty days of receipt; within thirty days after that both must apply in person for the certificate, or the application counts as withdrawn.',
    },
  },
  'start-day-not-counted': {
    rule: '民法典 201',
    from: CIVIL_CODE,
    text: {
      'zh-Hans': '按日计算期间的，开始的当日不计入，自下一日开始计算。',
      'zh-Hant': '按日計算期間的，開始的當日不計入，自下一日開始計算。',
      en: 'The day on which a period starts is not counted; counting begins on the next day.',
    },
  },
  'last-day-business-hours': {
    rule: CIVIL_CODE_203,
    from: CIVIL_CODE,
    text: {
      'zh-Hans': '期间最后一日有业务时间的，停止业务活动的时间为截止时间。',
      'zh-Hant': '期間最後一日有業務時間的，停止業務活動的時間為截止時間。',
      en: 'On the last day the period ends when the office closes.',
    },
  },
  'same-office': {
    rule: '婚姻登记条例 16',
    from: '2025-05-10',
    text: {
      'zh-Hans': '双方应当共同到受理离婚登记申请的登记机关申领离婚证；期满未申领的，离婚登记程序终止。',
      'zh-Hant': '雙方應當共同到受理離婚登記申請的登記機關申領離婚證；期滿未申領的，離婚登記程序終止。',
      en: 'Both must apply together at the office that received the application; if they do not in time, the procedure ends.',
    },
  },
  'calendar-not-published': {
    rule: '全国年节及纪念日放假办法',
    from: '2025-01-01',
    text: {
      'zh-Hans': '该年度放假安排尚未公布，日期按法定节日和周末暂算，公布后重新计算。',
      'zh-Hant': '該年度放假安排尚未公佈，日期按法定節日和週末暫算，公佈後重新計算。',
      en: "That year's holiday notice is not yet published; the date is provisional, from the holidays fixed by law and weekends, and will be computed again.",
    },
  },
} as const satisfies Record<string, Basis>;

export type GeneralBasisCode = keyof typeof GENERAL;
export const GENERAL_BASIS_CODES = Object.keys(GENERAL) as GeneralBasisCode[];

/** What a reading carries instead of texts, because a reading is kept in a size-limited history. */
export type BasisCode = GeneralBasisCode | RollCode;

const isGeneral = (code: BasisCode): code is GeneralBasisCode => code in GENERAL;

/** The legal ground behind a code, with its texts. */
export function explainBasis(code: BasisCode): Basis {
  if (isGeneral(code)) return GENERAL[code];
  const [date, cause] = splitRollCode(code);
  return { rule: CIVIL_CODE_203, from: CIVIL_CODE, text: rollText(DATES[date], cause) };
}

function splitRollCode(code: RollCode): [RolledDate, RollCause] {
  for (const cause of ROLL_CAUSES) {
    if (code.endsWith(`-${cause}`)) return [code.slice(0, -cause.length - 1) as RolledDate, cause];
  }
  throw new RangeError(`not a basis code: ${code}`);
}

function rollText(date: (typeof DATES)[RolledDate], cause: RollCause): BasisTexts {
  switch (cause) {
    case 'weekend':
      return {
        'zh-Hans': `${date.hans}遇周末，顺延。`,
        'zh-Hant': `${date.hant}遇週末，順延。`,
        en: `The ${date.en} fell on a weekend and moves to the next working day.`,
      };
    case 'holiday':
      return {
        'zh-Hans': `${date.hans}遇法定休假日，顺延至休假日结束的次日。`,
        'zh-Hant': `${date.hant}遇法定休假日，順延至休假日結束的次日。`,
        en: `The ${date.en} fell on a statutory day off and moves to the day after the holiday ends.`,
      };
    case 'make-up':
      return {
        'zh-Hans': `${date.hans}为调休上班的周末，属于工作日。`,
        'zh-Hant': `${date.hant}為調休上班的週末，屬於工作天。`,
        en: `The ${date.en} is a weekend day declared a workday, so it stands.`,
      };
  }
}
