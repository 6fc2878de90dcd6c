import type { ProblemKind } from './texts.ts';

const say = (status: number, hans: string, hant: string, en: string): ProblemKind => ({
  status,
  text: { 'zh-Hans': hans, 'zh-Hant': hant, en },
});

/** What can be wrong with a request as a whole. */
export const REQUEST_PROBLEMS = {
  MALFORMED_JSON: say(
    400,
    '请求内容不是有效的 JSON。',
    '請求內容不是有效的 JSON。',
    'The body is not valid JSON.',
  ),
  BODY_TOO_LARGE: say(413, '请求内容过大。', '請求內容過大。', 'The body is larger than allowed.'),
  FILE_TOO_LARGE: say(413, '文件过大。', '檔案過大。', 'The file is larger than allowed.'),
  MEDIA_TYPE_NOT_SUPPORTED: say(
    415,
    '不支持这种内容类型。',
    '不支援這種內容類型。',
    'This content type is not understood here.',
  ),
  VALIDATION_FAILED: say(
    422,
    '所填内容有误，请逐项核对。',
    '所填內容有誤，請逐項核對。',
    'Some fields are wrong; each is named below.',
  ),
  TOKEN_MISSING: say(401, '请先登录。', '請先登入。', 'A bearer token is needed.'),
  TOKEN_INVALID: say(401, '登录凭证无效。', '登入憑證無效。', 'The bearer token is not valid here.'),
  TOKEN_EXPIRED: say(
    401,
    '登录已过期，请重新登录。',
    '登入已過期，請重新登入。',
    'The bearer token has expired.',
  ),
  VENUE_OUT_OF_SCOPE: say(
    403,
    '该网点不在您的权限范围内。',
    '該網點不在您的權限範圍內。',
    'This venue is outside the scope of your token.',
  ),
  SECOND_PERSON_REQUIRED: say(
    403,
    '提出人不能自行批准，须由另一人批准。',
    '提出人不能自行批准，須由另一人批准。',
    'Who proposed it cannot approve it: another person must.',
  ),
  SIGNATURE_INVALID: say(403, '签名无效。', '簽名無效。', 'The request is not signed by the gateway.'),
  CASE_UNKNOWN: say(404, '没有这个案件。', '沒有這個案件。', 'There is no such case.'),
  ACT_UNKNOWN: say(404, '没有这种操作。', '沒有這種操作。', 'There is no such act.'),
  DOCUMENT_UNKNOWN: say(404, '没有这份材料。', '沒有這份材料。', 'This case has no such document.'),
  PAPER_UNKNOWN: say(
    404,
    '本案目前没有这种文书。',
    '本案目前沒有這種文書。',
    'This case has no such paper, or not yet.',
  ),
  COUNSELLING_UNKNOWN: say(404, '没有这次辅导。', '沒有這次輔導。', 'This case has no such counselling.'),
  VOLUME_UNKNOWN: say(404, '本案尚未归档。', '本案尚未歸檔。', 'This case has no archive volume yet.'),
  CALENDAR_UNKNOWN: say(
    404,
    '该年度没有待批准的放假安排。',
    '該年度沒有待批准的放假安排。',
    'No calendar is proposed for this year.',
  ),
  HISTORY_UNKNOWN: say(
    404,
    '引擎已不再保留本案的历史；归档卷中有副本。',
    '引擎已不再保留本案的歷史；歸檔卷中有副本。',
    "The engine no longer keeps this case's history; its archive volume has a copy.",
  ),
  ROUTE_UNKNOWN: say(404, '没有这个地址。', '沒有這個地址。', 'There is nothing at this address.'),
  METHOD_NOT_ALLOWED: say(
    405,
    '该地址不支持此方法。',
    '該地址不支援此方法。',
    'This address does not answer this method.',
  ),
  NOT_A_REHEARSAL_CASE: say(
    409,
    '只有演练案件可以快进时间。',
    '只有演練案件可以快進時間。',
    'Only a rehearsal case can be moved forward in time.',
  ),
  MOVE_NOT_COMPLETE: say(
    409,
    '案件未能移动到目标时间。',
    '案件未能移動到目標時間。',
    'The case was not moved as far as asked.',
  ),
  APPOINTMENT_IN_PAST: say(
    409,
    '预约时间已经过去。',
    '預約時間已經過去。',
    'The appointment lies in the past.',
  ),
  IDEMPOTENCY_IN_PROGRESS: say(
    409,
    '相同的请求正在处理，请稍后重试。',
    '相同的請求正在處理，請稍後重試。',
    'The same request is still being worked on; try again in a moment.',
  ),
  IDEMPOTENCY_KEY_REUSED: say(
    422,
    '该 Idempotency-Key 已用于另一个请求。',
    '該 Idempotency-Key 已用於另一個請求。',
    'This Idempotency-Key was used for another request.',
  ),
  IDEMPOTENCY_KEY_INVALID: say(
    422,
    'Idempotency-Key 须为 1 至 200 个可打印字符。',
    'Idempotency-Key 須為 1 至 200 個可列印字元。',
    'An Idempotency-Key has 1 to 200 printable characters.',
  ),
  PERSONAL_DATA_ERASED: say(
    410,
    '本案的个人信息已依法删除。',
    '本案的個人資料已依法刪除。',
    'The personal data of this case has been erased.',
  ),
  DATABASE_UNAVAILABLE: say(
    503,
    '数据库暂时不可用，可以用相同的 Idempotency-Key 重新发送。',
    '資料庫暫時不可用，可以用相同的 Idempotency-Key 重新發送。',
    'The database does not answer; the request may be sent again with the same Idempotency-Key.',
  ),
  ENGINE_UNAVAILABLE: say(
    503,
    '流程引擎暂时没有应答，可以用相同的 Idempotency-Key 重新发送，不会重复办理。',
    '流程引擎暫時沒有應答，可以用相同的 Idempotency-Key 重新發送，不會重複辦理。',
    'The workflow engine did not answer in time; send the same request with the same Idempotency-Key again: it is done once.',
  ),
  INTERNAL: say(500, '系统内部错误。', '系統內部錯誤。', 'Something went wrong on our side.'),
} as const satisfies Record<string, ProblemKind>;
