import type { ProblemKind } from './texts.ts';

const say = (hans: string, hant: string, en: string): ProblemKind => ({
  status: 422,
  text: { 'zh-Hans': hans, 'zh-Hant': hant, en },
});

/** What can be wrong with one field. */
export const FIELD_PROBLEMS = {
  REQUIRED: say('此项必填。', '此項必填。', 'This field is required.'),
  TYPE_WRONG: say('此项的类型不对。', '此項的類型不對。', 'This field has another type.'),
  VALUE_NOT_ALLOWED: say(
    '此项不在允许的取值之中。',
    '此項不在允許的取值之中。',
    'This value is not one of those allowed.',
  ),
  TEXT_TOO_LONG: say('此项过长。', '此項過長。', 'This text is too long.'),
  TEXT_TOO_SHORT: say('此项过短。', '此項過短。', 'This text is too short.'),
  NUMBER_OUT_OF_RANGE: say('数值超出范围。', '數值超出範圍。', 'This number is out of range.'),
  LIST_LENGTH_WRONG: say('项数不对。', '項數不對。', 'This list has too many or too few entries.'),
  FORMAT_WRONG: say('此项格式不对。', '此項格式不對。', 'This field does not have the expected form.'),
  DATE_INVALID: say(
    '日期无效，应为 YYYY-MM-DD。',
    '日期無效，應為 YYYY-MM-DD。',
    'Not a calendar date (YYYY-MM-DD).',
  ),
  INSTANT_INVALID: say(
    '时间无效，应为带时区的 ISO 8601 时间。',
    '時間無效，應為帶時區的 ISO 8601 時間。',
    'Not an instant (ISO 8601 with its offset).',
  ),
  VALUE_INVALID: say('此项无效。', '此項無效。', 'This value cannot be used.'),
  VENUE_UNKNOWN: say(
    '没有这个网点，或该网点不受理。',
    '沒有這個網點，或該網點不受理。',
    'There is no such venue, or it accepts no applications.',
  ),
  REASON_NOT_APPLICABLE: say(
    '该理由不适用于此环节。',
    '該理由不適用於此環節。',
    'This ground cannot be given at this step.',
  ),
  RECEIVED_ON_IN_FUTURE: say(
    '受理日期晚于今天。',
    '受理日期晚於今天。',
    'The date of receipt lies after today.',
  ),
  RECEIVED_ON_NOT_WORKING_DAY: say(
    '受理日期不是法定工作日。',
    '受理日期不是法定工作日。',
    'The date of receipt is not a statutory working day.',
  ),
  DATE_OUT_OF_RANGE: say(
    '该日期所在年度没有工作日历。',
    '該日期所在年度沒有工作日曆。',
    'There is no calendar for the year of this date.',
  ),
  TARGET_NOT_AHEAD: say(
    '目标时间必须晚于案件的当前时间，且在四百天以内。',
    '目標時間必須晚於案件的目前時間，且在四百天以內。',
    "The target must lie after the case's own time, by at most 400 days.",
  ),
  NOTHING_TO_CORRECT: say('没有要更正的内容。', '沒有要更正的內容。', 'Nothing is corrected.'),
  CODE_WRONG: say('验证码不符。', '驗證碼不符。', 'This is not the code that was sent.'),
  CHANNEL_WITHOUT_ADDRESS: say(
    '当事人没有该渠道的联系方式，或该渠道不适用于此通知。',
    '當事人沒有該渠道的聯絡方式，或該渠道不適用於此通知。',
    'The party gave no address for this channel, or this notice does not go by it.',
  ),
  NUMBER_UNCHANGED: say(
    '与登记的号码相同。',
    '與登記的號碼相同。',
    'This is the number the party has already.',
  ),
  NUMBER_NOT_SEPARATE: say(
    '该号码不能作为这一方的联系号码。',
    '該號碼不能作為這一方的聯絡號碼。',
    'This number cannot be used for this party.',
  ),
  CURSOR_INVALID: say('翻页标记无效。', '翻頁標記無效。', 'The cursor is not one of ours.'),
  FILE_MISSING: say('没有收到文件。', '沒有收到檔案。', 'No file was received.'),
  FILE_EMPTY: say('文件是空的。', '檔案是空的。', 'The file is empty.'),
  FILE_UNREADABLE: say(
    '文件损坏，无法读取。',
    '檔案損壞，無法讀取。',
    'The file is damaged and cannot be read.',
  ),
  FILE_TYPE_NOT_ALLOWED: say(
    '只接受 JPEG、PNG、HEIC 图片和 PDF 文件。',
    '只接受 JPEG、PNG、HEIC 圖片和 PDF 檔案。',
    'Only JPEG, PNG and HEIC pictures and PDF files are taken.',
  ),
  FILE_TYPE_MISMATCH: say(
    '文件内容与其名称或类型不符。',
    '檔案內容與其名稱或類型不符。',
    'The file is not what its name or type says.',
  ),
  CALENDAR_YEAR_INVALID: say(
    '年份无效。',
    '年份無效。',
    'This is not a year a calendar can be proposed for.',
  ),
  CALENDAR_DATE_INVALID: say('不是有效日期。', '不是有效日期。', 'Not a calendar date (YYYY-MM-DD).'),
  CALENDAR_DATE_OTHER_YEAR: say('日期不在该年度。', '日期不在該年度。', 'The date lies in another year.'),
  CALENDAR_DATE_TWICE: say('日期重复。', '日期重複。', 'The date is listed twice.'),
  CALENDAR_DATE_OFF_AND_WORKED: say(
    '同一天不能既放假又上班。',
    '同一天不能既放假又上班。',
    'The same day cannot be both off and worked.',
  ),
  CALENDAR_MAKE_UP_NOT_WEEKEND: say(
    '调休上班日须为周六或周日。',
    '調休上班日須為週六或週日。',
    'A make-up workday must be a Saturday or Sunday.',
  ),
  CALENDAR_STATUTORY_DAY_MISSING: say(
    '缺少法定节假日。',
    '缺少法定節假日。',
    'A day fixed by law is missing among the days off.',
  ),
  CALENDAR_FILE_EMPTY: say('文件中没有日期。', '檔案中沒有日期。', 'The file lists no days.'),
  CALENDAR_FILE_NOT_TEXT: say(
    '文件不是文本，或编码与声明不符。',
    '檔案不是文字，或編碼與聲明不符。',
    'The file is no text, or not in the encoding it says.',
  ),
  CALENDAR_FILE_HEADER_WRONG: say(
    '首行应为 date,kind。',
    '首行應為 date,kind。',
    'The first line must be date,kind.',
  ),
  CALENDAR_FILE_LINE_MALFORMED: say(
    '该行应为“日期,类别”。',
    '該行應為「日期,類別」。',
    'The line must be a date and a kind, separated by a comma.',
  ),
  CALENDAR_FILE_KIND_UNKNOWN: say(
    '类别应为 off（休）或 make-up（班）。',
    '類別應為 off（休）或 make-up（班）。',
    'The kind must be off (休) or make-up (班).',
  ),
  CALENDAR_FILE_TOO_LONG: say(
    '文件的行数超过一年的天数。',
    '檔案的行數超過一年的天數。',
    'The file has more lines than a year has days.',
  ),
  CALENDAR_NO_MAKE_UP_DAYS: say(
    '没有任何调休上班日；历年安排都有。如确无误，请确认。',
    '沒有任何調休上班日；歷年安排都有。如確無誤，請確認。',
    'There is no make-up workday at all, while every notice so far had some; confirm if this is meant.',
  ),
  CALENDAR_YEAR_PUBLISHED_DIFFERS: say(
    '该年度已有公布的日历，所列日期与之不同。如为更正，请确认。',
    '該年度已有公佈的日曆，所列日期與之不同。如為更正，請確認。',
    'The year is published already and these days differ; confirm if this corrects it.',
  ),
  CALENDAR_YEAR_PUBLISHED_SAME: say(
    '该年度已公布，内容完全相同。如仍要提出，请确认。',
    '該年度已公佈，內容完全相同。如仍要提出，請確認。',
    'The year is published already with the very same days; confirm if it is to be proposed all the same.',
  ),
  CALENDAR_DAYS_OFF_UNUSUAL: say(
    '放假天数与法定天数相差过大，可能缺少节日，请核对。',
    '放假天數與法定天數相差過大，可能缺少節日，請核對。',
    'The number of days off is far from what the law gives; a holiday may be missing.',
  ),
} as const satisfies Record<string, ProblemKind>;
