import { randomUUID } from 'node:crypto';
import { type Client, type WorkflowHandle } from '@temporalio/client';
import { BARE_MESSAGES, BARE_QUEUE, BARE_WORKFLOW, type BareMessage } from './messages.ts';

/** Starts a bare workflow, which then waits for its first message. */
export function startBare(client: Client): Promise<WorkflowHandle> {
  return client.workflow.start(BARE_WORKFLOW, { workflowId: `bare-${randomUUID()}`, taskQueue: BARE_QUEUE });
}

/** One message, answered. */
export function sendBare(handle: WorkflowHandle, message: BareMessage): Promise<unknown> {
  return handle.executeUpdate(message);
}

/** A whole bare life, from its start to its end. */
export async function liveBare(client: Client): Promise<WorkflowHandle> {
  const handle = await startBare(client);
  for (const message of BARE_MESSAGES) await sendBare(handle, message);
  await handle.result();
  return handle;
}
