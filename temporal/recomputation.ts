import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { CaseTeller } from '../activities/calendars/port.ts';
import type { CaseNumber } from '../domain/numbers.ts';
import {
  CALENDAR_RECOMPUTATION,
  calendarPublishedSignal,
  pauseRecomputationSignal,
  type RecomputationStart,
  resumeRecomputationSignal,
} from '../workflows/messages.ts';
import { caseWorkflowId, recomputationWorkflowId, TASK_QUEUE } from './names.ts';

/** A signal is taken in milliseconds; a batch of them is told while calendars are held, so none may take long. */
const SIGNAL_TIMEOUT_MS = 3_000;
const CONTROL_TIMEOUT_MS = 5_000;

/** Starts recomputations and lets them wait. Real cases only: in a rehearsal every year counts as published. */
export interface RecomputationControl {
  /** Starts its workflow, or lets the one that runs go on; doing it twice does no harm. */
  start(id: string): Promise<void>;
  /** The workflow that runs begins nothing new; without one there is nothing to do. */
  pause(id: string): Promise<void>;
}

export function recomputationControl(client: Client): RecomputationControl {
  const within = <T>(work: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + CONTROL_TIMEOUT_MS, work);
  return {
    async start(id) {
      const start: RecomputationStart = { id };
      await within(() =>
        client.workflow.signalWithStart(CALENDAR_RECOMPUTATION, {
          workflowId: recomputationWorkflowId(id),
          taskQueue: TASK_QUEUE,
          args: [start],
          signal: resumeRecomputationSignal,
          // A year's recomputation may be set going again when a case is found that it missed.
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        }),
      );
    },
    async pause(id) {
      try {
        await within(() =>
          client.workflow.getHandle(recomputationWorkflowId(id)).signal(pauseRecomputationSignal),
        );
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },
  };
}

/** Signals of a new calendar to running cases of the client's namespace. */
export function caseTeller(client: Client): CaseTeller {
  return {
    async tell(caseNumber, calendar, recomputationId) {
      try {
        await client.withDeadline(Date.now() + SIGNAL_TIMEOUT_MS, () =>
          client.workflow
            .getHandle(caseWorkflowId(caseNumber as CaseNumber))
            .signal(calendarPublishedSignal, { calendar, recomputationId }),
        );
      } catch (error) {
        // It has just ended, and its record says so in a moment; or the engine lost it, which is not mended here.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },
  };
}
