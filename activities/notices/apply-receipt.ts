import type { GatewayChannel } from '../../domain/reminders/kinds.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type { CaseSignals } from '../case-signals.ts';
import type { Deliveries } from './delivery-port.ts';
import type { MessageStatus } from './port.ts';

/** What a receipt has brought about. */
export type ReceiptEffect =
  /** Known already, or of no consequence. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'noted' }
  /** The notice is to be tried again. */
  | { readonly kind: 'again'; readonly channel: GatewayChannel; readonly at: EpochMs }
  /** No gateway can reach the party. */
  | { readonly kind: 'lost'; readonly caseNumber: string }
  | { readonly kind: 'unknown-notice' };

/** Where receipts are noted, each in one transaction. */
export interface ReceiptStore {
  /** @param reference the notice's key, where the gateway repeats it */
  note(status: MessageStatus, reference: string | undefined, at: EpochMs): Promise<ReceiptEffect>;
}

/**
 * Notes what became of a message and starts what follows from it. Receipts come late, twice and out of order; one that
 * tells nothing new only makes sure that what it once brought about was started.
 * @param at real time
 */
export async function applyReceipt(
  deps: { readonly receipts: ReceiptStore; readonly deliveries: Deliveries; readonly signals: CaseSignals },
  status: MessageStatus,
  reference: string | undefined,
  at: EpochMs,
): Promise<ReceiptEffect> {
  // That the gateway has it we know from its own answer.
  if (status.status === 'queued') return { kind: 'nothing' };
  const effect = await deps.receipts.note(status, reference, at);
  if (effect.kind === 'again') await deps.deliveries.due([effect.channel], effect.at);
  if (effect.kind === 'lost') await deps.signals.attention(effect.caseNumber, 'NOTICE_FAILED', true);
  return effect;
}
