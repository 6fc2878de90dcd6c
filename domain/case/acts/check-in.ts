import { type ActRule, bothPresent } from '../act-rule.ts';
import { claimRefusal } from '../claim-refusal.ts';

/** The couple reports at the accepting office. On the last day this keeps their right past closing time. */
export const checkIn: ActRule<'check-in'> = {
  refuse: (state, input, at) =>
    bothPresent(input.presentParties) ? claimRefusal(state, input.venueId, at) : 'NOT_BOTH_PRESENT',
  effect: (_state, _input, { now }) => ({ patch: { checkedInAt: now } }),
};
