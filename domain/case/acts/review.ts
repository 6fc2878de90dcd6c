import type { ActRule } from '../act-rule.ts';
import { claimRefusal } from '../claim-refusal.ts';

/** 审查: separate questioning and the final agreement, recorded before the registration. */
export const review: ActRule<'review'> = {
  refuse: (state, input, at) => claimRefusal(state, input.venueId, at),
  effect: (_state, input) => ({
    detail: { separatelyQuestioned: input.separatelyQuestioned, agreementFinal: input.agreementFinal },
  }),
};
