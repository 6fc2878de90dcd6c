import type { Texts } from '../problems/texts.ts';

const say = (hans: string, hant: string, en: string): Texts => ({ 'zh-Hans': hans, 'zh-Hant': hant, en });

/** What the automatic checks found, in words a reviewer and an applicant both understand. */
const FINDING_TEXTS: Readonly<Record<string, Texts>> = {
  MARRIAGE_DATE_DIFFERS: say(
    '结婚登记日期与婚姻登记信息系统不一致。',
    '結婚登記日期與婚姻登記資訊系統不一致。',
    'The date of the marriage differs from the marriage register.',
  ),
  ALREADY_DIVORCED: say(
    '婚姻登记信息系统显示双方已经离婚。',
    '婚姻登記資訊系統顯示雙方已經離婚。',
    'The marriage register has the couple as divorced already.',
  ),
  MARRIAGE_ANNULLED: say(
    '该婚姻已被撤销或者宣告无效。',
    '該婚姻已被撤銷或者宣告無效。',
    'The marriage was annulled.',
  ),
  MARRIAGE_NOT_FOUND: say(
    '婚姻登记信息系统中未查到该结婚登记，请核对结婚证。',
    '婚姻登記資訊系統中未查到該結婚登記，請核對結婚證。',
    'The marriage register has no such marriage; check the certificate.',
  ),
  NOT_MARRIED_TO_EACH_OTHER: say(
    '该结婚证登记的不是这两位当事人。',
    '該結婚證登記的不是這兩位當事人。',
    'The certificate is registered for another couple.',
  ),
  HOUSEHOLD_STATUS_DIFFERS: say(
    '户籍信息中的婚姻状况不是“已婚”，可能尚未更新。',
    '戶籍資料中的婚姻狀況不是「已婚」，可能尚未更新。',
    'The household register does not have this party as married; it may lag behind.',
  ),
  HOUSEHOLD_NAME_DIFFERS: say(
    '姓名与户籍信息不一致。',
    '姓名與戶籍資料不一致。',
    'The name differs from the household register.',
  ),
  HOUSEHOLD_NOT_FOUND: say(
    '户籍信息中未查到此人。',
    '戶籍資料中未查到此人。',
    'The household register does not know this person.',
  ),
  PARTY_DECEASED: say(
    '户籍信息显示当事人已死亡。',
    '戶籍資料顯示當事人已死亡。',
    'The household register has this party as deceased.',
  ),
  OTHER_OPEN_CASE: say(
    '双方还有另一件未办结的申请。',
    '雙方還有另一件未辦結的申請。',
    'The couple has another application under way.',
  ),
  MARRIAGE_REGISTER_REFUSED: say(
    '婚姻登记信息系统拒绝查询，请人工核对。',
    '婚姻登記資訊系統拒絕查詢，請人工核對。',
    'The marriage register refused the enquiry; check by hand.',
  ),
  HOUSEHOLD_REGISTER_REFUSED: say(
    '户籍信息系统拒绝查询，请人工核对。',
    '戶籍資訊系統拒絕查詢，請人工核對。',
    'The household register refused the enquiry; check by hand.',
  ),
};

const NUMBER_WRONG = say(
  '证件号码不正确，请核对证件。',
  '證件號碼不正確，請核對證件。',
  'The document number is not correct; check the document.',
);

/** Findings about a number carry the reason of the check; all of them read alike. */
export function findingTexts(code: string): Texts {
  return FINDING_TEXTS[code] ?? NUMBER_WRONG;
}
