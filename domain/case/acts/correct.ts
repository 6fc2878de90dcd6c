import type { ActRule } from '../act-rule.ts';
import { withFlag } from '../state.ts';

/**
 * A mistake in the application is put right; the new values are sealed, the names of the fields are not. Whom a notice
 * may reach follows the corrected application; a new mobile number only when it is confirmed, which the party is asked
 * to do.
 */
export const correct: ActRule<'correct'> = {
  effect: (state, { fields, safety, mailable, numbers = [] }) => ({
    patch: {
      ...(safety ? { safety, flags: withFlag(state.flags, 'safety', safety.length > 0) } : {}),
      ...(mailable ? { mailable } : {}),
    },
    detail: { fields },
    ...(numbers.length > 0 ? { happened: { on: 'number-changed', concerned: numbers } as const } : {}),
  }),
};
