import type { ActRule } from '../act-rule.ts';
import { claimRefusal } from '../claim-refusal.ts';

/** 不予办理: the couple may come again while the window is open, so the stage stays. */
export const refuseRegistration: ActRule<'refuse-registration'> = {
  refuse: (state, input, at) => claimRefusal(state, input.venueId, at),
  effect: (_state, input) => ({ patch: { checkedInAt: undefined }, detail: { reason: input.reason } }),
};
