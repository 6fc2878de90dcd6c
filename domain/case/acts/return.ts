import type { ActRule } from '../act-rule.ts';
import { CORRECTION_DAYS, lapseAfter } from '../state.ts';

/** A reviewer asks for what is missing; the applicants have {@link CORRECTION_DAYS} days. */
export const returnForCorrection: ActRule<'return'> = {
  refuse: (state, input) => (input.checkedRound === state.preCheckRound ? undefined : 'PRE_CHECK_RUNNING'),
  effect: (_state, input, { now }) => ({
    patch: { lapsesAt: lapseAfter(now, CORRECTION_DAYS) },
    detail: { missing: input.missing },
    happened: { on: 'returned' },
  }),
};
