import { z } from 'zod';
import { readCalendarCsv } from '../../domain/calendar-file/read-calendar-csv.ts';
import { CALENDAR_FLAG_CODES, type CalendarFlagCode } from '../../domain/clock/flag-calendar.ts';
import type { YearCalendar } from '../../domain/clock/calendar.ts';
import { publishedYearFrom, validateCalendar } from '../../domain/clock/validate-calendar.ts';
import { plainDateSchema, text } from '../cases/schemas.ts';
import { parseInput } from '../problems/from-zod.ts';
import { type FieldProblem, invalidFields } from '../problems/problem.ts';
import { type LineFinder, linesInJson } from './json-lines.ts';

/** Some four times the longest file of a year. */
export const CSV_LIMIT_BYTES = 65_536;
const SHOWN = 40;

const confirmable = z.enum(CALENDAR_FLAG_CODES);

export const proposalBody = z
  .object({
    year: z.number().int(),
    source: text(500).min(1),
    publishedOn: plainDateSchema,
    off: z.array(z.string().max(20)).max(366).describe('Every day off, weekends among them'),
    makeUp: z.array(z.string().max(20)).max(120).default([]).describe('Every weekend day worked'),
    confirm: z.array(confirmable).max(10).default([]).describe('What was flagged, and is meant'),
  })
  .meta({ id: 'CalendarProposal' });

/** What a file of comma-separated values does not say. */
export const proposalQuery = z.object({
  year: z.string().max(10).optional().describe('With text/csv'),
  source: z.string().max(500).optional().describe('With text/csv: where it was published'),
  publishedOn: z.string().max(10).optional().describe('With text/csv'),
  confirm: z.string().max(300).optional().describe('Codes that were flagged, separated by commas'),
});

const csvFacts = z.object({
  year: z.coerce.number().int(),
  source: text(500).min(1),
  publishedOn: plainDateSchema,
});

/** A proposal without fault, and where in the upload its days stand. */
export interface Proposal {
  readonly calendar: YearCalendar;
  readonly source: string;
  readonly publishedOn: string;
  readonly confirmed: ReadonlySet<CalendarFlagCode>;
  /** The line of a date that is listed. */
  readonly lineOf: (date: string) => number | undefined;
}

interface Listed {
  readonly year: number;
  readonly source: string;
  readonly publishedOn: string;
  readonly off: readonly string[];
  readonly makeUp: readonly string[];
}

/** @throws Problem 422 naming every fault with its field and, where the upload has lines, its line */
export function readProposal(
  upload: { readonly body: unknown; readonly rawJson: string | undefined; readonly charset: string },
  query: z.output<typeof proposalQuery>,
): Proposal {
  const confirmed = readConfirmed(query.confirm);
  if (Buffer.isBuffer(upload.body)) return readCsv(upload.body, upload.charset, query, confirmed);
  const listed = parseInput(proposalBody, upload.body ?? {});
  const line = linesInJson(upload.rawJson ?? '');
  return checked(listed, new Set([...confirmed, ...listed.confirm]), line, (field) => field);
}

function readConfirmed(confirm: string | undefined): ReadonlySet<CalendarFlagCode> {
  const codes = (confirm ?? '')
    .split(',')
    .map((code) => code.trim())
    .filter(Boolean);
  return new Set(parseInput(z.array(confirmable), codes, 'confirm'));
}

function readCsv(
  bytes: Buffer,
  charset: string,
  query: z.output<typeof proposalQuery>,
  confirmed: ReadonlySet<CalendarFlagCode>,
): Proposal {
  const facts = parseInput(csvFacts, query);
  const { off, makeUp, problems } = readCalendarCsv(decoded(bytes, charset));
  const lines: Readonly<Record<string, readonly { readonly line: number }[]>> = { off, makeUp };
  const line: LineFinder = (list, index) => lines[list]?.[index]?.line;
  const listed = {
    ...facts,
    off: off.map(({ value }) => value),
    makeUp: makeUp.map(({ value }) => value),
  };
  // What follows from lines that could not be read would only distract from them.
  if (problems.length > 0) throw invalidFields([...problems, ...dayProblems(listed, line)].sort(byLine));
  return checked(listed, confirmed, line, (field) => (field.includes('[') ? 'date' : field));
}

/** Problems of single days, without those of the list as a whole. */
function dayProblems(listed: Listed, line: LineFinder): FieldProblem[] {
  return problemsOf(listed, line).filter((each) => each.line !== undefined);
}

/** @throws Problem 422 CALENDAR_FILE_NOT_TEXT */
function decoded(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    throw invalidFields([{ field: 'file', code: 'CALENDAR_FILE_NOT_TEXT' }]);
  }
}

function checked(
  listed: Listed,
  confirmed: ReadonlySet<CalendarFlagCode>,
  line: LineFinder,
  fieldName: (field: string) => string,
): Proposal {
  const problems = problemsOf(listed, line).map((each) => ({ ...each, field: fieldName(each.field) }));
  if (problems.length > 0) throw invalidFields(problems);
  const { source, publishedOn } = listed;
  return {
    calendar: publishedYearFrom(listed),
    source,
    publishedOn,
    confirmed,
    lineOf: (date) =>
      [line('off', listed.off.indexOf(date)), line('makeUp', listed.makeUp.indexOf(date))].find(
        (found) => found !== undefined,
      ),
  };
}

function problemsOf(listed: Listed, line: LineFinder): FieldProblem[] {
  return validateCalendar(listed)
    .map(({ field, code, value }): FieldProblem => {
      const entry = /^(\w+)\[(\d+)\]$/.exec(field);
      const found = entry ? line(entry[1] ?? '', Number(entry[2])) : undefined;
      return {
        field,
        code,
        value: value.slice(0, SHOWN),
        ...(found === undefined ? {} : { line: found }),
      };
    })
    .sort(byLine);
}

function byLine(x: FieldProblem, y: FieldProblem): number {
  return (x.line ?? Infinity) - (y.line ?? Infinity) || 0;
}
