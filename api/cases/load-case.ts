import type { CaseState, Realm } from '../../domain/case/state.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import { isCaseNumber } from '../../domain/numbers.ts';
import { type PlainDate, yearOf } from '../../domain/plain-date.ts';
import { dateAt, type EpochMs } from '../../domain/zoned-time.ts';
import { appendAudit } from '../../prisma/audit.ts';
import { calendarInForce } from '../../prisma/queries/calendars.ts';
import { readCaseState } from '../../prisma/queries/case-state.ts';
import { type CaseRow, findCase } from '../../prisma/queries/cases.ts';
import { findVenue } from '../../prisma/venues.ts';
import { type Actor, requireCaseInScope } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { CaseRef } from '../engine/port.ts';
import { Problem } from '../problems/problem.ts';

/**
 * A case of the actor's venues.
 * @throws Problem 404 CASE_UNKNOWN, 403 VENUE_OUT_OF_SCOPE
 */
export async function getCase(deps: ApiDependencies, actor: Actor, caseNumber: string): Promise<CaseRow> {
  const row = isCaseNumber(caseNumber) ? await findCase(deps.db, caseNumber) : undefined;
  if (!row) throw new Problem('CASE_UNKNOWN');
  requireCaseInScope(actor, row);
  return row;
}

export function refOf(row: { readonly caseNumber: string; readonly realm: string }): CaseRef {
  return { caseNumber: row.caseNumber, realm: row.realm as Realm };
}

/** The case's own time: real time, plus what a rehearsal has been moved ahead. */
export function nowOf(row: Pick<CaseRow, 'timeOffsetMs'>, realNow: EpochMs): EpochMs {
  return realNow + Number(row.timeOffsetMs);
}

/** The calendar a case is reckoned with: the year of receipt and the next; in rehearsal every year counts as published. */
export async function calendarFor(
  deps: ApiDependencies,
  realm: string,
  receivedOn: PlainDate,
): Promise<WorkCalendar> {
  const year = yearOf(receivedOn);
  const calendar = await calendarInForce(deps.db, year, year + 1);
  if (calendar.years.length < 2)
    throw new Problem('DATE_OUT_OF_RANGE', { errors: [{ field: 'receivedOn', code: 'DATE_OUT_OF_RANGE' }] });
  return realm === 'rehearsal' ? deps.countAsPublished(calendar) : calendar;
}

/** What the rules need to judge a case at its own present. */
export async function stateOf(deps: ApiDependencies, row: CaseRow): Promise<CaseState> {
  const receivedOn = (row.receivedOn ?? dateAt(nowOf(row, deps.now()))) as PlainDate;
  return readCaseState(deps.db, row, {
    calendar: await calendarFor(deps, row.realm, receivedOn),
    closes: await closingTime(deps, row),
  });
}

async function closingTime(deps: ApiDependencies, row: CaseRow): Promise<string> {
  const { acceptingVenueId } = row;
  if (acceptingVenueId === null || acceptingVenueId === row.venueId) return row.venue.closes;
  return (await findVenue(deps.db, acceptingVenueId))?.closes ?? row.venue.closes;
}

/** Writes down that somebody read a case, in the case's own chain. */
export async function auditRead(
  deps: ApiDependencies,
  actor: Actor,
  caseNumber: string,
  action: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const fact = {
    stream: caseNumber,
    at: new Date(deps.now()),
    actor: actor.sub,
    role: actor.role,
    action,
    detail,
  };
  await deps.db.$transaction((tx) => appendAudit(tx, [fact]));
}
