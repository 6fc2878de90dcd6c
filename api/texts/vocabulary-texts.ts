import type { Role, Stage } from '../../domain/case/vocabulary.ts';
import type { NoticeKind } from '../../domain/reminders/kinds.ts';
import type { Texts } from '../problems/texts.ts';

const say = (hans: string, hant: string, en: string): Texts => ({ 'zh-Hans': hans, 'zh-Hant': hant, en });

export const STAGE_TEXTS: Readonly<Record<Stage, Texts>> = {
  draft: say('草稿', '草稿', 'draft'),
  'pre-check': say('预审', '預審', 'pre-check'),
  correction: say('补正', '補正', 'correction'),
  ready: say('待受理', '待受理', 'ready for acceptance'),
  'cooling-off': say('三十日期限（冷静期）', '三十日期限（冷靜期）', 'cooling-off period'),
  confirmation: say('申请发证期', '申請發證期', 'confirmation window'),
  registered: say('已登记', '已登記', 'registered'),
  withdrawn: say('已撤回', '已撤回', 'withdrawn'),
  'deemed-withdrawn': say('视为撤回', '視為撤回', 'deemed withdrawn'),
  archived: say('已归档', '已歸檔', 'archived'),
  rejected: say('预审不通过', '預審不通過', 'rejected at pre-check'),
  refused: say('不予受理', '不予受理', 'refused'),
  lapsed: say('已失效', '已失效', 'lapsed'),
};

export const ROLE_TEXTS: Readonly<Record<Role | 'system', Texts>> = {
  clerk: say('窗口登记员', '窗口登記員', 'a window clerk'),
  reviewer: say('预审员', '預審員', 'a reviewer'),
  counsellor: say('辅导员', '輔導員', 'a counsellor'),
  dispatcher: say('调度员', '調度員', 'a dispatcher'),
  quality: say('质量监督员', '質量監督員', 'quality monitoring'),
  archivist: say('档案员', '檔案員', 'an archivist'),
  supervisor: say('主管', '主管', 'a supervisor'),
  auditor: say('审计员', '審計員', 'an auditor'),
  admin: say('系统管理员', '系統管理員', 'an administrator'),
  system: say('系统', '系統', 'the system'),
};

export const NOTICE_TEXTS: Readonly<Record<NoticeKind, Texts>> = {
  'draft-lapsing': say(
    '草稿即将失效提醒',
    '草稿即將失效提醒',
    'the reminder that the draft is about to lapse',
  ),
  'material-missing': say('补充材料通知', '補充材料通知', 'the notice of missing material'),
  'pre-check-passed': say('预审通过通知', '預審通過通知', 'the notice that the pre-check was passed'),
  appointment: say('预约通知', '預約通知', 'the notice of the appointment'),
  'cooling-off-ending': say(
    '期限即将届满提醒',
    '期限即將屆滿提醒',
    'the reminder that the first period is ending',
  ),
  'window-open': say('可以办理提醒', '可以辦理提醒', 'the notice that the window is open'),
  'window-closing': say(
    '办理期限即将届满提醒',
    '辦理期限即將屆滿提醒',
    'the reminder that the window is closing',
  ),
  'dates-changed': say('日期变动通知', '日期變動通知', 'the notice that the dates have moved'),
  withdrawn: say('撤回确认通知', '撤回確認通知', 'the confirmation of the withdrawal'),
  'status-changed': say('业务状态变更通知', '業務狀態變更通知', 'the notice of a change of status'),
  'deemed-withdrawn': say('业务终止通知', '業務終止通知', 'the notice that the procedure has ended'),
  registered: say('业务办结通知', '業務辦結通知', 'the notice that the business is concluded'),
  'archive-copy': say(
    '归档及查阅通知',
    '歸檔及查閱通知',
    'the notice that the file is kept and can be copied',
  ),
  'number-confirmation': say('新号码确认', '新號碼確認', 'the confirmation of a new number'),
  'rating-invitation': say('服务评价邀请', '服務評價邀請', 'the invitation to rate the service'),
};

/** The party as the log names it: by its place on the form, never by name. */
export function partyText(label: string): Texts {
  if (label === 'both') return say('双方', '雙方', 'both parties');
  const letter = label.toUpperCase();
  return say(`当事人${letter}`, `當事人${letter}`, `party ${letter}`);
}

export const COUNSELLING_TOPIC_TEXTS: Readonly<Record<string, Texts>> = {
  emotional: say('情感', '情感', 'emotional'),
  legal: say('法律', '法律', 'legal'),
  family: say('家庭', '家庭', 'family'),
};

export const APPOINTMENT_SERVICE_TEXTS: Readonly<Record<string, Texts>> = {
  acceptance: say('提出申请', '提出申請', 'the acceptance of the application'),
  confirmation: say('申请发证', '申請發證', 'the confirmation visit'),
  counselling: say('辅导', '輔導', 'counselling'),
  'oath-hall': say('颁证厅', '頒證廳', 'the oath hall'),
  consultation: say('咨询', '諮詢', 'a consultation'),
};
