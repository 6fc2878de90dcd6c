import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { decodeMessage, type Json } from './decode-message.ts';
import { protoToMs } from './proto-time.ts';

/** One event of the engine, readable: payloads decoded, times as ISO 8601, enumerations by name. */
export interface HistoryEvent {
  readonly runId: string;
  readonly eventId: number;
  /** UTC instant of the case's own time. */
  readonly time: string;
  /** Such as `WORKFLOW_EXECUTION_STARTED`. */
  readonly type: string;
  readonly attributes: { readonly [name: string]: Json };
}

export interface HistoryPage {
  readonly events: readonly HistoryEvent[];
  /** True on the first page when earlier runs are no longer kept by the engine. */
  readonly earlierRunsGone: boolean;
}

/** The engine knows no such case, or no longer: after its retention the archive has the history. */
export class HistoryNotFound extends Error {
  override readonly name = 'HistoryNotFound';
  constructor(workflowId: string, cause: unknown) {
    super(`The engine has no history of ${workflowId}.`, { cause });
  }
}

export interface HistoryOptions {
  /** How much to ask for at once; default 200. The engine counts what it wrote together, so a page may hold more events. */
  readonly pageSize?: number;
}

type RawEvent = temporal.api.history.v1.IHistoryEvent;
interface RawPage {
  readonly events: readonly RawEvent[];
  readonly nextPageToken: Uint8Array;
}
const GRPC_NOT_FOUND = 5;

/**
 * Reads a case's whole history over all its runs, oldest first, page by page.
 * @throws {HistoryNotFound}; each call ends by the client's own deadline.
 */
export async function* readHistory(
  client: Client,
  codec: PayloadCodec,
  workflowId: string,
  options: HistoryOptions = {},
): AsyncGenerator<HistoryPage> {
  const pageSize = options.pageSize ?? 200;
  const { runIds, complete } = await findRuns(client, workflowId);
  let earlierRunsGone = !complete;
  for (const runId of runIds) {
    let token: Uint8Array = new Uint8Array();
    do {
      const page = await rawPage(client, workflowId, runId, pageSize, token);
      yield {
        events: await Promise.all(page.events.map((event) => readable(event, runId, codec))),
        earlierRunsGone,
      };
      earlierRunsGone = false;
      token = page.nextPageToken;
    } while (token.length > 0);
  }
}

/**
 * Follows the chain of runs back from the latest: the engine may have dropped the first ones, since a run that
 * continued as new counts as closed and its retention ends while the case lives on.
 */
async function findRuns(
  client: Client,
  workflowId: string,
): Promise<{ runIds: string[]; complete: boolean }> {
  const runIds: string[] = [];
  let runId = await latestRun(client, workflowId);
  while (runId !== '') {
    const first = await firstEvent(client, workflowId, runId);
    if (first === undefined) return { runIds, complete: false };
    runIds.unshift(runId);
    runId = first.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
  }
  return { runIds, complete: true };
}

async function latestRun(client: Client, workflowId: string): Promise<string> {
  try {
    const { namespace } = client.options;
    const described = await client.workflowService.describeWorkflowExecution({
      namespace,
      execution: { workflowId },
    });
    return described.workflowExecutionInfo?.execution?.runId ?? '';
  } catch (error) {
    if (isNotFound(error)) throw new HistoryNotFound(workflowId, error);
    throw error;
  }
}

async function firstEvent(client: Client, workflowId: string, runId: string): Promise<RawEvent | undefined> {
  try {
    const page = await rawPage(client, workflowId, runId, 1, new Uint8Array());
    return page.events[0];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function rawPage(
  client: Client,
  workflowId: string,
  runId: string,
  pageSize: number,
  nextPageToken: Uint8Array,
): Promise<RawPage> {
  const page = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize: pageSize,
    nextPageToken,
  });
  return { events: page.history?.events ?? [], nextPageToken: page.nextPageToken };
}

/** An event is `{ eventId, eventTime, eventType, …, <kind>EventAttributes }`: exactly one kind is set. */
async function readable(event: RawEvent, runId: string, codec: PayloadCodec): Promise<HistoryEvent> {
  const decoded = await decodeMessage(event, codec);
  const kind = Object.keys(decoded).find((name) => name.endsWith('EventAttributes'));
  const attributes = kind === undefined ? {} : decoded[kind];
  const type = decoded['eventType'];
  return {
    runId,
    eventId: Number(decoded['eventId']),
    time: new Date(event.eventTime ? protoToMs(event.eventTime) : 0).toISOString(),
    type: typeof type === 'string' ? type.replace(/^EVENT_TYPE_/u, '') : 'UNKNOWN',
    attributes: isObject(attributes) ? attributes : {},
  };
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNotFound(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === GRPC_NOT_FOUND;
}
