import { REFUSALS } from '../../domain/case/refusals.ts';
import type { ActAnswer } from '../../domain/case/state.ts';
import type { Act, Stage } from '../../domain/case/vocabulary.ts';
import { nextStage } from '../../domain/procedure.ts';
import { type CaseRow, findCase } from '../../prisma/queries/cases.ts';
import { type Actor, requireAct } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { ActRefusedByCase, CaseNotRunning } from '../engine/port.ts';
import { parseInput } from '../problems/from-zod.ts';
import { Problem } from '../problems/problem.ts';
import { ACT_BODIES } from './act-bodies.ts';
import { actInputOf, type AskedAct } from './act-input.ts';
import { caseHeadOf } from './case-head.ts';
import { getCase, refOf } from './load-case.ts';
import { startPending } from './start-pending.ts';

export interface RequestedAct {
  readonly deps: ApiDependencies;
  readonly actor: Actor;
  readonly actId: string;
  readonly caseNumber: string;
  readonly act: Act;
  /** As it came. */
  readonly body: unknown;
}

/**
 * Does one act of the procedure: who may, what exactly, then the case itself decides.
 * @throws Problem 403, 404, 422; 409 with the reason, the stage and what is allowed instead
 */
export async function doAct(requested: RequestedAct) {
  const { deps, actor, actId, caseNumber, act } = requested;
  requireAct(actor, act);
  const row = await getCase(deps, actor, caseNumber);
  const body = await readBody(requested, row);
  const asked: AskedAct = { deps, actor, actId, row, act, body };
  if (!row.engineStarted) await startPending(deps, caseNumber);
  const answer = await send(asked);
  const after = (await recorded(deps, caseNumber, answer.seq)) ?? row;
  return { ...(await caseHeadOf(deps, actor, after, answer.stage)), ...numbersOf(answer) };
}

/** A body for an act that this stage does not know is not worth mending: the stage is the reason. */
async function readBody({ deps, actor, act, body }: RequestedAct, row: CaseRow): Promise<AskedAct['body']> {
  try {
    return parseInput(ACT_BODIES[act], body ?? {});
  } catch (error) {
    const head = await caseHeadOf(deps, actor, row);
    if (nextStage(head.stage, act) === undefined)
      throw refusal('ACT_NOT_ALLOWED', head.stage, head.allowedActs);
    throw error;
  }
}

async function send(asked: AskedAct): Promise<ActAnswer> {
  const { deps, actor, row } = asked;
  try {
    return await deps.engine.act(refOf(row), await actInputOf(asked));
  } catch (error) {
    if (error instanceof ActRefusedByCase) {
      const head = await caseHeadOf(deps, actor, (await findCase(deps.db, row.caseNumber)) ?? row);
      throw refusal(error.reason, error.stage, head.allowedActs);
    }
    if (error instanceof CaseNotRunning) return answeredBefore(asked);
    throw error;
  }
}

/** The workflow has ended: either this very act ended it and its answer was lost, or the act comes too late. */
async function answeredBefore({ deps, actId, row }: AskedAct): Promise<ActAnswer> {
  const { caseNumber } = row;
  const done = await deps.db.caseStep.findUnique({ where: { caseNumber_actId: { caseNumber, actId } } });
  if (done) return { seq: done.seq, stage: done.toStage as Stage };
  const { stage } = (await findCase(deps.db, caseNumber)) ?? row;
  throw refusal('ACT_NOT_ALLOWED', stage, []);
}

function refusal(reason: string, stage: string, allowedActs: readonly Act[]): Problem {
  const code = reason in REFUSALS ? reason : 'ACT_NOT_ALLOWED';
  return new Problem(code, { members: { stage, allowedActs } });
}

/** The row as the act left it: it is written before the act is answered, so this waits only for a replica. */
async function recorded(
  deps: ApiDependencies,
  caseNumber: string,
  seq: number,
): Promise<CaseRow | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    const row = await findCase(deps.db, caseNumber);
    if (!row || row.actSeq >= seq || attempt === 20) return row;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function numbersOf({ receiptNumber, certificateNumber }: ActAnswer) {
  return { ...(receiptNumber ? { receiptNumber } : {}), ...(certificateNumber ? { certificateNumber } : {}) };
}
