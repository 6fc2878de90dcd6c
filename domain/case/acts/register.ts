import { type ActRule, bothPresent } from '../act-rule.ts';
import { claimRefusal } from '../claim-refusal.ts';

/** 登记(发证): the marriage ends with this act (民法典 1080). */
export const register: ActRule<'register'> = {
  refuse: (state, input, at) => {
    const refused = claimRefusal(state, input.venueId, at);
    if (refused) return refused;
    if (!bothPresent(input.presentParties)) return 'NOT_BOTH_PRESENT';
    if (!input.separatelyQuestioned) return 'NOT_SEPARATELY_QUESTIONED';
    if (!input.agreementFinal) return 'AGREEMENT_NOT_FINAL';
    return undefined;
  },
  effect: (_state, input) => ({
    patch: { outcome: 'registered', planned: [] },
    detail: { registrar: input.registrar },
    happened: { on: 'registered' },
    allocate: 'certificate',
  }),
};
