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
