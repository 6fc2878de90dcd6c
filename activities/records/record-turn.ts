import type { NoticeHandover } from '../notices/handover-port.ts';
import type { RecordedSteps, RecordInput, RecordPort } from './port.ts';

export interface RecordActivities {
  recordTurn(input: RecordInput): Promise<RecordedSteps>;
}

/** Writes one turn of a case. Notices are handed over only after they are on record, never before. */
export function recordActivities(records: RecordPort, handover: NoticeHandover): RecordActivities {
  return {
    async recordTurn(input) {
      const recorded = await records.record(input);
      if (input.notices.length > 0) await handover.handOver(input.caseNumber, input.notices);
      return recorded;
    },
  };
}
