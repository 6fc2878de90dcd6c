import { awaitsArchive } from '../../domain/procedure.ts';
import type { Stage } from '../../domain/case/vocabulary.ts';
import { type CaseRow, findCase } from '../../prisma/queries/cases.ts';
import {
  BlockedByChildWorkflow,
  MoveFailed,
  MoveNotForward,
  MoveTimedOut,
  NotARehearsalCase,
  OvertakenByAnotherMove,
} from '../../temporal/rehearsal-errors.ts';
import type { Move } from '../../temporal/rehearsal.ts';
import { refOf } from '../cases/load-case.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { invalidFields, Problem } from '../problems/problem.ts';

/** How long a moved case may take to hand over its notices and to write itself down, in ms. */
const SETTLE_MS = 20_000;

/**
 * Moves a case and waits until what fell due on the way is done: records written, notices handed over. The case's
 * distance from real time is kept with it, so that every reader sees its own time.
 * @throws Problem 409, 422, 503
 */
export async function moveCase(deps: ApiDependencies, row: CaseRow, move: Move): Promise<void> {
  const ref = refOf(row);
  try {
    const moved = await deps.engine.fastForward(ref, move);
    await keepOffset(deps, row.caseNumber, moved.now);
  } catch (error) {
    // It may have moved part of the way: its own clock says how far.
    const now = await deps.engine.caseNow(ref).catch(() => undefined);
    if (now !== undefined) await keepOffset(deps, row.caseNumber, now);
    throw problemOf(error);
  }
  await settled(deps, row);
}

/** A case's own time never goes back, whatever the order in which two moves are written down. */
async function keepOffset(deps: ApiDependencies, caseNumber: string, caseNow: number): Promise<void> {
  const offset = BigInt(Math.max(0, Math.round(caseNow - deps.now())));
  await deps.db.caseRecord.updateMany({
    where: { caseNumber, realm: 'rehearsal', timeOffsetMs: { lt: offset } },
    data: { timeOffsetMs: offset },
  });
}

async function settled(deps: ApiDependencies, row: CaseRow): Promise<void> {
  const until = performance.now() + SETTLE_MS;
  for (let pauseMs = 20; performance.now() < until; pauseMs = Math.min(pauseMs * 2, 200)) {
    if (await isSettled(deps, row)) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function isSettled(deps: ApiDependencies, { caseNumber, realm }: CaseRow): Promise<boolean> {
  const sending = await deps.db.notice.count({ where: { caseNumber, state: { in: ['queued', 'sending'] } } });
  if (sending > 0) return false;
  const status = await deps.engine.status(refOf({ caseNumber, realm }));
  const row = await findCase(deps.db, caseNumber);
  if (!status || !row) return row === undefined || !awaitsArchive(row.stage as Stage);
  return status.settled && row.actSeq >= status.seq;
}

function problemOf(error: unknown): unknown {
  if (error instanceof NotARehearsalCase) return new Problem('NOT_A_REHEARSAL_CASE');
  if (error instanceof MoveNotForward) return invalidFields([{ field: 'to', code: 'TARGET_NOT_AHEAD' }]);
  const named = [BlockedByChildWorkflow, OvertakenByAnotherMove, MoveFailed, MoveTimedOut];
  return named.some((kind) => error instanceof kind) && error instanceof Error
    ? new Problem('MOVE_NOT_COMPLETE', { detail: error.message })
    : error;
}
