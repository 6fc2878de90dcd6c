import type { WorkCalendar, YearCalendar } from '../../domain/clock/calendar.ts';
import type { Database, Transaction } from '../database.ts';
import type { CalendarYear, Prisma } from '../generated/client.ts';

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
    where: { year: { gte: from, lte: to }, state: { in: ['published', 'provisional'] } },
    orderBy: { year: 'asc' },
  });
  return calendarOf(rows);
}

export function calendarOf(rows: readonly CalendarYear[]): WorkCalendar {
  return { version: rows.map(versionOf).join('+') || 'none', years: rows.map(yearOfRow) };
}

/** `2027.2`, or `2027.1p` while the notice is not out. */
function versionOf({ year, revision, state }: CalendarYear): string {
  return `${year}.${revision}${state === 'provisional' ? 'p' : ''}`;
}

export function yearOfRow(row: CalendarYear): YearCalendar {
  return { year: row.year, published: row.state !== 'provisional', off: row.off, makeUp: row.makeUp };
}

/** Every revision, newest first within a year. */
export async function listCalendarYears(db: Database): Promise<CalendarYear[]> {
  return db.calendarYear.findMany({ orderBy: [{ year: 'desc' }, { revision: 'desc' }] });
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

/** The proposal comes into force in place of what was. */
export async function approveCalendarYear(
  tx: Transaction,
  proposal: CalendarYear,
  approvedBy: string,
  at: Date,
): Promise<void> {
  const { year, revision } = proposal;
  await lockYear(tx, year);
  await tx.calendarYear.updateMany({
    where: { year, state: { in: ['published', 'provisional'] } },
    data: { state: 'replaced' },
  });
  const where: Prisma.CalendarYearWhereUniqueInput = { year_revision: { year, revision }, state: 'proposed' };
  await tx.calendarYear.update({ where, data: { state: 'published', approvedBy, at } });
}

async function lockYear(tx: Transaction, year: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${year}, 11)`;
}
