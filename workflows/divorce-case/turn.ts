import type { CaseSnapshot, RecordInput } from '../../activities/records/port.ts';
import { nextWake } from '../../domain/case/next-wake.ts';
import type { CaseState, PendingNotice } from '../../domain/case/state.ts';
import type { Step } from '../../domain/case/step.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import { noticeOrders } from './notice-orders.ts';

/** Who did a step, and which. */
export type Doer = NonNullable<RecordInput['by']>;

/** Everything one turn of the case writes. */
export function turnOf(
  state: CaseState,
  baseSeq: number,
  steps: readonly Step[],
  due: readonly PendingNotice[],
  now: EpochMs,
  by: Doer | undefined,
): RecordInput {
  return {
    caseNumber: state.caseNumber,
    steps,
    baseSeq,
    notices: noticeOrders(state, due, now),
    now,
    snapshot: snapshotOf(state),
    ...(by ? { by: doerOf(by) } : {}),
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
