import type { AttentionCode } from '../../domain/case/vocabulary.ts';
import type { Texts } from '../problems/texts.ts';

const say = (hans: string, hant: string, en: string): Texts => ({ 'zh-Hans': hans, 'zh-Hant': hant, en });

/** Why a person has to look at a case, in words. */
export const ATTENTION_TEXTS: Readonly<Record<AttentionCode, Texts>> = {
  REGISTER_UNAVAILABLE: say(
    '登记信息系统没有应答，系统继续重试。',
    '登記資訊系統沒有應答，系統繼續重試。',
    'A register does not answer; the checks are being tried again.',
  ),
  NOTICE_DELAYED: say(
    '短信或邮件网关没有应答，通知仍在重试。',
    '短訊或電郵閘道沒有應答，通知仍在重試。',
    'The message gateway does not answer; the notice is being tried again.',
  ),
  NOTICE_FAILED: say(
    '通知无法送达，请用其他方式联系当事人。',
    '通知無法送達，請以其他方式聯絡當事人。',
    'A notice could not be delivered; reach the party in another way.',
  ),
  CLOCK_PROVISIONAL: say(
    '期限依据尚未公布的放假安排推算，案件等待公布。',
    '期限依據尚未公布的放假安排推算，案件等待公布。',
    'The date rests on a calendar that is not published yet; the case waits for it.',
  ),
  CHECKED_IN_NOT_CONCLUDED: say(
    '双方在期限最后一日已到场，但未办结，请确认结果。',
    '雙方在期限最後一日已到場，但未辦結，請確認結果。',
    'The couple checked in on the last day, but no result was recorded.',
  ),
  EARLIER_DATE_THAN_TOLD: say(
    '放假安排公布后，期限早于已告知当事人的日期，请联系双方。',
    '放假安排公布後，期限早於已告知當事人的日期，請聯絡雙方。',
    'After the calendar was published a date is earlier than the couple was told; contact both.',
  ),
  ARCHIVE_DELAYED: say(
    '归档尚未完成，系统继续重试。',
    '歸檔尚未完成，系統繼續重試。',
    'Archiving has not succeeded yet; it is being tried again.',
  ),
  COUNSELLING_UNANSWERED: say(
    '辅导申请三天内无人回应。',
    '輔導申請三天內無人回應。',
    'Nobody has answered a request for counselling for three days.',
  ),
  BAD_SIGNAL: say(
    '收到无法识别的外部信息。',
    '收到無法識別的外部資訊。',
    'A message from outside could not be understood.',
  ),
};
