import type { DeliveryReceipt } from '../../activities/notices/port.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Notes what became of a message. One for a notice we do not have is taken all the same: the gateway would repeat it. */
export async function applyReceipt(deps: ApiDependencies, receipt: DeliveryReceipt): Promise<void> {
  const effect = await deps.noteReceipt(receipt);
  if (effect.kind === 'unknown-notice') {
    deps.log.warn({ status: receipt.status }, 'receipt for an unknown notice');
  }
}
