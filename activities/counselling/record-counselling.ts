import type { CounsellingOpening, CounsellingState } from '../../domain/counselling/counselling.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';

export interface CounsellingTurn {
  readonly state: CounsellingState;
  readonly actId: string;
  readonly actor: string;
  readonly role: string;
  readonly act: string;
  readonly now: EpochMs;
}

export interface CounsellingRecords {
  /** One transaction: row and audit; repeating it changes nothing. */
  record(turn: CounsellingTurn): Promise<void>;
}

/** Starts the counselling workflow beside its case. */
export interface CounsellingStarter {
  startCounsellingApart(opening: CounsellingOpening): Promise<void>;
}

export interface CounsellingActivities extends CounsellingStarter {
  recordCounselling(turn: CounsellingTurn): Promise<void>;
}

export function counsellingActivities(
  records: CounsellingRecords,
  starter: CounsellingStarter,
): CounsellingActivities {
  return {
    recordCounselling: (turn) => records.record(turn),
    startCounsellingApart: (opening) => starter.startCounsellingApart(opening),
  };
}
