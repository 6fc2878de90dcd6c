import type { Client } from '@temporalio/client';
import type { Deliveries } from '../activities/notices/delivery-port.ts';
import type { Handover } from '../activities/records/handover-port.ts';
import type { NoticeOrder } from '../activities/records/port.ts';
import { sendAtOf } from '../domain/reminders/send-at.ts';
import type { PreCheckActivities } from '../activities/registers/run-pre-check.ts';
import { type CaseNumber, isRehearsal } from '../domain/numbers.ts';
import { firstGatewayChannel } from '../domain/reminders/delivery.ts';
import type { GatewayChannel } from '../domain/reminders/kinds.ts';
import type { EpochMs } from '../domain/zoned-time.ts';
import { once, ONCE } from './start-once.ts';

/** A register may be closed over a long holiday; the reviewer waits with the case. */
const PRE_CHECK_TRIED_FOR = '30 days';

/**
 * Hands work over as activities of their own, each started by its key: the engine refuses a second one, retries
 * the first until it succeeds, and the case's history stays short. See docs/decisions/0005-activities-of-their-own.md.
 */
export function handover(client: Client, taskQueue: string, deliveries: Deliveries): Handover {
  return {
    async notices(notices) {
      for (const [at, channels] of looksOf(notices, Date.now())) await deliveries.due([...channels], at);
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

/** Each hour at which something of these is to be sent, with the channels it goes by first. */
function looksOf(notices: readonly NoticeOrder[], now: EpochMs): Map<EpochMs, Set<GatewayChannel>> {
  const looks = new Map<EpochMs, Set<GatewayChannel>>();
  for (const order of notices) {
    const channel = firstGatewayChannel(order.channels);
    const caseNumber = order.id.slice(0, order.id.indexOf('/')) as CaseNumber;
    const at = sendAtOf(order, isRehearsal(caseNumber) ? 'rehearsal' : 'live', now);
    if (channel) looks.set(at, (looks.get(at) ?? new Set()).add(channel));
  }
  return looks;
}
