import {
  type Client,
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, type PayloadCodec } from '@temporalio/common';
import type { ActInput } from '../../domain/case/act-input.ts';
import type { ActAnswer, Realm } from '../../domain/case/state.ts';
import type { CounsellingState } from '../../domain/counselling/counselling.ts';
import type { CaseNumber } from '../../domain/numbers.ts';
import { caseSignals } from '../../temporal/case-signals.ts';
import type { Engine } from '../../temporal/client.ts';
import { HistoryNotFound, readHistory } from '../../temporal/history.ts';
import { caseWorkflowId, TASK_QUEUE } from '../../temporal/names.ts';
import { caseNow, fastForward } from '../../temporal/rehearsal.ts';
import { startReconciliation } from '../../temporal/schedules.ts';
import { startCase } from '../../temporal/start-case.ts';
import {
  actUpdates,
  ACT_REFUSED,
  calendarPublishedSignal,
  counsellingUpdate,
  type RefusalDetail,
  statusQuery,
} from '../../workflows/messages.ts';
import { engineHealth } from './engine-health.ts';
import {
  ActRefusedByCase,
  type CaseEngine,
  CaseNotRunning,
  type CaseRef,
  type EngineEvent,
  EngineUnavailable,
} from './port.ts';

export interface TemporalEngineOptions {
  readonly engine: Pick<Engine, 'main' | 'rehearsal'>;
  readonly codec: PayloadCodec;
  /** Longest wait for an act, in ms. */
  readonly actTimeoutMs: number;
  /** Longest wait for a rehearsal's move, in ms. */
  readonly moveTimeoutMs?: number;
}

/** The engine behind the port: each call has its deadline, each failure a name. */
export function temporalEngine(options: TemporalEngineOptions): CaseEngine {
  const { actTimeoutMs: timeout } = options;
  const clientOf = (realm: Realm): Client => options.engine[realm === 'rehearsal' ? 'rehearsal' : 'main'];
  const handleOf = (ref: CaseRef) => clientOf(ref.realm).workflow.getHandle(idOf(ref));
  const within = <T>(realm: Realm, work: () => Promise<T>): Promise<T> =>
    named(clientOf(realm).withDeadline(Date.now() + timeout, work));

  return {
    start: (start) =>
      within(start.realm, () =>
        startCase(clientOf(start.realm), { ...start, workflowId: idOf(start), taskQueue: TASK_QUEUE }),
      ),
    reconcile: (runId, depth) =>
      within('live', () => startReconciliation(options.engine.main, TASK_QUEUE, runId, depth)),
    act: (ref, input) =>
      within(ref.realm, () =>
        handleOf(ref).executeUpdate<ActAnswer, [ActInput]>(actUpdates[input.act].name, {
          args: [input],
          updateId: input.actId,
        }),
      ),
    counsel: (ref, id, act) =>
      within(ref.realm, () =>
        clientOf(ref.realm)
          .workflow.getHandle(`counselling-${id}`)
          .executeUpdate<CounsellingState, [typeof act]>(counsellingUpdate.name, {
            args: [act],
            updateId: act.actId,
          }),
      ),
    status: (ref) =>
      within(ref.realm, () => handleOf(ref).query(statusQuery)).catch((error: unknown) => {
        if (error instanceof CaseNotRunning) return undefined;
        throw error;
      }),
    publishCalendar: (ref, calendar) =>
      within(ref.realm, () => handleOf(ref).signal(calendarPublishedSignal, { calendar })).catch(
        (error: unknown) => {
          if (!(error instanceof CaseNotRunning)) throw error;
        },
      ),
    attention: (ref, code, raised) =>
      within(ref.realm, () => caseSignals(clientOf(ref.realm)).attention(ref.caseNumber, code, raised)),
    history: (ref) => named(wholeHistory(clientOf(ref.realm), options.codec, idOf(ref))),
    fastForward: (ref, move) =>
      named(
        fastForward(clientOf(ref.realm), idOf(ref), move, { timeoutMs: options.moveTimeoutMs ?? 60_000 }),
      ),
    caseNow: (ref) => within(ref.realm, () => caseNow(clientOf(ref.realm), idOf(ref))),
    namespaceOf: ({ realm }) => clientOf(realm).options.namespace,
    health: () => engineHealth([options.engine.main, options.engine.rehearsal]),
  };
}

function idOf({ caseNumber }: CaseRef): string {
  return caseWorkflowId(caseNumber as CaseNumber);
}

async function wholeHistory(
  client: Client,
  codec: PayloadCodec,
  workflowId: string,
): Promise<readonly EngineEvent[] | undefined> {
  const events: EngineEvent[] = [];
  try {
    for await (const page of readHistory(client, codec, workflowId)) events.push(...page.events);
    return events;
  } catch (error) {
    if (error instanceof HistoryNotFound) return undefined;
    throw error;
  }
}

const GRPC_NOT_FOUND: readonly number[] = [5];
/** Cancelled, deadline exceeded, resource exhausted, aborted, unavailable. */
const GRPC_UNAVAILABLE: readonly number[] = [1, 4, 8, 10, 14];

/** Gives the client's errors the port's names. */
async function named<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw refusalOf(error);
    if (error instanceof WorkflowNotFoundError) throw new CaseNotRunning('no such running workflow');
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) throw unavailable(error);
    if (isGrpcServiceError(error)) {
      if (GRPC_NOT_FOUND.includes(error.code)) throw new CaseNotRunning('no such running workflow');
      if (GRPC_UNAVAILABLE.includes(error.code)) throw unavailable(error);
    }
    if (
      error instanceof Error &&
      isGrpcServiceError(error.cause) &&
      GRPC_UNAVAILABLE.includes(error.cause.code)
    ) {
      throw unavailable(error);
    }
    throw error;
  }
}

function unavailable(cause: unknown): EngineUnavailable {
  return new EngineUnavailable('the engine did not answer in time', { cause });
}

function refusalOf(error: WorkflowUpdateFailedError): Error {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== ACT_REFUSED) return error;
  const [detail] = (cause.details ?? []) as [RefusalDetail?];
  return detail ? new ActRefusedByCase(detail.reason, detail.stage) : error;
}
