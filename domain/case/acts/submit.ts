import type { ActRule } from '../act-rule.ts';
import { lastingNotices } from '../state.ts';

/** The applicants (or a clerk for them) hand the application in for the pre-check; each time is a new round. */
export const submit: ActRule<'submit'> = {
  effect: (state) => ({
    // A request for what was missing, and reminders that it lapses, have been answered by this.
    patch: {
      preCheckRound: state.preCheckRound + 1,
      lapsesAt: undefined,
      planned: lastingNotices(state.planned),
    },
    detail: { round: state.preCheckRound + 1 },
  }),
};
