import type { ClockReading } from '../clock/periods.ts';
import { eventNotices } from '../reminders/plan-event.ts';
import { lapseReminders } from '../reminders/plan-lapse.ts';
import { earliestFirst, type PlannedNotice } from '../reminders/planned-notice.ts';
import type { Channel } from '../reminders/kinds.ts';
import type { EpochMs } from '../zoned-time.ts';
import type { Effect, Happened } from './act-rule.ts';
import { type CaseState, patched, policyOf } from './state.ts';
import type { Act, CaseEvent, PartyLabel, Stage } from './vocabulary.ts';

/** One step of a case as it is recorded: an act of a person, or what the clock or another system made happen. */
export interface Step {
  readonly seq: number;
  readonly kind: Act | CaseEvent;
  readonly at: EpochMs;
  readonly from: Stage;
  readonly to: Stage;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly allocate?: 'receipt' | 'certificate';
}

export interface Stepped {
  readonly state: CaseState;
  readonly step: Step;
}

/**
 * What makes a step the same step when it is recorded again: the act's own id, or for what no person did, what
 * happened and when. Its number does not: an engine that lost a turn may number the next one alike. A calendar told by
 * a batch is the same fact at any hour: heard again by a worker that comes after one that was killed, it must not be a
 * second step, nor tell the couple twice.
 */
export function stepKey(step: Pick<Step, 'kind' | 'at' | 'detail'>, actId?: string): string {
  if (actId !== undefined) return actId;
  const { code, recomputationId, after } = step.detail;
  if (typeof recomputationId === 'string') {
    return `${step.kind}:${recomputationId}@${(after as ClockReading).calendarVersion}`;
  }
  return `${step.kind}${typeof code === 'string' ? `:${code}` : ''}@${step.at}`;
}

/** Takes one step: moves the stage, applies the effect, and plans the notices it gives rise to. */
export function takeStep(
  state: CaseState,
  kind: Act | CaseEvent,
  to: Stage,
  at: EpochMs,
  effect: Effect = {},
  actId?: string,
): Stepped {
  const seq = state.seq + 1;
  const moved = patched(state, {
    ...effect.patch,
    seq,
    stage: to,
    stageSince: to === state.stage ? state.stageSince : at,
  });
  const step: Step = {
    seq,
    kind,
    at,
    from: state.stage,
    to,
    detail: effect.detail ?? {},
    ...(effect.allocate ? { allocate: effect.allocate } : {}),
  };
  const key = stepKey(step, actId);
  const told = effect.happened ? toldOf(moved, effect.happened, at, key) : [];
  const begun = moved.lapsesAt === state.lapsesAt ? [] : lapsesOf(moved, at, key);
  const added = [...told, ...begun];
  if (added.length === 0) return { step, state: moved };
  return { step, state: patched(moved, { planned: earliestFirst([...moved.planned, ...added]) }) };
}

/** What the policy wants told of an event, to those who can be reached. */
function toldOf(state: CaseState, happened: Happened, at: EpochMs, occasion: string): PlannedNotice[] {
  const { deadlineVersion, outcome, withdrawnBy, clock, lapsesAt } = state;
  const facts = { safety: state.safety.length > 0, outcome, withdrawnBy };
  const about = { clock, lapsesAt };
  return eventNotices(policyOf(state), { ...happened, at, deadlineVersion, occasion, facts, about }).flatMap(
    (notice) => {
      const parties = notice.parties.filter((party) => channelsTo(state, notice.channels, party).length > 0);
      return parties.length === 0 ? [] : [{ ...notice, parties }];
    },
  );
}

/** Reminders of the end that a stage just begun has by itself. */
function lapsesOf(state: CaseState, at: EpochMs, begunBy: string): PlannedNotice[] {
  const { stage, lapsesAt, deadlineVersion } = state;
  return lapsesAt === undefined
    ? []
    : lapseReminders(policyOf(state), { stage, lapsesAt, deadlineVersion, begunBy }, at);
}

/** Of the channels of a notice those on which a party can be reached, in the order they are tried. */
export function channelsTo(
  { mailable }: Pick<CaseState, 'mailable'>,
  channels: readonly Channel[],
  party: PartyLabel,
): Channel[] {
  return channels.filter((channel) => channel !== 'email' || mailable.includes(party));
}
