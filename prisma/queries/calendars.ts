import type { WorkCalendar, YearCalendar } from '../../domain/clock/calendar.ts';
import { calendarVersion, yearsOfVersion, type YearVersion } from '../../domain/clock/calendar-version.ts';
import type { Database, Transaction } from '../database.ts';
import type { CalendarYear } from '../generated/client.ts';

const IN_FORCE = ['published', 'provisional'];

/** A year's calendar was published: what it says and where it stands. */
export interface ProposedCalendar {
  readonly calendar: YearCalendar;
  readonly source: string;
  readonly publishedOn: string;
  readonly proposedBy: string;
  readonly at: Date;
}

/** Puts calendars of a new installation into the database; years that stand there already are left alone. */
export async function seedCalendarYears(db: Database, calendar: WorkCalendar, at: Date): Promise<void> {
  const known = await db.calendarYear.findMany({ where: { revision: 1 }, select: { year: true } });
  const years = new Set(known.map(({ year }) => year));
  await db.calendarYear.createMany({
    skipDuplicates: true,
    data: calendar.years
      .filter(({ year }) => !years.has(year))
      .map((year) => ({
        year: year.year,
        revision: 1,
        state: year.published ? 'published' : 'provisional',
        off: year.off,
        makeUp: year.makeUp,
        source: calendar.version,
        at,
      })),
  });
}

/**
 * The calendar in force for the years `from` to `to`. Its version names every year's revision, so that two cases
 * with the same version were reckoned with the same days. Years the database does not have are left out.
 */
export async function calendarInForce(
  db: Database | Transaction,
  from: number,
  to: number,
): Promise<WorkCalendar> {
  const rows = await db.calendarYear.findMany({
    where: { year: { gte: from, lte: to }, state: { in: IN_FORCE } },
    orderBy: { year: 'asc' },
  });
  return calendarOf(rows);
}

/** Every revision of some years, by which the calendar of any case is found again. */
export interface CalendarShelf {
  readonly inForce: WorkCalendar;
  /** In force, with one proposal in the place of its year. */
  readonly with: (proposal: CalendarYear) => WorkCalendar;
  /** Undefined for a version that no revision on record has. */
  readonly known: (version: string) => WorkCalendar | undefined;
}

export async function calendarShelf(
  db: Database | Transaction,
  from: number,
  to: number,
): Promise<CalendarShelf> {
  const rows = await db.calendarYear.findMany({
    where: { year: { gte: from, lte: to } },
    orderBy: [{ year: 'asc' }, { revision: 'asc' }],
  });
  const inForce = rows.filter(({ state }) => IN_FORCE.includes(state));
  const find = ({ year, revision }: YearVersion): CalendarYear | undefined =>
    rows.find((row) => row.year === year && row.revision === revision);
  return {
    inForce: calendarOf(inForce),
    with: (proposal) => {
      const others = inForce.filter(({ year }) => year !== proposal.year);
      const all = [...others, { ...proposal, state: 'published' }].sort((x, y) => x.year - y.year);
      return calendarOf(all);
    },
    known: (version) => {
      const years = yearsOfVersion(version)?.map((each) => ({ each, row: find(each) }));
      if (!years?.every(({ row }) => row !== undefined)) return undefined;
      return {
        version,
        years: years.flatMap(({ each, row }) =>
          row ? [{ ...yearOfRow(row), published: !each.provisional }] : [],
        ),
      };
    },
  };
}

/** Rows of different years, in their order, as one calendar. */
export function calendarOf(rows: readonly CalendarYear[]): WorkCalendar {
  const version = calendarVersion(
    rows.map(({ year, revision, state }) => ({ year, revision, provisional: state === 'provisional' })),
  );
  return { version, years: rows.map(yearOfRow) };
}

export function yearOfRow(row: CalendarYear): YearCalendar {
  return { year: row.year, published: row.state !== 'provisional', off: row.off, makeUp: row.makeUp };
}

/** Every revision, newest first within a year. */
export async function listCalendarYears(db: Database): Promise<CalendarYear[]> {
  return db.calendarYear.findMany({ orderBy: [{ year: 'desc' }, { revision: 'desc' }] });
}

/** The year as it stands now. */
export async function yearInForce(
  db: Database | Transaction,
  year: number,
): Promise<CalendarYear | undefined> {
  return (await db.calendarYear.findFirst({ where: { year, state: { in: IN_FORCE } } })) ?? undefined;
}

/** Writes a proposal; an earlier one for the year that nobody approved gives way. */
export async function proposeCalendarYear(
  tx: Transaction,
  proposed: ProposedCalendar,
): Promise<CalendarYear> {
  const { year } = proposed.calendar;
  await lockYear(tx, year);
  await tx.calendarYear.updateMany({ where: { year, state: 'proposed' }, data: { state: 'replaced' } });
  const last = await tx.calendarYear.aggregate({ where: { year }, _max: { revision: true } });
  return tx.calendarYear.create({
    data: {
      year,
      revision: (last._max.revision ?? 0) + 1,
      state: 'proposed',
      off: proposed.calendar.off,
      makeUp: proposed.calendar.makeUp,
      source: proposed.source,
      publishedOn: proposed.publishedOn,
      proposedBy: proposed.proposedBy,
      at: proposed.at,
    },
  });
}

export async function findProposal(
  db: Database | Transaction,
  year: number,
): Promise<CalendarYear | undefined> {
  return (await db.calendarYear.findFirst({ where: { year, state: 'proposed' } })) ?? undefined;
}

/** A proposal put right within this time has hardly been looked at by the second person. */
const LOOKED_AT_MS = 10 * 60_000;

/**
 * Whether a proposal of its year with other days, which nobody approved, gave way to this one since the calendar in
 * force and had stood long enough for somebody to have looked at it.
 */
export async function replacesProposal(
  db: Database | Transaction,
  { year, revision, off, makeUp, at }: CalendarYear,
): Promise<boolean> {
  const inForce = await yearInForce(db, year);
  const between = { gt: inForce?.revision ?? 0, lt: revision };
  const before = await db.calendarYear.findMany({
    where: {
      year,
      state: 'replaced',
      approvedBy: null,
      revision: between,
      at: { lte: new Date(at.getTime() - LOOKED_AT_MS) },
    },
    select: { off: true, makeUp: true },
  });
  const days = (each: { readonly off: readonly string[]; readonly makeUp: readonly string[] }) =>
    JSON.stringify([each.off, each.makeUp]);
  return before.some((each) => days(each) !== days({ off, makeUp }));
}

/**
 * The proposal comes into force in place of what was, once no case is being told any more.
 * @returns false when it does not stand any more: another has come in its place, or somebody has approved it
 */
export async function approveCalendarYear(
  tx: Transaction,
  { year, revision }: CalendarYear,
  approvedBy: string,
  at: Date,
): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${TELLING}, 12)`;
  await lockYear(tx, year);
  const row = await tx.calendarYear.findUnique({ where: { year_revision: { year, revision } } });
  if (row?.state !== 'proposed') return false;
  await tx.calendarYear.updateMany({ where: { year, state: { in: IN_FORCE } }, data: { state: 'replaced' } });
  await tx.calendarYear.update({
    where: { year_revision: { year, revision } },
    data: { state: 'published', approvedBy, at },
  });
  return true;
}

/** Until the transaction ends no calendar comes into force. */
export async function holdCalendars(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${TELLING}, 12)`;
}

const TELLING = 1;

async function lockYear(tx: Transaction, year: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${year}, 11)`;
}
