import type { ActRule } from '../act-rule.ts';

/** 不予受理 (条例 art 14 and the office's own grounds); the reason is given in writing on request. */
export const refuseAcceptance: ActRule<'refuse-acceptance'> = {
  effect: (_state, input) => ({
    // "Your pre-check has passed" may still wait for the morning.
    patch: { outcome: 'refused', lapsesAt: undefined, planned: [] },
    detail: { reason: input.reason },
  }),
};
