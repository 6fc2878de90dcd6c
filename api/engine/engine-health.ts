import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { TASK_QUEUE } from '../../temporal/names.ts';
import type { EngineHealth } from './port.ts';

const { TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;
/** A worker that has not asked for this long is taken for gone; it asks at least once a minute. */
const POLLER_FRESH_MS = 90_000;

/** Whether the engine answers, and a worker asks for work in each namespace. */
export async function engineHealth(clients: readonly Client[]): Promise<EngineHealth> {
  try {
    const polled = await Promise.all(clients.map((client) => hasWorker(client)));
    return { reachable: true, workers: polled.every(Boolean) };
  } catch {
    return { reachable: false, workers: false };
  }
}

async function hasWorker(client: Client): Promise<boolean> {
  const described = await client.withDeadline(Date.now() + 3_000, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
    }),
  );
  return described.pollers.some(({ lastAccessTime }) => {
    const seconds = Number(lastAccessTime?.seconds ?? 0);
    return Date.now() - seconds * 1000 < POLLER_FRESH_MS;
  });
}
