import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
  ScheduleOverlapPolicy,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import type { Depth } from '../activities/reconciliation/port.ts';
import { RECONCILIATION } from '../workflows/messages.ts';

export interface ReconciliationTimes {
  /** Minutes between quick runs, 1 to 60. */
  readonly everyMinutes: number;
  /** `HH:MM` of the nightly deep run, Asia/Shanghai. */
  readonly deepAt: string;
}

type Options = ScheduleOptions<ScheduleOptionsStartWorkflowAction<() => Promise<void>>>;

export const QUICK_SCHEDULE = 'reconcile-quick';
export const DEEP_SCHEDULE = 'reconcile-deep';
/** A run that could not start in its own minute is not made up for: the next one sees all it would have seen. */
const CATCH_UP = '1 minute';
/** The nightly one has no next one so soon. */
const DEEP_CATCH_UP = '2 hours';

/**
 * Makes the schedules of reconciliation, or changes those that stand to these times. Any number of workers may do so at
 * once; one that is paused stays paused. A new schedule, or one whose last run is long past, begins with a run.
 */
export async function ensureSchedules(
  client: Client,
  taskQueue: string,
  times: ReconciliationTimes,
): Promise<void> {
  await ensure(client, {
    ...common(QUICK_SCHEDULE, 'quick', taskQueue, CATCH_UP),
    spec: { intervals: [{ every: times.everyMinutes * 60_000 }] },
  });
  const [hour, minute] = times.deepAt.split(':').map(Number);
  await ensure(client, {
    ...common(DEEP_SCHEDULE, 'deep', taskQueue, DEEP_CATCH_UP),
    spec: { calendars: [{ hour: hour ?? 0, minute: minute ?? 0 }], timezone: 'Asia/Shanghai' },
  });
}

function common(scheduleId: string, depth: Depth, taskQueue: string, catchupWindow: '1 minute' | '2 hours') {
  return {
    scheduleId,
    action: {
      type: 'startWorkflow' as const,
      workflowType: RECONCILIATION,
      workflowId: scheduleId,
      taskQueue,
      args: [{ depth }],
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow },
  };
}

async function ensure(
  client: Client,
  options: ReturnType<typeof common> & Pick<Options, 'spec'>,
): Promise<void> {
  const { scheduleId, ...changed } = options;
  try {
    await client.schedule.create(options as unknown as Options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...changed, state }));
  }
}

/** Starts a quick run now unless one is under way: after a standstill nobody should wait for the next minute of the clock. */
export async function reconcileNow(client: Client): Promise<void> {
  await client.schedule.getHandle(QUICK_SCHEDULE).trigger(ScheduleOverlapPolicy.SKIP);
}

/** Starts a run that somebody asked for, beside the schedules; asked for twice under one id it runs once. */
export async function startReconciliation(
  client: Client,
  taskQueue: string,
  runId: string,
  depth: Depth,
): Promise<void> {
  try {
    await client.workflow.start(RECONCILIATION, {
      workflowId: runId,
      taskQueue,
      args: [{ depth }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
