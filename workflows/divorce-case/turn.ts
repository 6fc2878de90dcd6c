import type { CaseSnapshot, PlanChange, RecordInput, ResumeState } from '../../activities/records/port.ts';
import { nextWake } from '../../domain/case/next-wake.ts';
import type { PlanDifference } from '../../domain/case/plan-change.ts';
import { type CaseState, patched, type PendingNotice } from '../../domain/case/state.ts';
import type { Step } from '../../domain/case/step.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import { noticeOrders } from '../../domain/case/notice-orders.ts';

/** Who did a step, and which. */
export type Doer = NonNullable<RecordInput['by']>;

/** What happened in one turn of the case. */
export interface Turn {
  /** The case at its end. */
  readonly state: CaseState;
  readonly baseSeq: number;
  readonly steps: readonly Step[];
  /** Notices to be ordered. */
  readonly due: readonly PendingNotice[];
  readonly plan: PlanDifference;
  readonly by?: Doer | undefined;
}

/** Everything one turn of the case writes. */
export function turnOf({ state, baseSeq, steps, due, plan, by }: Turn, now: EpochMs): RecordInput {
  return {
    caseNumber: state.caseNumber,
    steps,
    baseSeq,
    notices: noticeOrders(state, due, now),
    plan: planOf(state, plan, now),
    resume: resumeOf(state, by),
    now,
    snapshot: snapshotOf(state),
    ...(by ? { by: doerOf(by) } : {}),
  };
}

function planOf(
  state: CaseState,
  { add, cancel, reason, standing }: PlanDifference,
  now: EpochMs,
): PlanChange {
  return {
    add: noticeOrders(state, add, now),
    cancel,
    ...(reason ? { reason } : {}),
    ...(standing ? { standing } : {}),
  };
}

/** Numbers drawn in this turn are not known yet: they stand in the record beside it. */
function resumeOf(state: CaseState, by: Doer | undefined): ResumeState {
  const { seq, stage, answers, policy } = state;
  return {
    ...patched(state, { calendar: undefined, policy: undefined }),
    answers: by ? { ...answers, [by.actId]: { seq, stage } } : answers,
    ...(policy ? { policyVersion: policy.version } : {}),
  };
}

/** The act's body stays behind: the step's detail has what the record needs of it. */
function doerOf({ kind, actId, actor, role, venueId, sealed }: Doer): Doer {
  return { kind, actId, actor, role, venueId, ...(sealed ? { sealed } : {}) };
}

function snapshotOf(state: CaseState): CaseSnapshot {
  const { stage, stageSince, flags, attention, deadlineVersion, outcome, acceptingVenueId, clock } = state;
  const wake = nextWake(state);
  return {
    stage,
    stageSince,
    flags,
    attention,
    deadlineVersion,
    ...(outcome ? { outcome } : {}),
    ...(acceptingVenueId ? { acceptingVenueId } : {}),
    ...(clock ? { clock } : {}),
    ...(wake ? { nextWake: wake } : {}),
  };
}
