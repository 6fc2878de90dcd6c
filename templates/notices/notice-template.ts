import type { Locale } from '../../domain/case/vocabulary.ts';

/** What every notice says: which business it is about and whom to ask. */
export interface CommonNoticeProps {
  /** The case number; it says nothing about a person. */
  readonly reference: string;
  /**
   * Telephone number for questions; with a short one (12345) every Chinese notice fits one short message, also with a
   * rehearsed case's number, dates of two digits, a provisional date and a venue's name of ten characters.
   */
  readonly enquiryPhone: string;
}

/** Subject for e-mail; body for every channel, without the sender's signature. */
export interface Wording {
  readonly subject: string;
  readonly body: string;
}

/** One kind of notice in every language. `version` grows with every change of wording in any language. */
export interface NoticeTemplate<Props extends CommonNoticeProps> {
  readonly version: number;
  readonly wording: Readonly<Record<Locale, (props: Props) => Wording>>;
}

/**
 * Sender's signatures as registered with the carriers (通信短信息服务管理规定: the real sender is named).
 * The English one is kept neutral as well, and inside the GSM alphabet.
 */
export const SIGNATURES: Readonly<Record<Locale, string>> = {
  'zh-Hans': '【光明区婚姻登记处】',
  'zh-Hant': '【光明區婚姻登記處】',
  en: '[Guangming District Registry] ',
};

const PROVISIONAL: Readonly<Record<Locale, string>> = {
  'zh-Hans': '（暂定）',
  'zh-Hant': '（暫定）',
  en: ' (provisional)',
};

/** Follows a date that may still move because that year's calendar of rest days is not published. */
export function provisionalMark(provisional: boolean, locale: Locale): string {
  return provisional ? PROVISIONAL[locale] : '';
}
