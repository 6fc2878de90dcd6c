import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import type { CommonNoticeProps, NoticeTemplate } from './notice-template.ts';

export interface RegisteredProps extends CommonNoticeProps {
  readonly registeredOn: PlainDate;
}

/** The procedure is complete. */
export const registered: NoticeTemplate<RegisteredProps> = {
  version: 1,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, registeredOn }) => ({
      subject: `业务${reference}：已办结`,
      body: `业务${reference}已于${monthDay(registeredOn, 'zh-Hans')}办结，请妥善保管所领证件。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, registeredOn }) => ({
      subject: `業務${reference}：已辦結`,
      body: `業務${reference}已於${monthDay(registeredOn, 'zh-Hant')}辦結，請妥善保管所領證件。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, registeredOn }) => ({
      subject: `Application ${reference}: completed`,
      body: `Application ${reference} was completed on ${monthDay(registeredOn, 'en')}. Please keep the papers you received safe. Questions: ${enquiryPhone}`,
    }),
  },
};
