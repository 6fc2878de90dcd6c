import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import { provisionalMark, type CommonNoticeProps, type NoticeTemplate } from './notice-template.ts';

export interface CoolingOffEndingProps extends CommonNoticeProps {
  /** Last day of the first period; withdrawal is accepted until closing time. */
  readonly lastDay: PlainDate;
  /** First working day on which the next step is possible. */
  readonly nextStepFrom: PlainDate;
  readonly provisional: boolean;
}

/** 民法典 1077: the first thirty days end soon; until then either party may still withdraw. */
export const coolingOffEnding: NoticeTemplate<CoolingOffEndingProps> = {
  version: 2,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, lastDay, nextStepFrom, provisional }) => ({
      subject: `业务${reference}：本阶段${monthDay(lastDay, 'zh-Hans')}期满`,
      body: `业务${reference}：${monthDay(lastDay, 'zh-Hans')}${provisionalMark(provisional, 'zh-Hans')}期满，当日下班前可撤回；${monthDay(nextStepFrom, 'zh-Hans')}起可续办。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, lastDay, nextStepFrom, provisional }) => ({
      subject: `業務${reference}：本階段${monthDay(lastDay, 'zh-Hant')}期滿`,
      body: `業務${reference}：${monthDay(lastDay, 'zh-Hant')}${provisionalMark(provisional, 'zh-Hant')}期滿，當日下班前可撤回；${monthDay(nextStepFrom, 'zh-Hant')}起可續辦。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, lastDay, nextStepFrom, provisional }) => ({
      subject: `Application ${reference}: this period ends on ${monthDay(lastDay, 'en')}`,
      body: `Application ${reference}: this period ends on ${monthDay(lastDay, 'en')}${provisionalMark(provisional, 'en')}. You may withdraw until closing time that day; the next step is possible from ${monthDay(nextStepFrom, 'en')}. Questions: ${enquiryPhone}`,
    }),
  },
};
