import type { ActRule } from '../act-rule.ts';
import { windowIsOver } from '../claim-refusal.ts';

/** A supervisor ends a case whose couple had checked in on the last day and left without a registration. */
export const expire: ActRule<'expire'> = {
  refuse: (state, _input, at) => {
    if (!windowIsOver(state, at)) return 'WINDOW_STILL_OPEN';
    return state.clock?.provisionalDates.includes('claimLastDay') ? 'CLOCK_PROVISIONAL' : undefined;
  },
  effect: () => ({
    patch: { outcome: 'deemed-withdrawn', planned: [] },
    happened: { on: 'deemed-withdrawn' },
  }),
};
