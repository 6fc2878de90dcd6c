import type { Channel, NoticeKind } from '../reminders/kinds.ts';
import { channelsFor } from '../reminders/policy.ts';
import { nextAllowed } from '../reminders/quiet-hours.ts';
import type { EpochMs } from '../zoned-time.ts';
import type { ActNotice, Effect } from './act-rule.ts';
import { type CaseState, patched, type PendingNotice } from './state.ts';
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
 * happened and when. Its number does not: an engine that lost a turn may number the next one alike.
 */
export function stepKey(step: Pick<Step, 'kind' | 'at' | 'detail'>, actId?: string): string {
  if (actId !== undefined) return actId;
  const code = step.detail['code'];
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
  return { step, state: planNow(moved, effect.notices ?? [], at, stepKey(step, actId)) };
}

/** Adds notices that are due now, or in the next hours in which messages may be sent, for those who can be reached. */
function planNow(state: CaseState, notices: readonly ActNotice[], at: EpochMs, occasion: string): CaseState {
  const added = notices.flatMap(({ kind, parties }): PendingNotice[] => {
    const reached = parties.filter((party) => channelsTo(state, kind, party).length > 0);
    if (reached.length === 0) return [];
    const { deadlineVersion } = state;
    return [{ kind, dueAt: nextAllowed(at), deadlineVersion, offsetDays: 0, parties: reached, occasion }];
  });
  if (added.length === 0) return state;
  return patched(state, { planned: [...state.planned, ...added].sort((x, y) => x.dueAt - y.dueAt) });
}

/** The channels of a kind on which a party can be reached, in the order they are tried. */
export function channelsTo(state: CaseState, kind: NoticeKind, party: PartyLabel): Channel[] {
  return channelsFor(kind).filter((channel) => channel === 'sms' || state.mailable.includes(party));
}
