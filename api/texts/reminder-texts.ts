import type { AttemptState, NoticeState } from '../../activities/notices/notice-store.ts';
import type { CancelReason } from '../../domain/case/plan-change.ts';
import type { Channel } from '../../domain/reminders/kinds.ts';
import type { Texts } from '../problems/texts.ts';

const say = (hans: string, hant: string, en: string): Texts => ({ 'zh-Hans': hans, 'zh-Hant': hant, en });

export const CHANNEL_TEXTS: Readonly<Record<Channel, Texts>> = {
  sms: say('短信', '短訊', 'text message'),
  email: say('邮件', '電郵', 'e-mail'),
  call: say('电话', '電話', 'telephone'),
};

export const NOTICE_STATE_TEXTS: Readonly<Record<NoticeState, Texts>> = {
  planned: say('已计划', '已計劃', 'planned'),
  queued: say('等待发送', '等待發送', 'waiting to be sent'),
  sending: say('正在发送', '正在發送', 'being sent'),
  sent: say('已发出，等待送达回执', '已發出，等待送達回執', 'handed over; the receipt is awaited'),
  delivered: say('已送达', '已送達', 'delivered'),
  undelivered: say('未送达', '未送達', 'not delivered'),
  'to-call': say('须电话告知', '須電話告知', 'to be told by telephone'),
  called: say('已电话告知', '已電話告知', 'told by telephone'),
  failed: say('发送失败', '發送失敗', 'failed'),
  suppressed: say('按规定不发送', '按規定不發送', 'not sent, by rule'),
  cancelled: say('已取消', '已取消', 'cancelled'),
};

/** Whether an attempt surely did not reach the party. */
export const ATTEMPT_FAILED: Readonly<Record<AttemptState, boolean>> = {
  sending: false,
  sent: false,
  delivered: false,
  undelivered: true,
  failed: true,
  rejected: true,
  'not-sent': true,
};

const CANCEL_TEXTS: Readonly<Record<CancelReason, Texts>> = {
  DATES_CHANGED: say('日期已变更', '日期已變更', 'the dates have changed'),
  CASE_WENT_ON: say('办理已进入下一环节', '辦理已進入下一環節', 'the case has gone on'),
  CASE_ENDED: say('案件已结束', '案件已結束', 'the case has ended'),
  APPOINTMENT_CHANGED: say('预约已变更', '預約已變更', 'the appointment has changed'),
  CORRECTED: say('申请信息已更正', '申請資料已更正', 'the application was corrected'),
  SUPERSEDED: say('已由较晚的提醒代替', '已由較晚的提醒代替', 'the next reminder took its place'),
};

/** Why a notice was cancelled or not sent, in words where the code is one of ours, else the code itself. */
export function reasonText(code: string): Texts {
  return (CANCEL_TEXTS as Readonly<Record<string, Texts>>)[code] ?? say(code, code, code);
}
