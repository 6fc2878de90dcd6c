import { mayAct, nextStage } from '../procedure.ts';
import type { EpochMs } from '../zoned-time.ts';
import { ACT_RULES } from './acts/index.ts';
import type { ActInput } from './act-input.ts';
import { type ActRule, momentAt } from './act-rule.ts';
import { catchUp } from './catch-up.ts';
import type { Refusal } from './refusals.ts';
import type { CaseState } from './state.ts';
import { type Step, takeStep } from './step.ts';
import type { Act, Stage } from './vocabulary.ts';

export type Decision =
  | { readonly ok: true; readonly state: CaseState; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly reason: Refusal; readonly stage: Stage };

/**
 * Whether an act is lawful at `now`, and what it makes of the case. The clock is let run first, so that an act
 * a second after midnight meets the case as the law has it, not as the last timer left it.
 */
export function decide(state: CaseState, input: ActInput, now: EpochMs): Decision {
  const { state: present, steps } = catchUp(state, now);
  const reason = refusal(present, input, now);
  if (reason) return { ok: false, reason, stage: present.stage };
  const to = nextStage(present.stage, input.act);
  if (to === undefined) return { ok: false, reason: 'ACT_NOT_ALLOWED', stage: present.stage };
  const rule = ruleOf(input.act);
  const effect = rule.effect?.(present, input, momentAt(now)) ?? {};
  const stepped = takeStep(present, input.act, to, now, effect, input.actId);
  return { ok: true, state: stepped.state, steps: [...steps, stepped.step] };
}

function refusal(state: CaseState, input: ActInput, now: EpochMs): Refusal | undefined {
  if (!mayAct(input.role, input.act)) return 'ROLE_NOT_ALLOWED';
  if (nextStage(state.stage, input.act) === undefined) return whyNot(state, input.act);
  return ruleOf(input.act).refuse?.(state, input, momentAt(now));
}

/** The table has no such act here: for the acts the law ties to a period, say which period. */
function whyNot(state: CaseState, act: Act): Refusal {
  const claims =
    act === 'register' || act === 'review' || act === 'check-in' || act === 'refuse-registration';
  if (claims && state.stage === 'cooling-off') return 'WITHIN_COOLING_OFF';
  if (claims && state.outcome === 'deemed-withdrawn') return 'OUTSIDE_P2';
  if (act === 'withdraw' && state.stage === 'confirmation') return 'COOLING_OFF_OVER';
  return 'ACT_NOT_ALLOWED';
}

/** The table of rules is typed per act; here any act meets its own rule. */
function ruleOf(act: Act): ActRule<Act> {
  return ACT_RULES[act] as ActRule<Act>;
}
