import type { Step } from '../../domain/case/step.ts';
import type { Handover } from './handover-port.ts';
import type { RecordedSteps, RecordInput, RecordPort } from './port.ts';

export interface RecordActivities {
  recordTurn(input: RecordInput): Promise<RecordedSteps>;
}

/** Writes one turn of a case. What follows from it is handed over only after it is on record, never before. */
export function recordActivities(records: RecordPort, handover: Handover): RecordActivities {
  return {
    async recordTurn(input) {
      const recorded = await records.record(input);
      if (input.notices.length > 0) await handover.notices(input.notices);
      const round = submittedRound(input.steps);
      if (round !== undefined) await handover.preCheck(input.caseNumber, round, input.now);
      return recorded;
    },
  };
}

function submittedRound(steps: readonly Step[]): number | undefined {
  const round = steps.find(({ kind }) => kind === 'submit')?.detail['round'];
  return typeof round === 'number' ? round : undefined;
}
