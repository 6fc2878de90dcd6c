import type { ClockReading } from '../../domain/clock/periods.ts';
import type { PlainDate } from '../../domain/plain-date.ts';
import type { Database, Transaction } from '../database.ts';

/** A period touches the year of receipt and the next: what a year's calendar can concern. */
export interface ReceivedIn {
  readonly from: number;
  readonly to: number;
}

export interface ClockGroup {
  readonly clock: ClockReading;
  readonly count: number;
}

/** The clocks of running live cases, each with the number of cases that have it: a few for each day of receipt. */
export async function runningClockGroups(db: Database, years: ReceivedIn): Promise<ClockGroup[]> {
  return db.$queryRaw<ClockGroup[]>`
    SELECT clock, count(*)::int AS count FROM case_record
    WHERE realm = 'live' AND stage IN ('cooling-off', 'confirmation') AND clock IS NOT NULL
      AND received_on >= ${`${years.from}-01-01`} AND received_on <= ${`${years.to}-12-31`}
    GROUP BY clock`;
}

/**
 * A page of running live cases, in the order of their numbers.
 * @param receivedOn only cases of these days
 */
export async function runningClocks(
  db: Database | Transaction,
  years: ReceivedIn,
  page: {
    readonly after: string | undefined;
    readonly limit: number;
    readonly receivedOn?: readonly PlainDate[];
  },
): Promise<{ caseNumber: string; clock: ClockReading }[]> {
  const rows = await db.caseRecord.findMany({
    where: {
      realm: 'live',
      stage: { in: ['cooling-off', 'confirmation'] },
      receivedOn: {
        gte: `${years.from}-01-01`,
        lte: `${years.to}-12-31`,
        ...(page.receivedOn ? { in: [...page.receivedOn] } : {}),
      },
      ...(page.after === undefined ? {} : { caseNumber: { gt: page.after } }),
    },
    select: { caseNumber: true, clock: true },
    orderBy: { caseNumber: 'asc' },
    take: page.limit,
  });
  return rows.flatMap(({ caseNumber, clock }) =>
    clock === null ? [] : [{ caseNumber, clock: clock as unknown as ClockReading }],
  );
}
