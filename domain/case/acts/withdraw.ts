import { withdrawalOpen } from '../../clock/clock-windows.ts';
import type { ActRule } from '../act-rule.ts';

/**
 * 撤回: either party alone, in person, at the accepting office, up to closing time on the last day of the
 * cooling-off period (民法典 1077, 203). The other party hears of it unless the safety flag forbids.
 */
export const withdraw: ActRule<'withdraw'> = {
  refuse: (state, input, { now }) => {
    if (!state.clock) return 'ACT_NOT_ALLOWED';
    if (input.venueId !== state.acceptingVenueId) return 'WRONG_OFFICE';
    return withdrawalOpen(state.clock, now, state) ? undefined : 'AFTER_CLOSING';
  },
  effect: (_state, { party }) => ({
    patch: { outcome: 'withdrawn', withdrawnBy: party, planned: [] },
    detail: { party },
    happened: { on: 'withdrawn', actor: party },
  }),
};
