import type { AlarmCode } from '../../domain/alarms.ts';
import type { Texts } from '../problems/texts.ts';

const say = (hans: string, hant: string, en: string): Texts => ({ 'zh-Hans': hans, 'zh-Hant': hant, en });

/** What is wrong with the system itself, and what to do about it, in words. */
export const ALARM_TEXTS: Readonly<Record<AlarmCode, Texts>> = {
  RECONCILIATION_MISSED: say(
    '对账没有按时完成，无法保证每个案件和通知都有着落，请检查工作进程和流程引擎。',
    '對帳沒有按時完成，無法保證每個案件和通知都有着落，請檢查工作進程和流程引擎。',
    'The reconciliation has not finished in time, so nothing proves that every case and notice is looked after; ' +
      'check the workers and the engine.',
  ),
  RECONCILIATION_FAILED: say(
    '上一次对账中途失败，请查看该次运行记录。',
    '上一次對帳中途失敗，請查看該次運行記錄。',
    'The last reconciliation failed on its way; look at its run.',
  ),
  REMINDER_POLICY_INVALID: say(
    '提醒规则文件有误，系统继续使用原有规则。',
    '提醒規則檔案有誤，系統繼續使用原有規則。',
    'The file of reminder policies is wrong; the policies before it stay in force.',
  ),
  GATEWAY_REFUSED: say(
    '短信或邮件网关拒绝本单位的账号或发送人，通知无法发出。',
    '短訊或電郵閘道拒絕本單位的帳號或發送人，通知無法發出。',
    'A message gateway refuses our account or sender; notices cannot leave.',
  ),
  RECOMPUTATION_STALLED: say(
    '期限重算没有进展，部分案件尚未按新的放假安排调整。',
    '期限重算沒有進展，部分案件尚未按新的放假安排調整。',
    'A recomputation makes no progress; some cases do not follow the new calendar yet.',
  ),
};
