import type { RepairError } from '../../activities/reconciliation/port.ts';
import type { CaseDrift } from '../../domain/reconciliation/case-drift.ts';
import type { NoticeDrift } from '../../domain/reconciliation/notice-drift.ts';
import type { Texts } from '../problems/texts.ts';

const say = (hans: string, hant: string, en: string): Texts => ({ 'zh-Hans': hans, 'zh-Hant': hant, en });

/** What a drift is, in words. */
export const DRIFT_TEXTS: Readonly<Record<CaseDrift | NoticeDrift, Texts>> = {
  START_LOST: say('流程没有启动。', '流程沒有啟動。', 'The workflow of the case was never started.'),
  NOT_RUNNING: say(
    '案件尚未办结，但流程已不在运行。',
    '案件尚未辦結，但流程已不在運行。',
    'The case is open, and its workflow does not run.',
  ),
  NO_RECORD: say(
    '流程在运行，但没有案件记录。',
    '流程在運行，但沒有案件記錄。',
    'A workflow runs whose case is not on record.',
  ),
  ENDED_BUT_RUNNING: say(
    '案件已办结，但流程仍在运行。',
    '案件已辦結，但流程仍在運行。',
    'The case has ended, and its workflow still runs.',
  ),
  WAKE_OVERDUE: say(
    '期限已到，案件没有处理。',
    '期限已到，案件沒有處理。',
    'A deadline has passed and nothing happened.',
  ),
  STAGE_DIFFERS: say(
    '记录的阶段与流程不同。',
    '記錄的階段與流程不同。',
    'Record and case show different stages.',
  ),
  SEQ_DIFFERS: say(
    '记录的步骤数与流程不同。',
    '記錄的步驟數與流程不同。',
    'Record and case count different numbers of steps.',
  ),
  WAKE_DIFFERS: say(
    '记录的下一个时间点与流程不同。',
    '記錄的下一個時間點與流程不同。',
    'Record and case name different next wake-ups.',
  ),
  TIMER_MISSING: say(
    '流程没有设好定时器。',
    '流程沒有設好計時器。',
    'The engine holds no timer for the next wake-up.',
  ),
  STATE_NOT_KEPT: say(
    '没有保存案件状态和提醒计划。',
    '沒有保存案件狀態和提醒計劃。',
    'Neither its state nor its plan is kept on record.',
  ),
  NO_ANSWER: say('流程没有应答查询。', '流程沒有應答查詢。', 'The case does not answer when it is asked.'),
  PLANNED_OVERDUE: say(
    '计划的通知到期未发出。',
    '計劃的通知到期未發出。',
    'A planned notice is due and was not ordered.',
  ),
  QUEUED_OVERDUE: say(
    '待发通知超时未发。',
    '待發通知逾時未發。',
    'A notice should have left and was not tried.',
  ),
  SENDING_STUCK: say(
    '通知发送结果一直不明。',
    '通知發送結果一直不明。',
    'The outcome of an attempt is still unknown.',
  ),
  RECEIPT_LATE: say('短信没有回执。', '短訊沒有回執。', 'A text message has no receipt.'),
  PLAN_DIFFERS: say(
    '计划中的通知不在案件自身的计划内。',
    '計劃中的通知不在案件自身的計劃內。',
    'A planned notice is not on the plan of its case.',
  ),
};

/** Why a drift is still there, in words. */
export const REPAIR_ERROR_TEXTS: Readonly<Record<RepairError, Texts>> = {
  NEEDS_A_PERSON: say('需要人工处理。', '需要人工處理。', 'A person must look at it.'),
  STATE_NOT_KEPT: say(
    '没有可供恢复的状态，需要人工处理。',
    '沒有可供恢復的狀態，需要人工處理。',
    'No state is kept to start from; a person must look at it.',
  ),
  STATE_IS_OLDER: say(
    '保存的状态比记录旧，需要人工处理。',
    '保存的狀態比記錄舊，需要人工處理。',
    'The state kept is not that of the record; a person must look at it.',
  ),
  CALENDAR_UNKNOWN: say(
    '找不到案件使用的放假安排，需要人工处理。',
    '找不到案件使用的放假安排，需要人工處理。',
    'The calendar of the case is not on record; a person must look at it.',
  ),
  POLICY_UNKNOWN: say(
    '找不到案件使用的提醒规则，需要人工处理。',
    '找不到案件使用的提醒規則，需要人工處理。',
    'The reminder policy of the case is not on record; a person must look at it.',
  ),
  NO_ANSWER: say('案件没有应答。', '案件沒有應答。', 'The case did not answer.'),
  GATEWAY_AWAY: say('网关没有应答。', '閘道沒有應答。', 'The gateway did not answer.'),
  STILL_DIFFERENT: say('处理后仍有差异。', '處理後仍有差異。', 'It still differs after the repair.'),
};
