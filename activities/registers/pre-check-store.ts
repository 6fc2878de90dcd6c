import type { Application } from '../../domain/application/application.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';

export const SEVERITIES = ['blocks', 'person', 'informs'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a check found. `ref` names the party or document it is about. */
export interface FoundPoint {
  readonly code: string;
  readonly severity: Severity;
  readonly basis: string;
  readonly ref: string;
}

export interface PreCheckStore {
  load(caseNumber: string): Promise<Application>;
  /** Other cases of the same couple that are not ended, in the same realm. */
  otherOpenCases(caseNumber: string): Promise<number>;
  /** Replaces the findings of this round and notes that the round is done. */
  save(caseNumber: string, round: number, found: readonly FoundPoint[], at: EpochMs): Promise<void>;
}
