import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { ActInput } from '../../domain/case/act-input.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { counselling } from '../counselling/counselling.ts';
import { startCounsellingApart } from './activities.ts';

/** Counselling has its own life: it goes on when the case ends, and the case never waits for it. */
export async function startCounselling(
  state: CaseState,
  input: ActInput<'refer-counselling'>,
): Promise<void> {
  const { counsellingId: id, party, topic, immediate, counsellor } = input;
  const { caseNumber } = state;
  const opening = { id, caseNumber, party, topic, immediate, ...(counsellor ? { counsellor } : {}) };
  // A rehearsed case can't be moved in time while a child of it is open, so there it stands apart.
  if (state.realm === 'rehearsal') return startCounsellingApart(opening);
  try {
    await startChild(counselling, {
      workflowId: `counselling-${id}`,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [opening],
    });
  } catch (error) {
    // The same act sent again: the counselling it asked for is already there.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
