import { checkIdentityNumber, holderKey } from '../identity/check-identity-number.ts';
import type { IdentityCheck } from '../identity/check-result.ts';
import { checkMobile, type MobileCheck } from '../identity/mobile.ts';
import { normalizeNumber } from '../identity/normalize.ts';
import { isModernMarriageCertificateNumber } from '../numbers.ts';
import { ageOn, parsePlainDate, type PlainDate } from '../plain-date.ts';
import {
  AGREEMENT_SECTIONS,
  type Agreement,
  type Application,
  type ApplicationParty,
  type Marriage,
  type MinorChild,
} from './application.ts';
import { homeOf } from './home-of.ts';
import { ADULT_AGE, marriageAge } from './legal-ages.ts';
import { problemSeverity, type ProblemCode } from './problem-codes.ts';

export interface Problem {
  code: ProblemCode;
  /** Path in the body: `parties[0].idNumber`, `marriage.registeredOn`. */
  field: string;
}

export interface ApplicationCheckOptions {
  /** Demonstration profile only: accept mobile numbers 100xxxxxxxx. */
  allowTestNumbers?: boolean | undefined;
}

/** A party with what its numbers told. */
interface Read {
  party: ApplicationParty;
  field: string;
  identity: IdentityCheck;
  mobile: MobileCheck;
}

/**
 * Everything that can be found wrong with an application without asking anybody, in the order of its fields;
 * empty when nothing is. `today` is the civil date in Shanghai. Only problems of severity `error` stop the
 * application: see {@link blockingProblems}.
 */
export function checkApplication(
  application: Application,
  today: PlainDate,
  options: ApplicationCheckOptions = {},
): Problem[] {
  const [a, b] = application.parties;
  const parties = [read(a, 'parties[0]', options), read(b, 'parties[1]', options)] as const;
  return [
    ...parties.flatMap((party) => partyProblems(party, today)),
    ...coupleProblems(...parties),
    ...marriageProblems(application.marriage, parties, today),
    ...agreementProblems(application.agreement),
    ...application.minorChildren.flatMap((child, at) =>
      childProblems(child, `minorChildren[${at}].bornOn`, today),
    ),
  ];
}

/** Those that stop the application. */
export function blockingProblems(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ code }) => problemSeverity(code) === 'error');
}

function read(party: ApplicationParty, field: string, options: ApplicationCheckOptions): Read {
  return {
    party,
    field,
    identity: checkIdentityNumber(party.idType, party.idNumber),
    mobile: checkMobile(party.mobile, { ...options, home: homeOf(party) }),
  };
}

function partyProblems({ party, field, identity, mobile }: Read, today: PlainDate): Problem[] {
  const problems: Problem[] = [];
  if (party.name.trim() === '') problems.push({ code: 'NAME_MISSING', field: `${field}.name` });
  if (!identity.ok) {
    problems.push({ code: identity.reason, field: `${field}.idNumber` });
  } else if (identity.bornOn !== undefined) {
    if (identity.bornOn > today) problems.push({ code: 'ID_BIRTH_DATE', field: `${field}.idNumber` });
    else if (ageOn(identity.bornOn, today) < ADULT_AGE.years) {
      problems.push({ code: 'PARTY_UNDER_AGE', field: `${field}.idNumber` });
    }
  }
  if (!mobile.ok) problems.push({ code: mobile.reason, field: `${field}.mobile` });
  if (party.email !== undefined && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(party.email)) {
    problems.push({ code: 'EMAIL_SHAPE', field: `${field}.email` });
  }
  return problems;
}

function coupleProblems(a: Read, b: Read): Problem[] {
  const problems: Problem[] = [];
  if (
    a.identity.ok &&
    b.identity.ok &&
    holderKey(a.party.idType, a.identity.normalized) === holderKey(b.party.idType, b.identity.normalized)
  ) {
    problems.push({ code: 'SAME_PERSON_TWICE', field: `${b.field}.idNumber` });
  }
  // One party would read what is meant for the other, who must be protected from them.
  const apart = a.party.safety === true || b.party.safety === true;
  if (a.mobile.ok && b.mobile.ok && a.mobile.normalized === b.mobile.normalized) {
    problems.push({ code: apart ? 'CONTACT_NOT_SEPARATE' : 'SAME_MOBILE_TWICE', field: `${b.field}.mobile` });
  }
  if (apart && mailboxOf(a.party) !== undefined && mailboxOf(a.party) === mailboxOf(b.party)) {
    problems.push({ code: 'CONTACT_NOT_SEPARATE', field: `${b.field}.email` });
  }
  return problems;
}

/** However it was typed: upper case and full width reach the same mailbox. */
function mailboxOf({ email }: ApplicationParty): string | undefined {
  const mailbox = email?.normalize('NFKC').trim().toLowerCase();
  return mailbox === '' ? undefined : mailbox;
}

function marriageProblems(marriage: Marriage, parties: readonly Read[], today: PlainDate): Problem[] {
  return [
    ...certificateNumberProblems(marriage.certificateNumber),
    ...marriageDateProblems(parsePlainDate(marriage.registeredOn), parties, today),
  ];
}

function certificateNumberProblems(text: string): Problem[] {
  const field = 'marriage.certificateNumber';
  const number = normalizeNumber(text);
  if (number === '') return [{ code: 'MARRIAGE_CERTIFICATE_NUMBER_MISSING', field }];
  return isModernMarriageCertificateNumber(number)
    ? []
    : [{ code: 'MARRIAGE_CERTIFICATE_NUMBER_UNUSUAL', field }];
}

function marriageDateProblems(
  on: PlainDate | undefined,
  parties: readonly Read[],
  today: PlainDate,
): Problem[] {
  const field = 'marriage.registeredOn';
  if (on === undefined) return [{ code: 'MARRIAGE_DATE_INVALID', field }];
  if (on > today) return [{ code: 'MARRIAGE_DATE_AFTER_TODAY', field }];
  const early = parties.some(
    ({ identity }) =>
      identity.ok &&
      identity.bornOn !== undefined &&
      ageOn(identity.bornOn, on) < marriageAge(on, identity.sex),
  );
  return early ? [{ code: 'MARRIAGE_BEFORE_LEGAL_AGE', field }] : [];
}

function agreementProblems(agreement: Agreement): Problem[] {
  const problems: Problem[] = agreement.voluntary
    ? []
    : [{ code: 'AGREEMENT_NOT_VOLUNTARY', field: 'agreement.voluntary' }];
  for (const name of AGREEMENT_SECTIONS) {
    const section = agreement[name];
    const stated = typeof section === 'string' ? section.trim() !== '' : section === true;
    if (!stated) problems.push({ code: 'AGREEMENT_SECTION_MISSING', field: `agreement.${name}` });
  }
  return problems;
}

function childProblems(child: MinorChild, field: string, today: PlainDate): Problem[] {
  const bornOn = parsePlainDate(child.bornOn);
  if (bornOn === undefined) return [{ code: 'CHILD_BIRTH_DATE_INVALID', field }];
  if (bornOn > today) return [{ code: 'CHILD_BORN_IN_FUTURE', field }];
  return ageOn(bornOn, today) >= ADULT_AGE.years ? [{ code: 'CHILD_ALREADY_ADULT', field }] : [];
}
