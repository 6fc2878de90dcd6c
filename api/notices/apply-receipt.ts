import { type DeliveryReceipt, type DeliveryStatus, isProgress } from '../../activities/notices/port.ts';
import type { Notice } from '../../prisma/generated/client.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** How far a notice is known to have come, on the scale of receipts; undefined before it was handed over. */
const KNOWN: Readonly<Record<string, DeliveryStatus | undefined>> = {
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
};

/**
 * Notes what became of a message. A receipt only ever tells more than is known: repeated and late ones change
 * nothing. One for a notice we do not have is ignored, since the gateway would only repeat it.
 */
export async function applyReceipt(deps: ApiDependencies, receipt: DeliveryReceipt): Promise<void> {
  // That the gateway has it we know from its own answer.
  if (receipt.status === 'queued') return;
  const notice = await deps.db.notice.findUnique({ where: { id: receipt.reference } });
  if (!notice) {
    deps.log.warn({ status: receipt.status }, 'receipt for an unknown notice');
    return;
  }
  if (!isProgress(KNOWN[notice.state], receipt.status)) return;
  const { count } = await deps.db.notice.updateMany({
    // Another receipt at the same time: only one may build on what was read.
    where: { id: notice.id, state: notice.state },
    data: changes(notice, receipt, new Date(deps.now())),
  });
  if (count === 0) await applyReceipt(deps, receipt);
}

function changes(notice: Notice, { status, providerId, errorCode }: DeliveryReceipt, at: Date) {
  return {
    state: status,
    providerId,
    sentAt: notice.sentAt ?? at,
    ...(status === 'delivered' ? { deliveredAt: at, lastError: null } : {}),
    ...(errorCode === undefined ? {} : { lastError: `gateway ${errorCode}` }),
  };
}
