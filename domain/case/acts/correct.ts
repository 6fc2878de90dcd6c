import type { ActRule } from '../act-rule.ts';
import { withFlag } from '../state.ts';
import { PARTIES, type PartyLabel } from '../vocabulary.ts';

/**
 * A mistake in the application is put right; the new values are sealed, the names of the fields are not. Whom a notice
 * may reach follows the corrected application; a new mobile number only when it is confirmed, which the party is asked
 * to do.
 */
export const correct: ActRule<'correct'> = {
  effect: (state, { fields, numbers = [], ...facts }) => {
    // Release 0.2 sent whole lists, read beforehand: of two corrections at once the later undid the earlier.
    const safety = facts.safety ?? merged(state.safety, facts.safetyOf);
    const mailable = facts.mailable ?? merged(state.mailable, facts.mailableOf);
    return {
      patch: {
        ...(safety ? { safety, flags: withFlag(state.flags, 'safety', safety.length > 0) } : {}),
        ...(mailable ? { mailable } : {}),
      },
      detail: { fields },
      ...(numbers.length > 0 ? { happened: { on: 'number-changed', concerned: numbers } as const } : {}),
    };
  },
};

/** The list with the parties that are spoken of; undefined when none is. */
function merged(
  listed: readonly PartyLabel[],
  changes: Partial<Record<PartyLabel, boolean>> | undefined,
): readonly PartyLabel[] | undefined {
  return changes && PARTIES.filter((party) => changes[party] ?? listed.includes(party));
}
