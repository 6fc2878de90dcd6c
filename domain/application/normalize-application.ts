import { checkIdentityNumber } from '../identity/check-identity-number.ts';
import { checkMobile } from '../identity/mobile.ts';
import { normalizeNumber } from '../identity/normalize.ts';
import { isModernMarriageCertificateNumber } from '../numbers.ts';
import type { Application, ApplicationParty } from './application.ts';
import { homeOf } from './home-of.ts';
import type { ApplicationCheckOptions } from './validate-application.ts';

/**
 * The application as it is stored: document numbers in their one form, mobile numbers in E.164, no blanks around
 * names and addresses. Only then do equal persons have equal numbers, and a gateway accepts them. What does not
 * pass its check stays as typed, and so do the numbers of old marriage certificates.
 */
export function normalizeApplication(
  application: Application,
  options: ApplicationCheckOptions = {},
): Application {
  const [a, b] = application.parties;
  return {
    ...application,
    parties: [normalizeParty(a, options), normalizeParty(b, options)],
    marriage: {
      ...application.marriage,
      certificateNumber: certificateNumber(application.marriage.certificateNumber),
    },
  };
}

function certificateNumber(typed: string): string {
  const number = normalizeNumber(typed);
  return isModernMarriageCertificateNumber(number) ? number : typed.trim();
}

function normalizeParty(party: ApplicationParty, options: ApplicationCheckOptions): ApplicationParty {
  const identity = checkIdentityNumber(party.idType, party.idNumber);
  const mobile = checkMobile(party.mobile, { ...options, home: homeOf(party) });
  return {
    ...party,
    name: party.name.trim(),
    ...(identity.ok ? { idNumber: identity.normalized } : {}),
    ...(mobile.ok ? { mobile: mobile.normalized } : {}),
    ...(party.address === undefined ? {} : { address: party.address.trim() }),
  };
}
