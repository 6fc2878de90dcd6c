import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { DIVORCE_CASE } from '../workflows/messages.ts';
import { type CaseToStart, startOptions } from './start-case.ts';

/**
 * Starts a case again whose workflow the engine has lost, under its own id, from the state its last turn kept. The
 * engine refuses to run two workflows under one id, so a case that runs after all is left alone.
 * @param toStart its `start` carries the state and names the reconciliation that asks for it
 * @returns false when the case runs
 */
export async function resumeCase(client: Client, toStart: CaseToStart): Promise<boolean> {
  try {
    await client.workflow.start(DIVORCE_CASE, {
      ...startOptions(toStart),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
