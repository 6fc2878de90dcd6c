import type { ActRule } from '../act-rule.ts';
import type { Act } from '../vocabulary.ts';
import { accept } from './accept.ts';
import { checkIn } from './check-in.ts';
import { correct } from './correct.ts';
import { expire } from './expire.ts';
import { pass } from './pass.ts';
import { referCounselling } from './refer-counselling.ts';
import { refuseAcceptance } from './refuse-acceptance.ts';
import { refuseRegistration } from './refuse-registration.ts';
import { register } from './register.ts';
import { reject } from './reject.ts';
import { returnForCorrection } from './return.ts';
import { review } from './review.ts';
import { settle } from './settle.ts';
import { submit } from './submit.ts';
import { withdraw } from './withdraw.ts';

/** Every act with its rule; the compiler refuses a missing one. */
export const ACT_RULES: { [A in Act]: ActRule<A> } = {
  submit,
  pass,
  return: returnForCorrection,
  reject,
  accept,
  'refuse-acceptance': refuseAcceptance,
  withdraw,
  'check-in': checkIn,
  review,
  register,
  'refuse-registration': refuseRegistration,
  'refer-counselling': referCounselling,
  correct,
  expire,
  settle,
};
