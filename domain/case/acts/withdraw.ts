import { audience } from '../../reminders/audience.ts';
import { timeAt } from '../../zoned-time.ts';
import type { ActRule } from '../act-rule.ts';

/**
 * 撤回: either party alone, in person, at the accepting office, up to closing time on the last day of the
 * cooling-off period (民法典 1077, 203). The other party hears of it unless the safety flag forbids.
 */
export const withdraw: ActRule<'withdraw'> = {
  refuse: (state, input, { now, today }) => {
    if (input.venueId !== state.acceptingVenueId) return 'WRONG_OFFICE';
    const lastDay = state.clock?.coolingOffLastDay;
    if (today === lastDay && timeAt(now) >= state.closes && !provisionalEnd(state.clock))
      return 'AFTER_CLOSING';
    return undefined;
  },
  effect: (state, input) => ({
    patch: { outcome: 'withdrawn', planned: [] },
    detail: { party: input.party },
    notices: [
      {
        kind: 'withdrawn',
        parties: audience('withdrawn', { withdrawnBy: input.party, safety: state.safety.length > 0 }),
      },
    ],
  }),
};

function provisionalEnd(clock: { readonly provisionalDates: readonly string[] } | undefined): boolean {
  return clock?.provisionalDates.includes('coolingOffLastDay') ?? false;
}
