import { ActivityExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { NoticeActivities } from '../activities/notices/deliver-notice.ts';
import type { Handover } from '../activities/records/handover-port.ts';
import type { PreCheckActivities } from '../activities/registers/run-pre-check.ts';

/** A key is used once, ever: whoever comes second finds the work running or done. */
const ONCE = { idReusePolicy: 'REJECT_DUPLICATE', idConflictPolicy: 'USE_EXISTING' } as const;

/** Longer than the activity itself tries (3 days), so that giving up is always its own, recorded decision. */
const NOTICE_TRIED_FOR = '5 days';
/** A register may be closed over a long holiday; the reviewer waits with the case. */
const PRE_CHECK_TRIED_FOR = '30 days';

/**
 * Hands work over as activities of their own, each started by its key: the engine refuses a second one, retries
 * the first until it succeeds, and the case's history stays short. See docs/decisions/0005-activities-of-their-own.md.
 */
export function handover(client: Client, taskQueue: string): Handover {
  return {
    async notices(notices) {
      await Promise.all(
        notices.map(({ id }) =>
          once(() =>
            client.activity.start<NoticeActivities['deliverNotice']>('deliverNotice', {
              ...ONCE,
              id: `notice-${id}`,
              taskQueue,
              args: [{ noticeId: id }],
              startToCloseTimeout: '45 seconds',
              scheduleToCloseTimeout: NOTICE_TRIED_FOR,
              retry: {
                initialInterval: '2 seconds',
                maximumInterval: '5 minutes',
                nonRetryableErrorTypes: ['CaseKeyErased'],
              },
            }),
          ),
        ),
      );
    },
    async preCheck(caseNumber, round, now) {
      await once(() =>
        client.activity.start<PreCheckActivities['runPreCheck']>('runPreCheck', {
          ...ONCE,
          id: `pre-check-${caseNumber}-${round}`,
          taskQueue,
          args: [{ caseNumber, round, now }],
          startToCloseTimeout: '1 minute',
          scheduleToCloseTimeout: PRE_CHECK_TRIED_FOR,
          retry: {
            initialInterval: '2 seconds',
            maximumInterval: '5 minutes',
            nonRetryableErrorTypes: ['CaseUnknown', 'CaseKeyErased'],
          },
        }),
      );
    },
  };
}

async function once(start: () => Promise<unknown>): Promise<void> {
  try {
    await start();
  } catch (error) {
    if (!(error instanceof ActivityExecutionAlreadyStartedError)) throw error;
  }
}
