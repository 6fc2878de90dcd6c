import type { EpochMs } from '../../domain/zoned-time.ts';
import type { CaseSignals } from '../case-signals.ts';
import { applyReceipt, type ReceiptStore } from '../notices/apply-receipt.ts';
import type { Deliveries } from '../notices/delivery-port.ts';
import type { MessageStatus, SmsGateway } from '../notices/port.ts';
import type { LateReceipts } from './port.ts';

export interface LateReceiptDependencies {
  readonly sms: Pick<SmsGateway, 'statusOf'>;
  readonly receipts: ReceiptStore;
  readonly deliveries: Deliveries;
  readonly signals: CaseSignals;
  /** The gateway's name for the message that a notice was last handed over as; undefined when it has none. */
  readonly messageOf: (noticeId: string) => Promise<string | undefined>;
  readonly now: () => EpochMs;
}

/** Error code of a message that the gateway, asked after hours, cannot say has arrived. */
export const NO_RECEIPT = 'NO_RECEIPT';

/**
 * Asks what became of messages without a receipt. What the gateway knows is noted like a receipt; what it does not know
 * after hours counts as not arrived, and the notice goes on to its next channel. Should the receipt come after all,
 * proof of delivery still wins.
 */
export function lateReceipts(deps: LateReceiptDependencies): LateReceipts {
  return {
    async settle(noticeId) {
      const providerId = await deps.messageOf(noticeId);
      if (providerId === undefined) return;
      const known = await deps.sms.statusOf(providerId);
      const status = known && isOutcome(known) ? known : notArrived(providerId);
      await applyReceipt(deps, status, noticeId, deps.now());
    },
  };
}

function isOutcome({ status }: MessageStatus): boolean {
  return status === 'delivered' || status === 'undelivered' || status === 'failed';
}

function notArrived(providerId: string): MessageStatus {
  return { providerId, status: 'undelivered', errorCode: NO_RECEIPT, failure: 'permanent' };
}
