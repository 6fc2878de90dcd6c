import type { GatewayChannel } from '../../domain/reminders/kinds.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';

/** Sees to it that queued notices leave. The database says which; this only says when to look. */
export interface Deliveries {
  /**
   * Looks for due notices of these channels at `sendAt` (real time; now when it has passed), never before, and at most
   * half a second later. Call it after the rows are committed. Safe to repeat: one look serves all notices of its moment.
   */
  due(channels: readonly GatewayChannel[], sendAt: EpochMs): Promise<void>;
}

/** The same for a delivery that leaves more behind than it could take. */
export interface Successors extends Deliveries {
  /** Starts up to `batches` more, from now on, no faster than the channel's rate has use for. */
  more(channel: GatewayChannel, batches: number): Promise<void>;
}

/** Messages an account may be given in a second, by channel. */
export type SendingRates = Readonly<Record<GatewayChannel, number>>;

/** Notices one delivery takes: a tenth of a second's worth, so that an urgent one never waits for a long batch. */
export function batchSizeOf(perSecond: number): number {
  return Math.min(25, Math.max(1, Math.ceil(perSecond / 10)));
}
