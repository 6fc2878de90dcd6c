import type { ActBase } from '../../domain/case/act-input.ts';
import type { Wake } from '../../domain/case/next-wake.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { CancelReason } from '../../domain/case/plan-change.ts';
import type { Step } from '../../domain/case/step.ts';
import type { NoticeDates, NoticeOrder } from '../../domain/reminders/notice-order.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';

export type { NoticeDates, NoticeOrder };

/** How the plan of a case differs after a turn. */
export interface PlanChange {
  /** Planned for later; those on record already are left as they are. */
  readonly add: readonly NoticeOrder[];
  /** Keys of notices that are neither due nor planned any more; what has left already stays as it is. */
  readonly cancel: readonly string[];
  readonly reason?: CancelReason;
  /** Keys of all that stands: whatever else of the case is on record as planned is taken back. */
  readonly standing?: readonly string[];
}

/** What the case row shows of a case. */
export type CaseSnapshot = Pick<
  CaseState,
  | 'stage'
  | 'stageSince'
  | 'outcome'
  | 'flags'
  | 'attention'
  | 'acceptingVenueId'
  | 'deadlineVersion'
  | 'clock'
> & { readonly nextWake?: Wake };

/** What {@link CaseState} is rebuilt from; calendar and policy are looked up again by their versions. */
export type ResumeState = Omit<CaseState, 'calendar' | 'policy'> & { readonly policyVersion?: string };

/** Everything one turn of a case writes. */
export interface RecordInput {
  readonly caseNumber: string;
  readonly steps: readonly Step[];
  /** Number of the last step before this turn, as the case knows it. */
  readonly baseSeq: number;
  /** Who did the step of this kind; the other steps are the clock's. */
  readonly by?: ActBase & { readonly kind: Step['kind'] };
  /** Ordered in this turn: to be sent at their `dueAt`, or now when that has passed. */
  readonly notices: readonly NoticeOrder[];
  readonly plan?: PlanChange;
  /** The case's whole state without calendar and policy, to start the case again should the engine lose it. */
  readonly resume?: ResumeState;
  readonly snapshot: CaseSnapshot;
  /** The case's own time. */
  readonly now: EpochMs;
}

export interface RecordedSteps {
  /** Number of the last step on record; the case goes on counting from it. */
  readonly seq: number;
  readonly receiptNumber?: string | undefined;
  readonly certificateNumber?: string | undefined;
}

export interface RecordPort {
  /** One transaction; repeating it with the same steps changes nothing and answers the same. */
  record(input: RecordInput): Promise<RecordedSteps>;
}
