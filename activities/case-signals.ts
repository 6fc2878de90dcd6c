import type { AttentionCode } from '../domain/case/vocabulary.ts';

/** Tells a case a fact that an activity found out while it was trying. */
export interface CaseSignals {
  /** A case that has ended is not told. */
  attention(caseNumber: string, code: AttentionCode, raised: boolean): Promise<void>;
}

/** A person is told after this many attempts in vain; earlier ones are everyday noise. */
export const ATTEMPTS_BEFORE_ATTENTION = 3;
