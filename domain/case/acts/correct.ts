import type { ActRule } from '../act-rule.ts';

/** A mistake in the application is put right; the new values are sealed, the names of the fields are not. */
export const correct: ActRule<'correct'> = {
  effect: (_state, input) => ({ detail: { fields: input.fields } }),
};
