import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { CounsellingStarter } from '../activities/counselling/record-counselling.ts';
import { COUNSELLING } from '../workflows/messages.ts';

/**
 * Starts counselling beside its case instead of as its child: the engine does not move a rehearsed case in time
 * while a child of it is open.
 */
export function counsellingStarter(client: Client, taskQueue: string): CounsellingStarter {
  return {
    async startCounsellingApart(opening) {
      try {
        await client.workflow.start(COUNSELLING, {
          workflowId: `counselling-${opening.id}`,
          taskQueue,
          args: [opening],
        });
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
  };
}
