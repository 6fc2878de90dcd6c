import { ApplicationFailure, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { RecordedSteps } from '../../activities/records/port.ts';
import type { ActInput } from '../../domain/case/act-input.ts';
import { catchUp } from '../../domain/case/catch-up.ts';
import { decide } from '../../domain/case/decide.ts';
import { withoutNoticeAttention } from '../../domain/case/attention.ts';
import { nextDeadline, takeDueNotices } from '../../domain/case/next-wake.ts';
import { isEmpty, keysOf, planDifference, reachable } from '../../domain/case/plan-change.ts';
import { type ActAnswer, type CaseState, patched, type PendingNotice } from '../../domain/case/state.ts';
import type { Step } from '../../domain/case/step.ts';
import { awaitsArchive, isOpen } from '../../domain/procedure.ts';
import { caseSearchAttributes } from '../search-attributes.ts';
import { ACT_REFUSED, type RefusalDetail } from '../messages.ts';
import { recordTurn } from './activities.ts';
import { type Doer, turnOf } from './turn.ts';
import { Turnstile } from './turnstile.ts';

/** A change to the case that no act asked for; undefined when there is nothing to change. */
type Change = (state: CaseState, now: number) => { state: CaseState; steps: readonly Step[] } | undefined;

/**
 * Holds the case's state and lets one turn at a time change it. A turn is decided by `domain/case`, written by
 * one transaction, and only then becomes the state: what the database refuses has not happened.
 */
export class CaseDesk {
  private current: CaseState;
  /** The plan as the record has it. */
  private planned: readonly PendingNotice[];
  private shownAttributes: string | undefined;
  private readonly turnstile = new Turnstile();

  /** @param planned what is on record of the plan already: nothing of a new case */
  constructor(state: CaseState, planned: readonly PendingNotice[] = []) {
    this.current = state;
    this.planned = reachable(state, planned);
  }

  get state(): CaseState {
    return this.current;
  }

  get quiet(): boolean {
    return this.turnstile.empty;
  }

  /** Why the act would be refused now; undefined when it would be done. Synchronous: it is the validator. */
  refusal(input: ActInput): RefusalDetail | undefined {
    if (this.current.answers[input.actId]) return undefined;
    const decision = decide(this.current, input, Date.now());
    return decision.ok ? undefined : { reason: decision.reason, stage: decision.stage };
  }

  /** Does an act once; the same `actId` again gets the first answer. @throws ActRefused */
  act(input: ActInput): Promise<ActAnswer> {
    return this.turnstile.pass(async () => {
      const before = this.current.answers[input.actId];
      if (before) return before;
      // Another act may have been done while this one waited for its turn.
      const decision = decide(this.current, input, Date.now());
      if (!decision.ok) throw refused({ reason: decision.reason, stage: decision.stage });
      return this.commit(decision.state, decision.steps, { ...input, kind: input.act });
    });
  }

  /** Lets the clock do what is due and hands over the notices that are due. */
  advance(): Promise<void> {
    return this.change((state, now) => catchUp(state, now));
  }

  /** Applies a fact from outside, after the clock has been let run. */
  change(change: Change, by?: Doer): Promise<void> {
    return this.turnstile.pass(async () => {
      const changed = change(this.current, Date.now());
      if (!changed) return;
      const now = Date.now();
      const { state, due } = takeDueNotices(changed.state, now);
      const plan = planDifference(this.planned, state, due, changed.steps, now);
      if (changed.steps.length === 0 && due.length === 0 && isEmpty(plan)) this.current = state;
      else await this.commit(changed.state, changed.steps, by);
    });
  }

  /** Lets the clock do what is due, and writes the whole picture of the case again, whether or not it has changed. */
  rewrite(change: Change = (state) => ({ state, steps: [] })): Promise<void> {
    return this.turnstile.pass(async () => {
      const changed = change(this.current, Date.now());
      if (!changed || this.isBeingArchived) return;
      const { state, steps } = catchUp(changed.state, Date.now());
      await this.commit(state, [...changed.steps, ...steps], undefined, true);
    });
  }

  /** All has been told, and the archive writes the last of the record: nobody else may then. */
  get isBeingArchived(): boolean {
    return awaitsArchive(this.current.stage) && this.current.planned.length === 0;
  }

  private async commit(
    next: CaseState,
    steps: readonly Step[],
    by?: Doer,
    whole = false,
  ): Promise<ActAnswer> {
    const now = Date.now();
    const { state, due: dueNow } = takeDueNotices(next, now);
    const ahead = next.planned.filter(({ dueAt }) => dueAt > now);
    const baseSeq = this.current.seq;
    const changed = planDifference(this.planned, state, dueNow, steps, now);
    // The record may lack any of it: all that is planned is told again, and what is on its way is ordered again.
    const add = whole ? state.planned.filter(({ ordered }) => !ordered) : changed.add;
    // Then, and when the case has ended, the record must show nothing that the case does not know of.
    const all = whole || !isOpen(state.stage);
    const standing = reachable(state, [...state.planned, ...dueNow]).flatMap((each) =>
      keysOf(state.caseNumber, each),
    );
    const plan = { ...changed, add, ...(all ? { standing } : {}) };
    const due = whole ? [...dueNow, ...ahead.filter((each) => each.ordered)] : dueNow;
    const recorded = await recordTurn(turnOf({ state, baseSeq, steps, due, plan, by }, now));
    this.planned = reachable(state, state.planned);
    const answer = answerOf(state, recorded);
    const { seq } = recorded;
    this.current = by
      ? patched(state, { seq, answers: { ...state.answers, [by.actId]: answer } })
      : patched(state, { seq });
    this.showAttributes();
    return answer;
  }

  /** Visibility is the dearest part of the engine: written once for all attributes, and only when they differ. */
  private showAttributes(): void {
    // The registered stage lasts until the volume is sealed, a moment later; that write shows both.
    if (this.current.stage === 'registered' && this.current.attention.length === 0) return;
    const deadline = nextDeadline(this.current);
    const shown = JSON.stringify([this.current.stage, deadline?.at, this.current.attention.length > 0]);
    if (shown === this.shownAttributes) return;
    this.shownAttributes = shown;
    upsertSearchAttributes(
      caseSearchAttributes({
        stage: this.current.stage,
        venueId: this.current.acceptingVenueId ?? this.current.venueId,
        nextDeadline: deadline?.at,
        needsAttention: this.current.attention.length > 0,
      }),
    );
  }

  /** The engine asks for a fresh history. */
  get wantsFreshHistory(): boolean {
    return workflowInfo().continueAsNewSuggested;
  }

  /** The archive activity has written its own step; the state follows it. */
  archived(seq: number): void {
    const { attention, flags } = withoutNoticeAttention(this.current);
    this.current = patched(this.current, { stage: 'archived', seq, attention, flags });
    this.showAttributes();
  }
}

function answerOf(state: CaseState, recorded: RecordedSteps): ActAnswer {
  return {
    seq: recorded.seq,
    stage: state.stage,
    ...(recorded.receiptNumber ? { receiptNumber: recorded.receiptNumber } : {}),
    ...(recorded.certificateNumber ? { certificateNumber: recorded.certificateNumber } : {}),
  };
}

export function refused(detail: RefusalDetail): ApplicationFailure {
  return ApplicationFailure.create({
    type: ACT_REFUSED,
    message: detail.reason,
    nonRetryable: true,
    details: [detail],
  });
}
