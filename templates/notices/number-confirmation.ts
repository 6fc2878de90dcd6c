import type { CommonNoticeProps, NoticeTemplate } from './notice-template.ts';

export interface NumberConfirmationProps extends CommonNoticeProps {
  /** What the party repeats to us; it proves that the number is theirs. */
  readonly code: string;
}

/** Goes to a new number only. Whoever gets it by mistake learns nothing and need do nothing. */
export const numberConfirmation: NoticeTemplate<NumberConfirmationProps> = {
  version: 1,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, code }) => ({
      subject: `业务${reference}：确认新号码`,
      body: `您的确认码是${code}，用于业务${reference}的新号码。如非本人办理，请忽略。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, code }) => ({
      subject: `業務${reference}：確認新號碼`,
      body: `您的確認碼是${code}，用於業務${reference}的新號碼。如非本人辦理，請忽略。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, code }) => ({
      subject: `Application ${reference}: confirm your new number`,
      body: `Your code is ${code}: it confirms this number for application ${reference}. If this is not meant for you, please ignore it. Questions: ${enquiryPhone}`,
    }),
  },
};
