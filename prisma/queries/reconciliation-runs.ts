import {
  type Depth,
  DEPTHS,
  type Found,
  type OpenFinding,
  type RepairError,
  type RunCounts,
} from '../../activities/reconciliation/port.ts';
import { depthsOfDetail, detailOfDepths } from '../../domain/reconciliation/alarm-detail.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import { reviseAlarm } from '../alarms.ts';
import type { Database, Transaction } from '../database.ts';
import type { Prisma, ReconciliationFinding, ReconciliationRun } from '../generated/client.ts';

export async function beginRun(db: Database, id: string, depth: Depth, at: EpochMs): Promise<void> {
  await db.reconciliationRun.createMany({
    data: [{ id, depth, startedAt: new Date(at) }],
    skipDuplicates: true,
  });
}

/** Closes a run. Its success makes good a failure of its own depth or a lesser one, and no other. */
export async function finishRun(db: Database, id: string, counts: RunCounts, at: EpochMs): Promise<void> {
  await db.$transaction(async (tx) => {
    const run = await tx.reconciliationRun.update({
      where: { id },
      data: { ...counts, finishedAt: new Date(at), error: null },
    });
    await countFindings(tx, [id]);
    await reviseAlarm(tx, 'RECONCILIATION_FAILED', at, (standing) => {
      const { deep } = depthsOfDetail(DEPTHS, standing);
      return detailOfDepths(DEPTHS, run.depth === 'quick' && deep ? { deep } : {});
    });
  });
}

export async function failRun(db: Database, id: string, error: string, at: EpochMs): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.reconciliationRun.updateMany({ where: { id }, data: { error } });
    await countFindings(tx, [id]);
    const run = await tx.reconciliationRun.findUnique({ where: { id }, select: { depth: true } });
    const depth = run?.depth === 'deep' ? 'deep' : 'quick';
    await reviseAlarm(tx, 'RECONCILIATION_FAILED', at, (standing) =>
      // The first failure of a depth is the one to look at.
      detailOfDepths(DEPTHS, { [depth]: { runId: id, error }, ...depthsOfDetail(DEPTHS, standing) }),
    );
  });
}

export async function forgetRuns(db: Database, before: EpochMs): Promise<void> {
  const startedAt = { lt: new Date(before) };
  await db.$transaction([
    db.reconciliationFinding.deleteMany({ where: { run: { startedAt } } }),
    db.reconciliationRun.deleteMany({ where: { startedAt } }),
  ]);
}

export async function listFindings(db: Database, runId: string, found: readonly Found[]): Promise<void> {
  if (found.length === 0) return;
  await db.reconciliationFinding.createMany({
    data: found.map((each) => ({ runId, ...each, detail: each.detail })),
    skipDuplicates: true,
  });
}

/** Findings since `from` without a repair, in the order of run, reference and code. */
export async function unrepairedFindings(
  db: Database,
  from: EpochMs,
  limit: number,
  after?: OpenFinding,
): Promise<OpenFinding[]> {
  const { runId, ref, code } = after ?? { runId: '', ref: '', code: '' };
  return db.$queryRaw<OpenFinding[]>`
    SELECT f.run_id AS "runId", f.ref, f.case_number AS "caseNumber", f.code
    FROM reconciliation_finding f JOIN reconciliation_run r ON r.id = f.run_id
    WHERE f.repaired_at IS NULL AND r.started_at >= ${new Date(from)}
      AND (f.run_id, f.ref, f.code) > (${runId}, ${ref}, ${code})
    ORDER BY f.run_id, f.ref, f.code LIMIT ${limit}`;
}

export async function markRepaired(
  db: Database,
  findings: readonly OpenFinding[],
  at: EpochMs,
): Promise<void> {
  if (findings.length === 0) return;
  const keys = findings.map(({ runId, ref, code }) => ({ runId, ref, code }));
  await db.$transaction(async (tx) => {
    await tx.reconciliationFinding.updateMany({
      where: { OR: keys, repairedAt: null },
      data: { repairedAt: new Date(at), error: null },
    });
    await countFindings(tx, [...new Set(keys.map(({ runId }) => runId))]);
  });
}

/** Keeps the first reason: it says more than that something is still different. */
export async function markNotRepaired(
  db: Database,
  { runId, ref }: { readonly runId: string; readonly ref: string },
  error: RepairError,
): Promise<void> {
  await db.reconciliationFinding.updateMany({
    where: { runId, ref, repairedAt: null, error: null },
    data: { error },
  });
}

async function countFindings(tx: Transaction, runIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE reconciliation_run r SET
      drifts = (SELECT count(*) FROM reconciliation_finding f WHERE f.run_id = r.id),
      repaired = (SELECT count(*) FROM reconciliation_finding f WHERE f.run_id = r.id AND f.repaired_at IS NOT NULL)
    WHERE r.id = ANY(${[...runIds]})`;
}

/** Where a page of runs ended. */
export interface RunCursor {
  readonly startedAt: EpochMs;
  readonly id: string;
}

/** Runs, newest first. */
export async function listRuns(db: Database, limit: number, after?: RunCursor): Promise<ReconciliationRun[]> {
  const startedAt = after && new Date(after.startedAt);
  const where: Prisma.ReconciliationRunWhereInput = startedAt
    ? { OR: [{ startedAt: { lt: startedAt } }, { startedAt, id: { lt: after.id } }] }
    : {};
  return db.reconciliationRun.findMany({
    where,
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

export async function findRun(db: Database, id: string): Promise<ReconciliationRun | undefined> {
  return (await db.reconciliationRun.findUnique({ where: { id } })) ?? undefined;
}

/** A run's findings by reference and code. */
export async function findingsOf(
  db: Database,
  runId: string,
  limit: number,
  after?: { readonly ref: string; readonly code: string },
): Promise<ReconciliationFinding[]> {
  const { ref, code } = after ?? {};
  const where: Prisma.ReconciliationFindingWhereInput =
    ref === undefined || code === undefined
      ? { runId }
      : { runId, OR: [{ ref: { gt: ref } }, { ref, code: { gt: code } }] };
  return db.reconciliationFinding.findMany({
    where,
    orderBy: [{ ref: 'asc' }, { code: 'asc' }],
    take: limit,
  });
}

/** When the last run of this depth finished. */
export async function lastFinish(db: Database, depth: Depth): Promise<EpochMs | undefined> {
  const row = await db.reconciliationRun.findFirst({
    where: { depth, finishedAt: { not: null } },
    orderBy: { finishedAt: 'desc' },
    select: { finishedAt: true },
  });
  return row?.finishedAt?.getTime();
}

/** What the last finished run of any depth found. */
export async function lastFinishedRun(db: Database): Promise<ReconciliationRun | undefined> {
  const where = { finishedAt: { not: null } };
  return (await db.reconciliationRun.findFirst({ where, orderBy: { finishedAt: 'desc' } })) ?? undefined;
}

/** Since when this database could have runs: when the tables for them were made. */
export async function reconcilableSince(db: Database): Promise<EpochMs | undefined> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(finished_at) AS at FROM _prisma_migrations
    WHERE migration_name LIKE '%_reminders_and_reconciliation' AND finished_at IS NOT NULL`;
  return row?.at?.getTime();
}
