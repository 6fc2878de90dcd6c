import type { ActRule } from '../act-rule.ts';
import { withFlag } from '../state.ts';

/** Counselling is voluntary and free and never touches the legal periods (民发〔2020〕99号). */
export const referCounselling: ActRule<'refer-counselling'> = {
  effect: (state, input) => ({
    patch: {
      counselling: [...state.counselling, { id: input.counsellingId, open: true }],
      flags: withFlag(state.flags, 'counselling', true),
    },
    detail: {
      counsellingId: input.counsellingId,
      party: input.party,
      topic: input.topic,
      immediate: input.immediate,
    },
  }),
};
