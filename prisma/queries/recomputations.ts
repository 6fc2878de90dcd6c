import {
  RECOMPUTED_CASE_STATES,
  type RecomputationState,
  type RecomputedCaseState,
} from '../../activities/calendars/port.ts';
import { CLOCK_CHANGES, type ClockChange } from '../../domain/clock/calendar-change.ts';
import type { Database, Transaction } from '../database.ts';
import type { Recomputation, RecomputedCase } from '../generated/client.ts';

export const UNFINISHED = ['planned', 'running', 'paused'] as const satisfies readonly RecomputationState[];

export const recomputationId = (year: number, revision: number): string => `${year}.${revision}`;

export interface NewRecomputation {
  readonly year: number;
  readonly revision: number;
  readonly startedBy: string;
  readonly at: Date;
}

/**
 * Writes a recomputation down as planned. Older ones of the year that are under way give way: their cases are told by
 * this one, which finds them by their clocks. One that is there already and done is set going again.
 */
export async function planRecomputation(
  tx: Transaction,
  { year, revision, startedBy, at }: NewRecomputation,
): Promise<string> {
  const id = recomputationId(year, revision);
  await tx.recomputation.updateMany({
    where: { year, id: { not: id }, state: { in: [...UNFINISHED] } },
    data: { state: 'superseded', finishedAt: at },
  });
  await tx.recomputedCase.updateMany({
    where: {
      recomputation: { year, state: 'superseded' },
      state: { in: ['waiting', 'told'] },
    },
    data: { state: 'over' },
  });
  await tx.recomputation.createMany({
    data: [{ id, year, revision, state: 'planned', startedBy, createdAt: at, movedAt: at }],
    skipDuplicates: true,
  });
  await tx.recomputation.updateMany({
    where: { id, state: 'done' },
    data: { state: 'planned', movedAt: at, finishedAt: null },
  });
  return id;
}

export async function findRecomputation(db: Database, id: string): Promise<Recomputation | undefined> {
  return (await db.recomputation.findUnique({ where: { id } })) ?? undefined;
}

/** Newest first. */
export async function listRecomputations(db: Database, limit: number): Promise<Recomputation[]> {
  return db.recomputation.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: limit });
}

/** Those a workflow should be at. */
export async function unfinishedRecomputations(db: Database): Promise<Recomputation[]> {
  return db.recomputation.findMany({
    where: { state: { in: ['planned', 'running'] } },
    orderBy: { createdAt: 'asc' },
  });
}

export interface RecomputationCounts {
  readonly cases: Readonly<Record<RecomputedCaseState, number>>;
  readonly changes: Readonly<Record<ClockChange, number>>;
}

/** How far recomputations are, by their ids. */
export async function countRecomputed(
  db: Database,
  ids: readonly string[],
): Promise<(id: string) => RecomputationCounts> {
  const rows = await db.recomputedCase.groupBy({
    by: ['recomputationId', 'state', 'change'],
    where: { recomputationId: { in: [...ids] } },
    _count: { _all: true },
  });
  return (id) => {
    const own = rows.filter(({ recomputationId: of }) => of === id);
    const sum = <K extends string>(keys: readonly K[], key: 'state' | 'change'): Record<K, number> =>
      Object.fromEntries(
        keys.map((of) => [
          of,
          own.filter((row) => row[key] === of).reduce((total, { _count }) => total + _count._all, 0),
        ]),
      ) as Record<K, number>;
    return { cases: sum(RECOMPUTED_CASE_STATES, 'state'), changes: sum(CLOCK_CHANGES, 'change') };
  };
}

/**
 * Pauses or sets going again.
 * @returns false when it is in none of the states this can be done from
 */
export async function setRecomputationState(
  tx: Transaction,
  id: string,
  state: 'running' | 'paused',
  at: Date,
): Promise<boolean> {
  const from: RecomputationState[] = state === 'paused' ? ['planned', 'running'] : ['paused'];
  const { count } = await tx.recomputation.updateMany({
    where: { id, state: { in: from } },
    data: { state, movedAt: at },
  });
  return count > 0;
}

export interface RecomputedFilter {
  readonly state?: RecomputedCaseState | undefined;
  readonly change?: ClockChange | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A page of a recomputation's cases, in the order of their numbers. */
export async function listRecomputed(
  db: Database,
  id: string,
  { state, change, after, limit }: RecomputedFilter,
): Promise<RecomputedCase[]> {
  return db.recomputedCase.findMany({
    where: {
      recomputationId: id,
      ...(state ? { state } : {}),
      ...(change ? { change } : {}),
      ...(after === undefined ? {} : { caseNumber: { gt: after } }),
    },
    orderBy: { caseNumber: 'asc' },
    take: limit,
  });
}
