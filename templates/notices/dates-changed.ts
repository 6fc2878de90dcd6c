import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import { provisionalMark, type CommonNoticeProps, type NoticeTemplate } from './notice-template.ts';

export interface DatesChangedProps extends CommonNoticeProps {
  /** First working day on which the next step is possible. */
  readonly nextStepFrom: PlainDate;
  /** Last day of the second period. */
  readonly lastDay: PlainDate;
  readonly provisional: boolean;
}

/** A calendar of rest days was published and the dates the parties were told have moved. */
export const datesChanged: NoticeTemplate<DatesChangedProps> = {
  version: 2,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, nextStepFrom, lastDay, provisional }) => ({
      subject: `业务${reference}：办理日期有调整`,
      body: `业务${reference}因放假安排，续办期改为${monthDay(nextStepFrom, 'zh-Hans')}至${monthDay(lastDay, 'zh-Hans')}${provisionalMark(provisional, 'zh-Hans')}，以此为准。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, nextStepFrom, lastDay, provisional }) => ({
      subject: `業務${reference}：辦理日期有調整`,
      body: `業務${reference}因放假安排，續辦期改為${monthDay(nextStepFrom, 'zh-Hant')}至${monthDay(lastDay, 'zh-Hant')}${provisionalMark(provisional, 'zh-Hant')}，以此為準。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, nextStepFrom, lastDay, provisional }) => ({
      subject: `Application ${reference}: new dates`,
      body: `Application ${reference}: because of the public holidays your dates have changed. The next step is possible from ${monthDay(nextStepFrom, 'en')} to ${monthDay(lastDay, 'en')}${provisionalMark(provisional, 'en')}. Questions: ${enquiryPhone}`,
    }),
  },
};
