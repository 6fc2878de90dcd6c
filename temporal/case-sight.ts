import {
  type Client,
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import { NoAnswer } from '../activities/reconciliation/errors.ts';
import type { CaseSight, StartPlace } from '../activities/reconciliation/port.ts';
import { type Stage, STAGES } from '../domain/case/vocabulary.ts';
import type { CaseNumber } from '../domain/numbers.ts';
import type { CaseInEngine } from '../domain/reconciliation/case-drift.ts';
import { type CaseStart, DIVORCE_CASE, reconcileUpdate, statusQuery } from '../workflows/messages.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes.ts';
import { caseNumberOf, caseWorkflowId } from './names.ts';
import { resumeCase } from './resume-case.ts';
import { startCase } from './start-case.ts';

type ExecutionInfo = temporal.api.workflow.v1.IWorkflowExecutionInfo;
const { WorkflowExecutionStatus } = proto.temporal.api.enums.v1;
const RUNNING: number = WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
const COMPLETED: number = WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;

const PAGE = 1_000;
const RUNNING_CASES = `WorkflowType = '${DIVORCE_CASE}' AND ExecutionStatus = 'Running'`;
/** A case that is not in a worker's memory is replayed first, which takes a moment; one that can't be takes it all. */
const ASK_MS = 5_000;
const NOT_FOUND: readonly number[] = [5];
/** Failures that say something of the engine, not of the case: the look is repeated as a whole. */
const ENGINE_AWAY: readonly number[] = [8, 14];

/** The engine's side of a reconciliation, for the cases of the client's namespace. */
export function caseSight(client: Client, taskQueue: string): CaseSight {
  const handleOf = (caseNumber: string) => client.workflow.getHandle(idOf(caseNumber));
  const within = <T>(work: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + ASK_MS, work);
  const toStart = (caseNumber: string, start: CaseStart, place: StartPlace) => ({
    workflowId: idOf(caseNumber),
    taskQueue,
    start,
    ...place,
  });
  return {
    running: () => runningCases(client),
    async look(caseNumber, ask) {
      const state = await stateOf(client, caseNumber);
      if (state !== 'running' || !ask) return { state };
      return { state, status: await statusOf(() => within(() => handleOf(caseNumber).query(statusQuery))) };
    },
    async reconcile(caseNumber, runId) {
      try {
        await within(() =>
          // The same run asks a case once, however often its activity is repeated.
          handleOf(caseNumber).executeUpdate(reconcileUpdate, {
            args: [{ runId }],
            updateId: `reconcile-${runId}`,
          }),
        );
      } catch (error) {
        if (isWithoutAnswer(error)) throw new NoAnswer(caseNumber, { cause: error });
        throw error;
      }
    },
    start: (caseNumber, start, place) => startCase(client, toStart(caseNumber, start as CaseStart, place)),
    async resume(caseNumber, carried, place, runId) {
      await resumeCase(client, toStart(caseNumber, { carried, resumed: { runId } }, place));
    },
  };
}

function idOf(caseNumber: string): string {
  return caseWorkflowId(caseNumber as CaseNumber);
}

/** From the list of workflows, a thousand at a time; the cases' payloads are not read. */
async function* runningCases(client: Client): ReturnType<CaseSight['running']> {
  let token: Uint8Array = new Uint8Array();
  do {
    const page = await client.workflowService.listWorkflowExecutions({
      namespace: client.options.namespace,
      pageSize: PAGE,
      query: RUNNING_CASES,
      nextPageToken: token,
    });
    yield page.executions.flatMap((execution) => {
      const caseNumber = caseNumberOf(execution.execution?.workflowId ?? '');
      const stage = shownStage(execution);
      return caseNumber ? [{ caseNumber, ...(stage ? { stage } : {}) }] : [];
    });
    token = page.nextPageToken;
  } while (token.length > 0);
}

/** Search attributes are codes in clear, as JSON. */
function shownStage({ searchAttributes }: ExecutionInfo): Stage | undefined {
  const data = searchAttributes?.indexedFields?.[SEARCH_ATTRIBUTES.stage.name]?.data;
  if (!data) return undefined;
  const text = Buffer.from(data).toString('utf8');
  return STAGES.find((stage) => text === JSON.stringify(stage));
}

async function stateOf(client: Client, caseNumber: string): Promise<CaseInEngine['state']> {
  try {
    const { workflowExecutionInfo } = await client.workflowService.describeWorkflowExecution({
      namespace: client.options.namespace,
      execution: { workflowId: idOf(caseNumber) },
    });
    const status: number | null | undefined = workflowExecutionInfo?.status;
    return status === RUNNING ? 'running' : status === COMPLETED ? 'completed' : 'gone';
  } catch (error) {
    if (isGrpcServiceError(error) && NOT_FOUND.includes(error.code)) return 'gone';
    throw error;
  }
}

type Status = Extract<CaseInEngine, { readonly state: 'running' }>['status'];

/** A case that can't be replayed does not answer, and that is worth knowing. */
async function statusOf(ask: () => Promise<NonNullable<Status>>): Promise<NonNullable<Status>> {
  try {
    return await ask();
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    for (const each of [error, cause]) {
      if (isGrpcServiceError(each) && ENGINE_AWAY.includes(each.code)) throw error;
    }
    return 'no-answer';
  }
}

function isWithoutAnswer(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
    return true;
  return isGrpcServiceError(error) && !ENGINE_AWAY.includes(error.code);
}
