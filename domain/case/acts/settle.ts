import type { ActRule } from '../act-rule.ts';
import { withFlag } from '../state.ts';
import { SETTLED_BY_PERSON } from '../vocabulary.ts';

/**
 * A supervisor notes that a person has dealt with why the case stands before one: the couple knows of the earlier date,
 * the party was told otherwise. From then on the clock goes on by itself.
 */
export const settle: ActRule<'settle'> = {
  refuse: (state, { code }) =>
    SETTLED_BY_PERSON.includes(code) && state.attention.some((each) => each.code === code)
      ? undefined
      : 'NOTHING_TO_SETTLE',
  effect: (state, { code }) => {
    const attention = state.attention.filter((each) => each.code !== code);
    return {
      patch: { attention, flags: withFlag(state.flags, 'needs-attention', attention.length > 0) },
      detail: { code },
    };
  },
};
