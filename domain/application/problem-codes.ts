import type { Locale } from '../case/vocabulary.ts';

/** `error` stops the application; `warning` is for a person to look at; `information` explains only. */
export const PROBLEM_SEVERITIES = ['error', 'warning', 'information'] as const;
export type ProblemSeverity = (typeof PROBLEM_SEVERITIES)[number];

interface ProblemText {
  severity: ProblemSeverity;
  text: Readonly<Record<Locale, string>>;
}

const say = (severity: ProblemSeverity, hans: string, hant: string, en: string): ProblemText => ({
  severity,
  text: { 'zh-Hans': hans, 'zh-Hant': hant, en },
});

const TEXTS = {
  NAME_MISSING: say('error', '请填写姓名。', '請填寫姓名。', 'The name is missing.'),
  ID_SHAPE: say(
    'error',
    '证件号码的格式与证件类型不符。',
    '證件號碼的格式與證件類型不符。',
    'The number does not have the form of this type of document.',
  ),
  ID_CHECK_DIGIT: say(
    'error',
    '证件号码的校验码不正确，请核对。',
    '證件號碼的校驗碼不正確，請核對。',
    'The check digit of the document number is wrong.',
  ),
  ID_BIRTH_DATE: say(
    'error',
    '证件号码中的出生日期无效。',
    '證件號碼中的出生日期無效。',
    'The birth date inside the document number is not possible.',
  ),
  SAME_PERSON_TWICE: say(
    'error',
    '双方的证件号码属于同一人。',
    '雙方的證件號碼屬於同一人。',
    'Both parties are the same person.',
  ),
  PARTY_UNDER_AGE: say(
    'error',
    '当事人未满十八周岁，不具有完全民事行为能力。',
    '當事人未滿十八周歲，不具有完全民事行為能力。',
    'A party is under eighteen and has no full capacity for civil acts.',
  ),
  MOBILE_SHAPE: say(
    'error',
    '手机号码不是内地、香港或者澳门的手机号码。',
    '手機號碼不是內地、香港或者澳門的手機號碼。',
    'This is not a mobile number of the mainland, Hong Kong or Macau.',
  ),
  MOBILE_REGION_UNCLEAR: say(
    'error',
    '请在手机号码前加上国家或者地区代码（+852 或者 +853）。',
    '請在手機號碼前加上國家或者地區代碼（+852 或者 +853）。',
    'Put the country code (+852 or +853) in front of the mobile number.',
  ),
  SAME_MOBILE_TWICE: say(
    'warning',
    '双方填写了同一手机号码，通知将发送至同一部手机。',
    '雙方填寫了同一手機號碼，通知將發送至同一部手機。',
    'Both parties gave the same mobile number; all notices will reach one phone.',
  ),
  CONTACT_NOT_SEPARATE: say(
    'error',
    '本案双方须各自填写本人的手机号码和电子邮箱，不得相同。',
    '本案雙方須各自填寫本人的手機號碼和電子郵箱，不得相同。',
    'In this case each party needs a mobile number and an e-mail address of their own.',
  ),
  EMAIL_SHAPE: say(
    'error',
    '电子邮箱格式不正确。',
    '電子郵箱格式不正確。',
    'The e-mail address is malformed.',
  ),
  MARRIAGE_DATE_INVALID: say(
    'error',
    '结婚登记日期不是有效日期。',
    '結婚登記日期不是有效日期。',
    'The date of the marriage is not a calendar date.',
  ),
  MARRIAGE_DATE_AFTER_TODAY: say(
    'error',
    '结婚登记日期晚于今天。',
    '結婚登記日期晚於今天。',
    'The date of the marriage lies after today.',
  ),
  MARRIAGE_BEFORE_LEGAL_AGE: say(
    'information',
    '结婚登记时一方未达法定婚龄；不影响本次受理，供核对日期。',
    '結婚登記時一方未達法定婚齡；不影響本次受理，供核對日期。',
    'A party was below the legal age at the marriage; this does not block the application, please check the date.',
  ),
  MARRIAGE_CERTIFICATE_NUMBER_MISSING: say(
    'error',
    '请填写结婚证字号。',
    '請填寫結婚證字號。',
    'The number of the marriage certificate is missing.',
  ),
  MARRIAGE_CERTIFICATE_NUMBER_UNUSUAL: say(
    'warning',
    '结婚证字号不是现行格式；旧证请按原样填写并核对。',
    '結婚證字號不是現行格式；舊證請按原樣填寫並核對。',
    'The marriage certificate number does not have the present form; copy old ones as they are and check.',
  ),
  AGREEMENT_NOT_VOLUNTARY: say(
    'error',
    '双方须声明自愿离婚。',
    '雙方須聲明自願離婚。',
    'Both parties must declare that they divorce of their own free will.',
  ),
  AGREEMENT_SECTION_MISSING: say(
    'error',
    '离婚协议须就子女、财产和债务分别写明处理意见，没有的写“无”。',
    '離婚協議須就子女、財產和債務分別寫明處理意見，沒有的寫「無」。',
    'The agreement must settle children, property and debts; write "none" where there is nothing.',
  ),
  CHILD_BIRTH_DATE_INVALID: say(
    'error',
    '子女出生日期不是有效日期。',
    '子女出生日期不是有效日期。',
    "The child's birth date is not a calendar date.",
  ),
  CHILD_BORN_IN_FUTURE: say(
    'error',
    '子女出生日期晚于今天。',
    '子女出生日期晚於今天。',
    "The child's birth date lies after today.",
  ),
  CHILD_ALREADY_ADULT: say(
    'error',
    '该子女已满十八周岁，不属于未成年子女。',
    '該子女已滿十八周歲，不屬於未成年子女。',
    'The child has turned eighteen and is no longer a minor.',
  ),
} as const satisfies Record<string, ProblemText>;

export type ProblemCode = keyof typeof TEXTS;

/** Every code {@link checkApplication} can give; stable, part of the public interface. */
export const PROBLEM_CODES = Object.keys(TEXTS) as ProblemCode[];

export function problemText(code: ProblemCode): Readonly<Record<Locale, string>> {
  return TEXTS[code].text;
}

export function problemSeverity(code: ProblemCode): ProblemSeverity {
  return TEXTS[code].severity;
}
