import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { CaseState } from '../domain/case/state.ts';
import type { Channel } from '../domain/case/vocabulary.ts';
import { nextDeadline } from '../domain/case/next-wake.ts';
import { type CaseStart, DIVORCE_CASE } from '../workflows/messages.ts';
import { openingSearchAttributes } from '../workflows/search-attributes.ts';

export interface CaseToStart {
  readonly workflowId: string;
  readonly taskQueue: string;
  readonly start: CaseStart;
  /** Where it is handled, and how it came in: what a case is searched by. */
  readonly venueId: string;
  readonly street: string;
  readonly channel: Channel;
}

/** Starts a case's workflow; one that runs, or has run, is left alone. */
export async function startCase(client: Client, toStart: CaseToStart): Promise<void> {
  try {
    await client.workflow.start(DIVORCE_CASE, {
      ...startOptions(toStart),
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
  } catch (error) {
    // It ran and has ended: the start had arrived.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** What every start of a case has, whether it is its first or not. */
export function startOptions({ workflowId, taskQueue, start, venueId, street, channel }: CaseToStart) {
  const attributes = openingSearchAttributes({ street, channel }, { venueId, ...shownBy(start) });
  return {
    workflowId,
    taskQueue,
    args: [start],
    typedSearchAttributes: new TypedSearchAttributes(
      attributes.filter(({ value }) => value !== null) as never,
    ),
  };
}

function shownBy(start: CaseStart): Pick<CaseState, 'stage'> & {
  readonly nextDeadline: number | undefined;
  readonly needsAttention: boolean;
} {
  if (!('carried' in start)) return { stage: 'draft', nextDeadline: undefined, needsAttention: false };
  const { carried } = start;
  return {
    stage: carried.stage,
    nextDeadline: nextDeadline(carried)?.at,
    needsAttention: carried.attention.length > 0,
  };
}
