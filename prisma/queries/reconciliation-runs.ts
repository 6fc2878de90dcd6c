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
import { Prisma, type ReconciliationFinding, type ReconciliationRun } from '../generated/client.ts';

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
    await countOpen(tx, id);
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
    await countOpen(tx, id);
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
  const rows = found.map(({ ref, caseNumber, code, detail, repair }) => ({
    ref,
    code,
    case_number: caseNumber,
    detail,
    repair,
  }));
  await db.$executeRaw`
    INSERT INTO reconciliation_finding (run_id, ref, code, case_number, detail, repair)
    SELECT ${runId}, ref, code, case_number, detail, repair FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r (ref text, code text, case_number text, detail jsonb, repair text)
    WHERE NOT EXISTS (SELECT 1 FROM reconciliation_finding f
      WHERE f.ref = r.ref AND f.code = r.code AND f.repaired_at IS NULL)
    ON CONFLICT DO NOTHING`;
}

/**
 * What stands open, each drift once. The order differs from run to run, so that everything has its turn however much
 * there is.
 */
export async function unrepairedFindings(
  db: Database,
  runId: string,
  limit: number,
  withPersons: boolean,
): Promise<OpenFinding[]> {
  return db.$queryRaw<OpenFinding[]>`
    SELECT ref, code FROM reconciliation_finding
    WHERE repaired_at IS NULL AND (${withPersons} OR error IS DISTINCT FROM ${PERSON})
    GROUP BY ref, code ORDER BY md5(ref || ${runId}), code LIMIT ${limit}`;
}

const PERSON: RepairError = 'NEEDS_A_PERSON';
const LEAST: RepairError = 'STILL_DIFFERENT';

export async function casesLeftToPersons(
  db: Database,
  caseNumbers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (caseNumbers.length === 0) return new Set();
  const rows = await db.$queryRaw<{ ref: string }[]>`
    SELECT DISTINCT ref FROM reconciliation_finding
    WHERE ref = ANY (${[...caseNumbers]}) AND repaired_at IS NULL AND error = ${PERSON}`;
  return new Set(rows.map(({ ref }) => ref));
}

export async function markRepaired(
  db: Database,
  findings: readonly OpenFinding[],
  at: EpochMs,
): Promise<void> {
  if (findings.length === 0) return;
  await db.$transaction(async (tx) => {
    const runs = await tx.$queryRaw<{ runId: string }[]>`
      UPDATE reconciliation_finding f SET repaired_at = ${new Date(at)}, error = NULL
      FROM ${recordset(findings)} WHERE f.ref = r.ref AND f.code = r.code AND f.repaired_at IS NULL
      RETURNING f.run_id AS "runId"`;
    await countFindings(tx, [...new Set(runs.map(({ runId }) => runId))]);
  });
}

/** Keeps the first reason that says more than that something is still different. */
export async function markNotRepaired(
  db: Database,
  findings: readonly OpenFinding[],
  error: RepairError,
): Promise<void> {
  if (findings.length === 0) return;
  await db.$executeRaw`
    UPDATE reconciliation_finding f SET error = ${error}
    FROM ${recordset(findings)} WHERE f.ref = r.ref AND f.code = r.code AND f.repaired_at IS NULL
      AND (f.error IS NULL OR f.error = ${LEAST})`;
}

function recordset(findings: readonly OpenFinding[]): Prisma.Sql {
  const rows = JSON.stringify(findings.map(({ ref, code }) => ({ ref, code })));
  return Prisma.sql`jsonb_to_recordset(${rows}::jsonb) AS r (ref text, code text)`;
}

/** What stands open, of whatever run: each drift once. */
async function countOpen(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE reconciliation_run SET open = (SELECT count(*) FROM (
      SELECT DISTINCT ref, code FROM reconciliation_finding WHERE repaired_at IS NULL) f)
    WHERE id = ${id}`;
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
