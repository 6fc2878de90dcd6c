import proto from '@temporalio/proto';
import type { Client } from '@temporalio/client';

const { History, HistoryEvent } = proto.temporal.api.history.v1;
const { EventType } = proto.temporal.api.enums.v1;

/** Events that exist only because a rehearsal moved the case: a real case waits. */
const OF_TIME_SKIPPING = [
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED,
];

export interface HistorySize {
  readonly events: number;
  /** As the engine stores it: the protobuf encoding, payloads sealed. */
  readonly bytes: number;
  /** The same without the events that time skipping adds. */
  readonly ownEvents: number;
  readonly ownBytes: number;
  readonly byType: ReadonlyMap<string, number>;
}

export async function historySize(client: Client, workflowId: string): Promise<HistorySize> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const all = events ?? [];
  const own = all.filter((event) => !OF_TIME_SKIPPING.some((type) => type === event.eventType));
  const byType = new Map<string, number>();
  for (const { eventType } of all) {
    const name = (EventType[eventType ?? 0] ?? 'UNKNOWN').replace('EVENT_TYPE_', '');
    byType.set(name, (byType.get(name) ?? 0) + 1);
  }
  return {
    events: all.length,
    bytes: History.encode({ events: all }).finish().length,
    ownEvents: own.length,
    ownBytes: own.reduce((sum, event) => sum + framed(HistoryEvent.encode(event).finish().length), 0),
    byType,
  };
}

/** An event in a history carries its tag and its length before it. */
function framed(bytes: number): number {
  return bytes + 1 + Math.max(1, Math.ceil(Math.log2(bytes + 1) / 7));
}
