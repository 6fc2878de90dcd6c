import type { Realm } from '../../domain/case/state.ts';
import type { Stage } from '../../domain/case/vocabulary.ts';
import type { Database } from '../database.ts';
import type { Prisma } from '../generated/client.ts';

/** A case with both offices' facts; undefined when there is none. */
export async function findCase(db: Database, caseNumber: string) {
  const row = await db.caseRecord.findUnique({ where: { caseNumber }, include: { venue: true } });
  return row ?? undefined;
}
export type CaseRow = NonNullable<Awaited<ReturnType<typeof findCase>>>;

export interface CaseFilter {
  readonly realm: Realm;
  readonly stages?: readonly Stage[] | undefined;
  readonly venueId?: string | undefined;
  readonly needsAttention?: boolean | undefined;
  readonly caseNumberPrefix?: string | undefined;
  /** Blind indexes of a name, an identity number or a telephone number, in every form it may have been typed. */
  readonly personIndexes?: readonly string[] | undefined;
  /** Venues the reader may see; undefined for all. */
  readonly visibleVenues?: readonly string[] | undefined;
  /** The last case number of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A page of cases, newest number last, in the order of their numbers: it does not shift while cases move on. */
export async function listCases(db: Database, filter: CaseFilter): Promise<Omit<CaseRow, 'venue'>[]> {
  const all: Prisma.CaseRecordWhereInput[] = [{ realm: filter.realm }];
  if (filter.stages) all.push({ stage: { in: [...filter.stages] } });
  if (filter.venueId) all.push(atVenues([filter.venueId]));
  if (filter.visibleVenues) all.push(atVenues(filter.visibleVenues));
  if (filter.needsAttention !== undefined) all.push({ needsAttention: filter.needsAttention });
  if (filter.caseNumberPrefix) all.push({ caseNumber: { startsWith: filter.caseNumberPrefix } });
  if (filter.personIndexes) {
    const some = { in: [...filter.personIndexes] };
    all.push({
      parties: { some: { OR: [{ nameIndex: some }, { idIndex: some }, { mobileIndex: some }] } },
    });
  }
  if (filter.after) all.push({ caseNumber: { gt: filter.after } });
  return db.caseRecord.findMany({ where: { AND: all }, orderBy: { caseNumber: 'asc' }, take: filter.limit });
}

function atVenues(ids: readonly string[]): Prisma.CaseRecordWhereInput {
  const some = { in: [...ids] };
  return { OR: [{ venueId: some }, { acceptingVenueId: some }] };
}

/** Rows whose workflow was not started when they were written, and still is not. */
export async function notStarted(db: Database, before: Date, limit = 50): Promise<string[]> {
  const rows = await db.caseRecord.findMany({
    where: { engineStarted: false, createdAt: { lt: before } },
    select: { caseNumber: true },
    orderBy: { createdAt: 'asc' },
    take: limit,
  });
  return rows.map(({ caseNumber }) => caseNumber);
}

/** The case an opening has made, when it was sent before. */
export async function caseOpenedBy(db: Database, actId: string): Promise<string | undefined> {
  const [row] = await db.$queryRaw<{ case_number: string }[]>`
    SELECT case_number FROM case_step WHERE act_id = ${actId} AND kind = 'open'`;
  return row?.case_number;
}

/** Counts for the work-list and for monitoring. */
export async function countByStage(db: Database): Promise<{ realm: string; stage: string; count: number }[]> {
  const rows = await db.caseRecord.groupBy({ by: ['realm', 'stage'], _count: { _all: true } });
  return rows.map(({ realm, stage, _count }) => ({ realm, stage, count: _count._all }));
}
