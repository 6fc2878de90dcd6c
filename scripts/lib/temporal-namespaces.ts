import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';

const { IndexedValueType } = proto.temporal.api.enums.v1;
const GRPC_ALREADY_EXISTS = 6;
const GRPC_NOT_FOUND = 5;
const MS_A_DAY = 86_400_000;
const READY_TIMEOUT_MS = 30_000;

/** What cases can be searched by; none of it says anything about a person. */
export const SEARCH_ATTRIBUTES = {
  HeliStage: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  HeliVenue: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  HeliStreet: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  HeliChannel: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  HeliNextDeadline: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  HeliNeedsAttention: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
} as const;

export interface NamespaceOptions {
  readonly address: string;
  readonly namespaces: readonly string[];
  /** How long closed workflows are kept, in days. */
  readonly retentionDays: number;
}

/** Makes the namespaces and their search attributes; what is there already is left as it is. */
export async function ensureNamespaces({
  address,
  namespaces,
  retentionDays,
}: NamespaceOptions): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await Promise.all(
      namespaces.map(async (namespace) => {
        await ensureNamespace(connection, namespace, retentionDays);
        await ensureSearchAttributes(connection, namespace);
      }),
    );
  } finally {
    await connection.close();
  }
}

async function ensureNamespace(connection: Connection, namespace: string, days: number): Promise<void> {
  if (await exists(connection, namespace)) return;
  const workflowExecutionRetentionPeriod = msToTs(days * MS_A_DAY);
  await connection.workflowService
    .registerNamespace({ namespace, workflowExecutionRetentionPeriod })
    .catch(unlessCode(GRPC_ALREADY_EXISTS));
  // Every service of the server keeps its own list of namespaces: ask the one that answers for workflows.
  await untilAnswered(connection, namespace, '');
}

/** Waits until workflows of this namespace can be searched with this query. */
async function untilAnswered(connection: Connection, namespace: string, query: string): Promise<void> {
  const end = performance.now() + READY_TIMEOUT_MS;
  while (!(await answersFor(connection, namespace, query))) {
    if (performance.now() > end) throw new Error(`the namespace ${namespace} did not become usable`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function exists(connection: Connection, namespace: string): Promise<boolean> {
  const found = await connection.workflowService
    .describeNamespace({ namespace })
    .catch(unlessCode(GRPC_NOT_FOUND));
  return found !== undefined;
}

const answersFor = (connection: Connection, namespace: string, query: string): Promise<boolean> =>
  connection.workflowService.countWorkflowExecutions({ namespace, query }).then(
    () => true,
    () => false,
  );

async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => !(name in customAttributes));
  if (missing.length === 0) return;
  await connection.operatorService
    .addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing) })
    .catch(unlessCode(GRPC_ALREADY_EXISTS));
  // Known to the server is not yet usable: a case started too early would be refused.
  const query = Object.keys(SEARCH_ATTRIBUTES).map((name) => `${name} is null`);
  await untilAnswered(connection, namespace, query.join(' and '));
}

const unlessCode =
  (code: number) =>
  (error: unknown): undefined => {
    if ((error as { code?: number }).code !== code) throw error;
    return undefined;
  };
