import type { Act, Role } from '../../domain/case/vocabulary.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';

/** What the API answers about a case, as far as the benchmark reads it. */
export interface CaseAnswer {
  readonly caseNumber: string;
  readonly stage: string;
  readonly clock?: { readonly claimFirstWorkingDay: string };
}

export interface ShownNotice {
  readonly kind: string;
  readonly party: string;
  readonly state: string;
}

/** Whatever a case is driven through. */
export interface CaseDesk {
  openRehearsal(application: object): Promise<CaseAnswer>;
  importRunning(application: object, receivedOn: string): Promise<CaseAnswer>;
  act(caseNumber: string, act: Act, role: Role, body: object): Promise<CaseAnswer>;
  move(caseNumber: string, to: EpochMs): Promise<void>;
  /** How often a request had to be sent again because the system was too busy. */
  repeated(): number;
  notices(caseNumber: string): Promise<readonly ShownNotice[]>;
}
