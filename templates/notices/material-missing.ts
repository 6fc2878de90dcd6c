import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import type { CommonNoticeProps, NoticeTemplate } from './notice-template.ts';

export interface MaterialMissingProps extends CommonNoticeProps {
  /** Last day on which the papers may still be handed in. */
  readonly respondBy: PlainDate;
}

/** Something has to be added or replaced before the pre-check can go on. */
export const materialMissing: NoticeTemplate<MaterialMissingProps> = {
  version: 1,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, respondBy }) => ({
      subject: `业务${reference}：请补充材料`,
      body: `业务${reference}尚需补充材料，请登录查看，最晚${monthDay(respondBy, 'zh-Hans')}补交。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, respondBy }) => ({
      subject: `業務${reference}：請補充材料`,
      body: `業務${reference}尚需補充材料，請登入查看，最遲${monthDay(respondBy, 'zh-Hant')}補交。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, respondBy }) => ({
      subject: `Application ${reference}: papers needed`,
      body: `Application ${reference}: some papers are still needed. Please sign in to see which and add them by ${monthDay(respondBy, 'en')}. Questions: ${enquiryPhone}`,
    }),
  },
};
