import { applyReceipt as apply } from '../../activities/notices/apply-receipt.ts';
import type { DeliveryReceipt } from '../../activities/notices/port.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Notes what became of a message. One for a notice we do not have is taken all the same: the gateway would repeat it. */
export async function applyReceipt(deps: ApiDependencies, receipt: DeliveryReceipt): Promise<void> {
  const { receiptStore: receipts, deliveries, signals } = deps;
  const effect = await apply({ receipts, deliveries, signals }, receipt, receipt.reference, deps.now());
  if (effect.kind === 'unknown-notice') {
    deps.log.warn({ status: receipt.status }, 'receipt for an unknown notice');
  }
}
