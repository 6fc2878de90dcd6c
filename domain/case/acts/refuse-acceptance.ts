import type { ActRule } from '../act-rule.ts';

/** 不予受理 (条例 art 14 and the office's own grounds); the reason is given in writing on request. */
export const refuseAcceptance: ActRule<'refuse-acceptance'> = {
  effect: (_state, input) => ({
    patch: { outcome: 'refused', lapsesAt: undefined },
    detail: { reason: input.reason },
  }),
};
