import type { ActRule } from '../act-rule.ts';

/** A reviewer ends the pre-check with a legal ground. A person always makes a negative decision. */
export const reject: ActRule<'reject'> = {
  refuse: (state, input) => (input.checkedRound === state.preCheckRound ? undefined : 'PRE_CHECK_RUNNING'),
  effect: (_state, input) => ({
    patch: { outcome: 'rejected', lapsesAt: undefined, planned: [] },
    detail: { reason: input.reason },
  }),
};
