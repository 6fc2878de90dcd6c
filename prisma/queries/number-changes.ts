import type { Realm } from '../../domain/case/state.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type { Database } from '../database.ts';
import type { Prisma } from '../generated/client.ts';
import type { NumberChangeState } from '../number-changes.ts';

export interface NumberChangeFilter {
  readonly realm: Realm;
  readonly states?: readonly NumberChangeState[] | undefined;
  /** Undefined for the whole district. */
  readonly visibleVenues?: readonly string[] | undefined;
  readonly after?: { readonly proposedAt: EpochMs; readonly id: string } | undefined;
  readonly limit: number;
}

const WITH_CASE = { case: { include: { venue: true } } } as const satisfies Prisma.NumberChangeInclude;
export type NumberChangeRow = Prisma.NumberChangeGetPayload<{ include: typeof WITH_CASE }>;

/** A changed number with its case. */
export async function findNumberChange(db: Database, id: string): Promise<NumberChangeRow | undefined> {
  return (await db.numberChange.findUnique({ where: { id }, include: WITH_CASE })) ?? undefined;
}

/** Changed numbers, the longest waiting first. */
export async function listNumberChanges(
  db: Database,
  filter: NumberChangeFilter,
): Promise<NumberChangeRow[]> {
  const { realm, states, visibleVenues, after } = filter;
  const all: Prisma.NumberChangeWhereInput[] = [{ case: { realm } }];
  if (states) all.push({ state: { in: [...states] } });
  if (visibleVenues) {
    const some = { in: [...visibleVenues] };
    all.push({ case: { OR: [{ venueId: some }, { acceptingVenueId: some }] } });
  }
  if (after) {
    const proposedAt = new Date(after.proposedAt);
    all.push({ OR: [{ proposedAt: { gt: proposedAt } }, { proposedAt, id: { gt: after.id } }] });
  }
  return db.numberChange.findMany({
    where: { AND: all },
    include: WITH_CASE,
    orderBy: [{ proposedAt: 'asc' }, { id: 'asc' }],
    take: filter.limit,
  });
}
