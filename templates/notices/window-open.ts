import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import { provisionalMark, type CommonNoticeProps, type NoticeTemplate } from './notice-template.ts';

export interface WindowOpenProps extends CommonNoticeProps {
  /** First working day of the second period. */
  readonly firstDay: PlainDate;
  /** Last day of the second period. */
  readonly lastDay: PlainDate;
  readonly provisional: boolean;
}

/** 民法典 1077: the second thirty days have begun; both come to the office that accepted the application. */
export const windowOpen: NoticeTemplate<WindowOpenProps> = {
  version: 2,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, firstDay, lastDay, provisional }) => ({
      subject: `业务${reference}：${monthDay(firstDay, 'zh-Hans')}起可继续办理`,
      body: `业务${reference}请预约${monthDay(firstDay, 'zh-Hans')}至${monthDay(lastDay, 'zh-Hans')}${provisionalMark(provisional, 'zh-Hans')}到受理处续办，逾期视为撤回。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, firstDay, lastDay, provisional }) => ({
      subject: `業務${reference}：${monthDay(firstDay, 'zh-Hant')}起可繼續辦理`,
      body: `業務${reference}請預約${monthDay(firstDay, 'zh-Hant')}至${monthDay(lastDay, 'zh-Hant')}${provisionalMark(provisional, 'zh-Hant')}到受理處續辦，逾期視為撤回。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, firstDay, lastDay, provisional }) => ({
      subject: `Application ${reference}: next step from ${monthDay(firstDay, 'en')} to ${monthDay(lastDay, 'en')}`,
      body: `Application ${reference}: please book the next step at the accepting office on a working day from ${monthDay(firstDay, 'en')} to ${monthDay(lastDay, 'en')}${provisionalMark(provisional, 'en')}. After that the application counts as withdrawn. Questions: ${enquiryPhone}`,
    }),
  },
};
