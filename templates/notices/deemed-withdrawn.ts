import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import type { CommonNoticeProps, NoticeTemplate } from './notice-template.ts';

export interface DeemedWithdrawnProps extends CommonNoticeProps {
  /** Last day of the second period, which passed without a visit. */
  readonly lastDay: PlainDate;
}

/** 民法典 1077 para 2: the second period is over; a new application is always possible. */
export const deemedWithdrawn: NoticeTemplate<DeemedWithdrawnProps> = {
  version: 1,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, lastDay }) => ({
      subject: `业务${reference}：期限已满`,
      body: `业务${reference}已于${monthDay(lastDay, 'zh-Hans')}期满，视为撤回并办结；如有需要，可重新申请。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, lastDay }) => ({
      subject: `業務${reference}：期限已滿`,
      body: `業務${reference}已於${monthDay(lastDay, 'zh-Hant')}期滿，視為撤回並辦結；如有需要，可重新申請。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, lastDay }) => ({
      subject: `Application ${reference}: period over`,
      body: `Application ${reference}: the period ended on ${monthDay(lastDay, 'en')}; it counts as withdrawn and is closed. You may apply again at any time. Questions: ${enquiryPhone}`,
    }),
  },
};
