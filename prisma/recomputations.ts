import type {
  RecomputationProgress,
  RecomputationState,
  RecomputationStore,
} from '../activities/calendars/port.ts';
import type { Database, Transaction } from './database.ts';
import { calendarShelf, holdCalendars } from './queries/calendars.ts';
import { runningClocks } from './queries/running-clocks.ts';
import { tellBatch } from './tell-batch.ts';

/** A batch of signals is told while calendars are held; longer than the teller's own limit. */
const TELLING_TIMEOUT_MS = 15_000;

/** The record of recomputations, for the activities that do them. */
export function recomputationStore(db: Database): RecomputationStore {
  return {
    async begin(id, now) {
      const row = await db.recomputation.findUnique({ where: { id } });
      if (!row || row.state === 'superseded') return undefined;
      await db.recomputation.updateMany({
        where: { id, state: 'planned' },
        data: { state: 'running', movedAt: new Date(now) },
      });
      return { year: row.year };
    },
    calendars: (year) => calendarShelf(db, year - 1, year + 1),
    runningClocks: (year, after, limit) => runningClocks(db, { from: year - 1, to: year }, { after, limit }),
    plan: (id, cases) => plan(db, id, cases),
    confirm: (id, now) => db.$transaction((tx) => confirm(tx, id, new Date(now))),
    tellNext: (id, pace, now, tell) =>
      db.$transaction(
        async (tx) => {
          await holdCalendars(tx);
          await tellBatch(tx, { id, pace, now, tell });
        },
        { timeout: TELLING_TIMEOUT_MS },
      ),
    progress: (id) => progressOf(db, id),
    finish: (id, now) => db.$transaction((tx) => finish(tx, id, new Date(now))),
  };
}

async function plan(
  db: Database,
  id: string,
  cases: Parameters<RecomputationStore['plan']>[1],
): Promise<void> {
  if (cases.length === 0) return;
  // A case that has changed and differs again (an acceptance overtaken by the approval) comes back into line.
  await db.$executeRaw`
    INSERT INTO recomputed_case (recomputation_id, case_number, change, before, after, state)
    SELECT ${id}, x."caseNumber", x.change, x.before, x.after, 'waiting'
    FROM jsonb_to_recordset(${JSON.stringify(cases)}::jsonb)
      AS x("caseNumber" text, change text, before jsonb, after jsonb)
    WHERE EXISTS (SELECT 1 FROM recomputation WHERE id = ${id} AND state <> 'superseded')
    ON CONFLICT (recomputation_id, case_number) DO UPDATE
      SET state = 'waiting', change = excluded.change, before = excluded.before, after = excluded.after,
          told_at = NULL, changed_at = NULL
      WHERE recomputed_case.state IN ('changed', 'over')`;
}

/** The record of the case itself shows whether it has changed, or ended before it did. */
async function confirm(tx: Transaction, id: string, now: Date): Promise<number> {
  const changed = await tx.$executeRaw`
    UPDATE recomputed_case r SET state = 'changed', changed_at = ${now} FROM case_record c
    WHERE r.recomputation_id = ${id} AND r.state = 'told' AND c.case_number = r.case_number
      AND c.clock ->> 'calendarVersion' = r.after ->> 'calendarVersion'`;
  const over = await tx.$executeRaw`
    UPDATE recomputed_case r SET state = 'over' FROM case_record c
    WHERE r.recomputation_id = ${id} AND r.state = 'told' AND c.case_number = r.case_number
      AND c.stage NOT IN ('cooling-off', 'confirmation')`;
  if (changed + over > 0) await tx.recomputation.update({ where: { id }, data: { movedAt: now } });
  return changed + over;
}

async function progressOf(db: Database, id: string): Promise<Omit<RecomputationProgress, 'moved'>> {
  const { state } = await db.recomputation.findUniqueOrThrow({ where: { id } });
  const rows = await db.recomputedCase.groupBy({
    by: ['state'],
    where: { recomputationId: id, state: { in: ['waiting', 'told'] } },
    _count: { _all: true },
  });
  const count = (of: string): number => rows.find((row) => row.state === of)?._count._all ?? 0;
  return { state: state as RecomputationState, waiting: count('waiting'), told: count('told') };
}

async function finish(tx: Transaction, id: string, now: Date): Promise<boolean> {
  // Whoever pauses it or publishes the year again waits for this row, and finds it done.
  const [row] = await tx.$queryRaw<{ state: RecomputationState }[]>`
    SELECT state FROM recomputation WHERE id = ${id} FOR UPDATE`;
  if (!row || row.state === 'superseded' || row.state === 'done') return true;
  const left = await tx.recomputedCase.count({
    where: { recomputationId: id, state: { in: ['waiting', 'told'] } },
  });
  if (left > 0 || row.state === 'paused') return false;
  await tx.recomputation.update({ where: { id }, data: { state: 'done', movedAt: now, finishedAt: now } });
  return true;
}
