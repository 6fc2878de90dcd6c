import type { EpochMs } from '../../domain/zoned-time.ts';
import type { NoticeOrder } from './port.ts';

/**
 * Hands recorded work to those who do it beside the case: each piece is an activity of its own, started by its
 * key. Safe to repeat: what was handed over already is left alone.
 */
export interface Handover {
  notices(notices: readonly NoticeOrder[]): Promise<void>;
  preCheck(caseNumber: string, round: number, now: EpochMs): Promise<void>;
}
