import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { CaseSignals } from '../activities/case-signals.ts';
import type { CaseNumber } from '../domain/numbers.ts';
import { attentionSignal } from '../workflows/messages.ts';

/** Signals to running cases of the client's namespace. */
export function caseSignals(client: Client): CaseSignals {
  return signalsByCase(() => client);
}

/** Signals to running cases. @param clientOf the client of the namespace where a case lives */
export function signalsByCase(clientOf: (caseNumber: CaseNumber) => Client): CaseSignals {
  return {
    async attention(caseNumber, code, raised) {
      const { workflow } = clientOf(caseNumber as CaseNumber);
      try {
        await workflow.getHandle(`case-${caseNumber}`).signal(attentionSignal, { code, raised });
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },
  };
}
