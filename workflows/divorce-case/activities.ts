import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type * as archive from '../../activities/archive/archive-case.ts';
import type * as records from '../../activities/records/record-turn.ts';
import type { CounsellingActivities } from '../../activities/counselling/record-counselling.ts';

type Records = ReturnType<typeof records.recordActivities>;
type Archive = ReturnType<typeof archive.archiveActivities>;

const NEVER_RETRY = ['ActRefused', 'CaseUnknown', 'CaseKeyErased'];

/** The database is near and a turn is one short transaction: local first, it costs one event. */
const local = proxyLocalActivities<Records>({
  startToCloseTimeout: '5 seconds',
  scheduleToCloseTimeout: '8 seconds',
  retry: {
    initialInterval: '200 milliseconds',
    maximumInterval: '2 seconds',
    nonRetryableErrorTypes: NEVER_RETRY,
  },
});

/** The database is away: wait for it as long as it takes, visibly. */
const patient = proxyActivities<Records>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', nonRetryableErrorTypes: NEVER_RETRY },
});

/** One turn of the case is written; repeating it changes nothing, so it may be tried both ways. */
export async function recordTurn(
  input: Parameters<Records['recordTurn']>[0],
): Promise<Awaited<ReturnType<Records['recordTurn']>>> {
  try {
    return await local.recordTurn(input);
  } catch {
    return await patient.recordTurn(input);
  }
}

/** Sealing waits until every notice has been handed over, so it may be tried many times. */
export const { archiveCase } = proxyActivities<Archive>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '10 minutes', nonRetryableErrorTypes: NEVER_RETRY },
});

export const { startCounsellingApart } = proxyActivities<
  Pick<CounsellingActivities, 'startCounsellingApart'>
>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});
