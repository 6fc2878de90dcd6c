import type { PlainDate } from '../../domain/plain-date.ts';
import { monthDay } from '../civil-date-text.ts';
import type { CommonNoticeProps, NoticeTemplate } from './notice-template.ts';

export interface ArchiveCopyProps extends CommonNoticeProps {
  readonly archivedOn: PlainDate;
}

/** The file is closed and kept; each party may have a copy of it (婚姻登记档案管理办法 art 15). */
export const archiveCopy: NoticeTemplate<ArchiveCopyProps> = {
  version: 1,
  wording: {
    'zh-Hans': ({ reference, enquiryPhone, archivedOn }) => ({
      subject: `业务${reference}：档案已归档`,
      body: `业务${reference}已于${monthDay(archivedOn, 'zh-Hans')}归档，本人凭证件可查阅、复制档案。咨询${enquiryPhone}`,
    }),
    'zh-Hant': ({ reference, enquiryPhone, archivedOn }) => ({
      subject: `業務${reference}：檔案已歸檔`,
      body: `業務${reference}已於${monthDay(archivedOn, 'zh-Hant')}歸檔，本人憑證件可查閱、複製檔案。查詢${enquiryPhone}`,
    }),
    en: ({ reference, enquiryPhone, archivedOn }) => ({
      subject: `Application ${reference}: file kept`,
      body: `Application ${reference}: the file was archived on ${monthDay(archivedOn, 'en')}. With your identity document you may read it and have a copy. Questions: ${enquiryPhone}`,
    }),
  },
};
