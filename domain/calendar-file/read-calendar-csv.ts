/** A date as it stands in a file; whether it is one is for `validateCalendar`. */
export interface FiledDate {
  readonly value: string;
  /** Line of the file, counted from 1. */
  readonly line: number;
}

export const CALENDAR_FILE_PROBLEM_CODES = [
  'CALENDAR_FILE_EMPTY',
  'CALENDAR_FILE_NOT_TEXT',
  'CALENDAR_FILE_HEADER_WRONG',
  'CALENDAR_FILE_LINE_MALFORMED',
  'CALENDAR_FILE_KIND_UNKNOWN',
  'CALENDAR_FILE_TOO_LONG',
] as const;
export type CalendarFileProblemCode = (typeof CALENDAR_FILE_PROBLEM_CODES)[number];

export interface CalendarFileProblem {
  readonly code: CalendarFileProblemCode;
  readonly field: 'file' | 'date' | 'kind';
  readonly line: number;
  readonly value: string;
}

export interface CalendarFile {
  readonly off: readonly FiledDate[];
  readonly makeUp: readonly FiledDate[];
  readonly problems: readonly CalendarFileProblem[];
}

/** How the two kinds of days are written, as notices and spreadsheets have them. */
const KINDS: ReadonlyMap<string, 'off' | 'makeUp'> = new Map([
  ['off', 'off'],
  ['休', 'off'],
  ['放假', 'off'],
  ['make-up', 'makeUp'],
  ['班', 'makeUp'],
  ['上班', 'makeUp'],
]);

/** A year has 366 days, and nobody reads a longer list of complaints. */
const MOST_DAYS = 366;
const SHOWN = 40;

/** Control characters but tab and line ends: a file that has them is no text, or not in the encoding it says. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/**
 * Reads a year's days from CSV (RFC 4180): a header `date,kind`, a third column for the holiday's name if one likes,
 * then a line for each day off (`off`, `休`) and each weekend day worked (`make-up`, `班`). A byte order mark, either
 * line end, blank lines, lines that begin with `#` and quoted fields are taken. Every problem names its line.
 */
export function readCalendarCsv(text: string): CalendarFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const broken = lines.findIndex((line) => CONTROL.test(line));
  if (broken >= 0) return refused(problem('CALENDAR_FILE_NOT_TEXT', 'file', broken + 1));
  const rows = lines
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(({ content }) => content.trim() !== '' && !content.trimStart().startsWith('#'));
  const [header, ...days] = rows;
  if (!header || days.length === 0) return refused(problem('CALENDAR_FILE_EMPTY', 'file', lines.length));
  if (!isHeader(header.content)) {
    return refused(problem('CALENDAR_FILE_HEADER_WRONG', 'file', header.line, header.content));
  }
  const tooMany = days[MOST_DAYS];
  if (tooMany) return refused(problem('CALENDAR_FILE_TOO_LONG', 'file', tooMany.line));
  return readDays(days);
}

function readDays(rows: readonly { readonly content: string; readonly line: number }[]): CalendarFile {
  const file = { off: [] as FiledDate[], makeUp: [] as FiledDate[], problems: [] as CalendarFileProblem[] };
  for (const { content, line } of rows) {
    const [value, kindText, ...more] = fieldsOf(content) ?? [];
    if (!value || kindText === undefined || more.length > 1) {
      file.problems.push(problem('CALENDAR_FILE_LINE_MALFORMED', 'file', line, content));
      continue;
    }
    const kind = KINDS.get(kindText.toLowerCase());
    if (kind) file[kind].push({ value, line });
    else file.problems.push(problem('CALENDAR_FILE_KIND_UNKNOWN', 'kind', line, kindText));
  }
  return file;
}

function isHeader(content: string): boolean {
  const [date, kind, ...more] = fieldsOf(content) ?? [];
  return date?.toLowerCase() === 'date' && kind?.toLowerCase() === 'kind' && more.length <= 1;
}

/** One line's fields, trimmed; undefined when its quotes do not close. A field does not go over several lines here. */
function fieldsOf(content: string): string[] | undefined {
  const fields: string[] = [];
  let rest = `${content},`;
  while (rest !== '') {
    const match = /^\s*(?:"((?:[^"]|"")*)"\s*|([^",]*)),/.exec(rest);
    if (!match) return undefined;
    fields.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
    rest = rest.slice(match[0].length);
  }
  return fields;
}

function problem(
  code: CalendarFileProblemCode,
  field: CalendarFileProblem['field'],
  line: number,
  value = '',
): CalendarFileProblem {
  return { code, field, line, value: value.slice(0, SHOWN) };
}

function refused(one: CalendarFileProblem): CalendarFile {
  return { off: [], makeUp: [], problems: [one] };
}
