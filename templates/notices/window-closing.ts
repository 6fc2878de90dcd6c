import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import { provisionalMark, type CommonNoticeProps, type NoticeTemplate } from './notice-template.ts';

export interface WindowClosingProps extends CommonNoticeProps {
  /** Last day of the second period; the office handles it until closing time. */
  readonly lastDay: PlainDate;
  readonly provisional: boolean;
}

/** 民法典 1077: the second thirty days end soon. */
export const windowClosing: NoticeTemplate<WindowClosingProps> = {
  version: 2,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, lastDay, provisional }) => ({
      subject: `业务${reference}：${monthDay(lastDay, 'zh-Hans')}期限届满`,
      body: `业务${reference}如需续办，最晚${monthDay(lastDay, 'zh-Hans')}${provisionalMark(provisional, 'zh-Hans')}下班前到原受理处，逾期视为撤回。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, lastDay, provisional }) => ({
      subject: `業務${reference}：${monthDay(lastDay, 'zh-Hant')}期限屆滿`,
      body: `業務${reference}如需續辦，最遲${monthDay(lastDay, 'zh-Hant')}${provisionalMark(provisional, 'zh-Hant')}下班前到原受理處，逾期視為撤回。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, lastDay, provisional }) => ({
      subject: `Application ${reference}: last day ${monthDay(lastDay, 'en')}`,
      body: `Application ${reference}: if you wish to go on, please come to the accepting office before closing time on ${monthDay(lastDay, 'en')}${provisionalMark(provisional, 'en')}. After that it counts as withdrawn. Questions: ${enquiryPhone}`,
    }),
  },
};
