import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import type { CommonNoticeProps, NoticeTemplate } from './notice-template.ts';

export interface AppointmentProps extends CommonNoticeProps {
  readonly date: PlainDate;
  /** Wall-clock start `HH:MM` in Asia/Shanghai. */
  readonly time: string;
  /** Name of the venue as shown to the public, in the language of the notice; never a street address. */
  readonly venueName: string;
}

/** A visit is booked. */
export const appointment: NoticeTemplate<AppointmentProps> = {
  version: 2,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, date, time, venueName }) => ({
      subject: `业务${reference}：预约${monthDay(date, 'zh-Hans')}${time}`,
      body: `业务${reference}已约${monthDay(date, 'zh-Hans')}${time}，${venueName}，请带证件，可改期。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, date, time, venueName }) => ({
      subject: `業務${reference}：預約${monthDay(date, 'zh-Hant')}${time}`,
      body: `業務${reference}已約${monthDay(date, 'zh-Hant')}${time}，${venueName}，請帶證件，可改期。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, date, time, venueName }) => ({
      subject: `Application ${reference}: appointment on ${monthDay(date, 'en')}, ${time}`,
      body: `Application ${reference}: your appointment is on ${monthDay(date, 'en')} at ${time}, ${venueName}. Please bring your original papers; sign in to change the time. Questions: ${enquiryPhone}`,
    }),
  },
};
