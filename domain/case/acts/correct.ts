import type { ActRule } from '../act-rule.ts';
import { withFlag } from '../state.ts';

/**
 * A mistake in the application is put right; the new values are sealed, the names of the fields are not. Whom a notice
 * may reach follows the corrected application.
 */
export const correct: ActRule<'correct'> = {
  effect: (state, { fields, safety, mailable }) => ({
    patch: {
      ...(safety ? { safety, flags: withFlag(state.flags, 'safety', safety.length > 0) } : {}),
      ...(mailable ? { mailable } : {}),
    },
    detail: { fields },
  }),
};
