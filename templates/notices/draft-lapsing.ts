import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import type { CommonNoticeProps, NoticeTemplate } from './notice-template.ts';

export interface DraftLapsingProps extends CommonNoticeProps {
  /** Last day on which the draft is kept. */
  readonly keptUntil: PlainDate;
}

/** A draft nobody has handed in is about to be dropped; a new one can be begun at any time. */
export const draftLapsing: NoticeTemplate<DraftLapsingProps> = {
  version: 1,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, keptUntil }) => ({
      subject: `业务${reference}：草稿保留至${monthDay(keptUntil, 'zh-Hans')}`,
      body: `业务${reference}的草稿保留至${monthDay(keptUntil, 'zh-Hans')}，如需办理请登录提交，否则无需操作。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, keptUntil }) => ({
      subject: `業務${reference}：草稿保留至${monthDay(keptUntil, 'zh-Hant')}`,
      body: `業務${reference}的草稿保留至${monthDay(keptUntil, 'zh-Hant')}，如需辦理請登入提交，否則無需操作。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, keptUntil }) => ({
      subject: `Application ${reference}: draft kept until ${monthDay(keptUntil, 'en')}`,
      body: `Application ${reference}: your draft is kept until ${monthDay(keptUntil, 'en')}. If you wish to go on, please sign in and hand it in; otherwise you need do nothing. Questions: ${enquiryPhone}`,
    }),
  },
};
