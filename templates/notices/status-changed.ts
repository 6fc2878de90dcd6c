import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import type { CommonNoticeProps, NoticeTemplate } from './notice-template.ts';

export interface StatusChangedProps extends CommonNoticeProps {
  readonly changedOn: PlainDate;
}

/** The application does not go on, by what the other party did. Says that it has ended, not who did what. */
export const statusChanged: NoticeTemplate<StatusChangedProps> = {
  version: 1,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, changedOn }) => ({
      subject: `业务${reference}：状态有更新`,
      body: `业务${reference}已于${monthDay(changedOn, 'zh-Hans')}终止，不再继续办理，您无需到场，详情请登录查看。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, changedOn }) => ({
      subject: `業務${reference}：狀態有更新`,
      body: `業務${reference}已於${monthDay(changedOn, 'zh-Hant')}終止，不再繼續辦理，您無需到場，詳情請登入查看。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, changedOn }) => ({
      subject: `Application ${reference}: change of status`,
      body: `Application ${reference} was closed on ${monthDay(changedOn, 'en')} and does not go on. You need not come; sign in for details. Questions: ${enquiryPhone}`,
    }),
  },
};
