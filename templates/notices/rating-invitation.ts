import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import type { CommonNoticeProps, NoticeTemplate } from './notice-template.ts';

export interface RatingInvitationProps extends CommonNoticeProps {
  readonly visitedOn: PlainDate;
  /** Last day on which the visit can be rated. */
  readonly rateBy: PlainDate;
}

/** 好差评 (GB/T 39734-2020): one visit, one rating, always voluntary. */
export const ratingInvitation: NoticeTemplate<RatingInvitationProps> = {
  version: 1,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, visitedOn, rateBy }) => ({
      subject: `业务${reference}：欢迎评价我们的服务`,
      body: `感谢您${monthDay(visitedOn, 'zh-Hans')}来办业务${reference}，欢迎登录评价（自愿，${monthDay(rateBy, 'zh-Hans')}截止）。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, visitedOn, rateBy }) => ({
      subject: `業務${reference}：歡迎評價我們的服務`,
      body: `感謝您${monthDay(visitedOn, 'zh-Hant')}來辦業務${reference}，歡迎登入評價（自願，${monthDay(rateBy, 'zh-Hant')}截止）。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, visitedOn, rateBy }) => ({
      subject: `Application ${reference}: how was our service?`,
      body: `Thank you for your visit on ${monthDay(visitedOn, 'en')} (application ${reference}). If you like, sign in and rate it by ${monthDay(rateBy, 'en')}. Questions: ${enquiryPhone}`,
    }),
  },
};
