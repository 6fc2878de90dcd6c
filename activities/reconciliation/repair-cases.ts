import {
  caseDrifts,
  type CaseInEngine,
  type CaseRepair,
  caseRepair,
} from '../../domain/reconciliation/case-drift.ts';
import { type EpochMs, isoInstant } from '../../domain/zoned-time.ts';
import { lookInto } from './compare-cases.ts';
import { NoAnswer } from './errors.ts';
import type { CaseSight, ComparedCase, Found, ReconciliationStore, RepairError } from './port.ts';

export interface CaseRepairs {
  readonly store: ReconciliationStore;
  readonly sight: CaseSight;
  readonly now: () => EpochMs;
}

/** Looks at a suspect again, by the engine's own word and the case's; what still differs is listed and repaired. */
export async function settleCase(at: CaseRepairs, runId: string, caseNumber: string): Promise<void> {
  const { store, now } = at;
  const { row, engine } = await lookInto(at, caseNumber);
  const drifts = caseDrifts(row, engine, now());
  const repair = caseRepair(drifts, engine);
  if (!repair) return;
  const detail = detailOf(row, engine);
  const found = drifts.map((code): Found => ({ ref: caseNumber, caseNumber, code, detail, repair }));
  await store.list(runId, found);
  const error = await repaired(at, runId, caseNumber, repair);
  if (error) await store.notRepaired(found, error);
}

/** @returns why nothing could be done; undefined when it was tried */
async function repaired(
  { store, sight }: CaseRepairs,
  runId: string,
  caseNumber: string,
  repair: CaseRepair,
): Promise<RepairError | undefined> {
  switch (repair) {
    case 'reconcile':
      return askToReconcile(sight, caseNumber, runId);
    case 'start': {
      const start = await store.startOf(caseNumber);
      if (!start) return undefined;
      await sight.start(caseNumber, start.start, start.place);
      await store.markStarted(caseNumber);
      return undefined;
    }
    case 'resume': {
      const resumable = await store.resumable(caseNumber);
      if (!resumable.ok) return resumable.error;
      await sight.resume(caseNumber, resumable.carried, resumable.place, runId);
      return undefined;
    }
    case 'person':
      return 'NEEDS_A_PERSON';
  }
}

/** A validated act: a case that is right changes nothing. */
export async function askToReconcile(
  sight: CaseSight,
  caseNumber: string,
  runId: string,
): Promise<RepairError | undefined> {
  try {
    await sight.reconcile(caseNumber, runId);
    return undefined;
  } catch (error) {
    if (error instanceof NoAnswer) return 'NO_ANSWER';
    throw error;
  }
}

/** What either side said, for whoever reads the list. */
function detailOf(row: ComparedCase | undefined, engine: CaseInEngine): Found['detail'] {
  const status = engine.state === 'running' ? engine.status : undefined;
  return {
    ...(row ? { rowStage: row.stage, rowSeq: row.seq, rowNextDeadline: isoOrNull(row.nextDeadline) } : {}),
    engine: engine.state,
    ...(typeof status === 'object'
      ? {
          stage: status.stage,
          seq: status.seq,
          nextWakeAt: isoOrNull(status.nextWakeAt),
          alarmAt: isoOrNull(status.alarmAt),
        }
      : {}),
  };
}

export function isoOrNull(instant: EpochMs | undefined): string | null {
  return instant === undefined ? null : isoInstant(instant);
}
