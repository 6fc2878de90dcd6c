import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { CaseSignals } from '../activities/case-signals.ts';
import { attentionSignal } from '../workflows/messages.ts';

/** Signals to running cases of the client's namespace. */
export function caseSignals(client: Client): CaseSignals {
  return {
    async attention(caseNumber, code, raised) {
      try {
        await client.workflow.getHandle(`case-${caseNumber}`).signal(attentionSignal, { code, raised });
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },
  };
}
