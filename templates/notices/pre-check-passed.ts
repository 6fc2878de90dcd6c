import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import type { CommonNoticeProps, NoticeTemplate } from './notice-template.ts';

export interface PreCheckPassedProps extends CommonNoticeProps {
  /** Last day on which the result of the pre-check can be used at a counter. */
  readonly validUntil: PlainDate;
}

/** The papers are in order; the visit can be booked. */
export const preCheckPassed: NoticeTemplate<PreCheckPassedProps> = {
  version: 1,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, validUntil }) => ({
      subject: `业务${reference}：预审已通过`,
      body: `业务${reference}预审已通过，请登录预约，最晚${monthDay(validUntil, 'zh-Hans')}带齐证件到场办理。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, validUntil }) => ({
      subject: `業務${reference}：預審已通過`,
      body: `業務${reference}預審已通過，請登入預約，最遲${monthDay(validUntil, 'zh-Hant')}帶齊證件到場辦理。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, validUntil }) => ({
      subject: `Application ${reference}: pre-check passed`,
      body: `Application ${reference} has passed the pre-check. Please sign in to book a visit and come by ${monthDay(validUntil, 'en')}. Questions: ${enquiryPhone}`,
    }),
  },
};
