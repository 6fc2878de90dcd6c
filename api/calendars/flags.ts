import {
  type CalendarFlag,
  type CalendarFlagCode,
  flagCalendar,
  FLAGS_TO_CONFIRM,
} from '../../domain/clock/flag-calendar.ts';
import { yearInForce, yearOfRow } from '../../prisma/queries/calendars.ts';
import type { YearCalendar } from '../../domain/clock/calendar.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { type FieldProblem, Problem } from '../problems/problem.ts';
import type { Proposal } from './read-proposal.ts';

/** What is unlikely about a year, beside the calendar in force. */
export async function flagsOf(deps: ApiDependencies, calendar: YearCalendar): Promise<CalendarFlag[]> {
  const inForce = await yearInForce(deps.db, calendar.year);
  return flagCalendar(calendar, inForce && yearOfRow(inForce));
}

/**
 * @returns the flags
 * @throws Problem 422 CALENDAR_CONFIRMATION_REQUIRED with every flag that must be confirmed and was not
 */
export async function requireConfirmed(
  deps: ApiDependencies,
  { calendar, confirmed, lineOf }: Proposal,
): Promise<CalendarFlag[]> {
  const flags = await flagsOf(deps, calendar);
  const open = flags.filter(({ code }) => FLAGS_TO_CONFIRM.has(code) && !confirmed.has(code));
  if (open.length === 0) return flags;
  throw new Problem('CALENDAR_CONFIRMATION_REQUIRED', {
    errors: open.flatMap((flag) => problemsOf(flag, lineOf)),
    members: { flags: open, confirm: open.map(({ code }) => code) },
  });
}

const FIELDS: Readonly<Record<CalendarFlagCode, string>> = {
  CALENDAR_NO_MAKE_UP_DAYS: 'makeUp',
  CALENDAR_YEAR_PUBLISHED_DIFFERS: 'date',
  CALENDAR_YEAR_PUBLISHED_SAME: 'year',
  CALENDAR_DAYS_OFF_UNUSUAL: 'off',
};

/** One for each day that differs, with its line where it is listed. */
function problemsOf({ code, days, found }: CalendarFlag, lineOf: Proposal['lineOf']): FieldProblem[] {
  const field = FIELDS[code];
  if (!days) return [{ field, code, ...(found === undefined ? {} : { value: String(found) }) }];
  return days.map(({ date }) => {
    const line = lineOf(date);
    return { field, code, value: date, ...(line === undefined ? {} : { line }) };
  });
}
