import type { ActRule } from '../act-rule.ts';
import { lapseAfter, PRE_CHECK_VALID_DAYS } from '../state.ts';

/** A reviewer passes the pre-check; the couple may now come to a counter. */
export const pass: ActRule<'pass'> = {
  refuse: (state, input) => (input.checkedRound === state.preCheckRound ? undefined : 'PRE_CHECK_RUNNING'),
  effect: (_state, _input, { now }) => ({
    patch: { lapsesAt: lapseAfter(now, PRE_CHECK_VALID_DAYS) },
    happened: { on: 'passed' },
  }),
};
