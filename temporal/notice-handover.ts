import { ActivityExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { NoticeHandover } from '../activities/notices/handover-port.ts';
import type { NoticeActivities } from '../activities/notices/deliver-notice.ts';

/** How long a notice is tried; afterwards it stands in the list of those who could not be warned. */
const TRY_FOR = '3 days';

/**
 * Each notice is an activity of its own, started by its key: the engine refuses a second one, retries the
 * first until it succeeds, and the case's history stays short. See docs/decisions/notices-as-activities.md.
 */
export function noticeHandover(client: Client, taskQueue: string): NoticeHandover {
  return {
    async handOver(_caseNumber, notices) {
      await Promise.all(notices.map((notice) => start(client, taskQueue, notice.id)));
    },
  };
}

async function start(client: Client, taskQueue: string, noticeId: string): Promise<void> {
  try {
    await client.activity.start<NoticeActivities['deliverNotice']>('deliverNotice', {
      id: `notice-${noticeId}`,
      taskQueue,
      args: [{ noticeId }],
      startToCloseTimeout: '45 seconds',
      scheduleToCloseTimeout: TRY_FOR,
      retry: {
        initialInterval: '2 seconds',
        maximumInterval: '5 minutes',
        nonRetryableErrorTypes: ['NoticeDateMissing', 'NoticeNotNeutralError', 'CaseKeyErased'],
      },
      idReusePolicy: 'REJECT_DUPLICATE',
      idConflictPolicy: 'USE_EXISTING',
    });
  } catch (error) {
    if (!(error instanceof ActivityExecutionAlreadyStartedError)) throw error;
  }
}
