import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import type { CommonNoticeProps, NoticeTemplate } from './notice-template.ts';

export interface WithdrawnProps extends CommonNoticeProps {
  readonly withdrawnOn: PlainDate;
}

/** The application was withdrawn; the wording does not say by whom. */
export const withdrawn: NoticeTemplate<WithdrawnProps> = {
  version: 1,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, withdrawnOn }) => ({
      subject: `业务${reference}：已撤回`,
      body: `业务${reference}已于${monthDay(withdrawnOn, 'zh-Hans')}撤回，程序已终止，您无需再办手续。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, withdrawnOn }) => ({
      subject: `業務${reference}：已撤回`,
      body: `業務${reference}已於${monthDay(withdrawnOn, 'zh-Hant')}撤回，程序已終止，您無需再辦手續。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, withdrawnOn }) => ({
      subject: `Application ${reference}: withdrawn`,
      body: `Application ${reference} was withdrawn on ${monthDay(withdrawnOn, 'en')} and is closed. You need do nothing more. Questions: ${enquiryPhone}`,
    }),
  },
};
