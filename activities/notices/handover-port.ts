import type { NoticeOrder } from '../records/port.ts';

/** Hands recorded notices to those who send them, outside the case's own history. */
export interface NoticeHandover {
  /** Safe to repeat: a notice already handed over is left alone. */
  handOver(caseNumber: string, notices: readonly NoticeOrder[]): Promise<void>;
}
