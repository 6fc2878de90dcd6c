import type { PartyLabel } from '../../domain/case/vocabulary.ts';
import { addDays, plainDate } from '../../domain/plain-date.ts';
import { refusalReason } from '../../domain/refusal-reasons.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import type { PaperProps } from '../../templates/documents/common.ts';
import type { PaperPropsByKind } from '../../templates/documents/index.ts';
import { namedParty, partyDetails, partyOf, personOf } from './paper-parties.ts';
import type { PaperFacts, PaperStep } from './port.ts';

/**
 * What each paper is told of a case. Every function answers undefined while the case has not come to the point
 * where the paper exists; the time on it is that of the step it records, so that printing again gives the same.
 */
type Maker<K extends keyof PaperPropsByKind> = (
  facts: PaperFacts,
  label: PartyLabel,
) => PaperPropsByKind[K] | undefined;

/** The district's own authorities for 行政复议 and 行政诉讼. */
const REVIEW_AUTHORITY = '深圳市光明区人民政府';
const COURT = '深圳市光明区人民法院';

export const application: Maker<'application'> = (facts) => {
  const [a, b] = facts.application.parties;
  const { certificateNumber, registeredOn, office } = facts.application.marriage;
  return {
    ...common(facts, facts.opened),
    parties: [partyDetails(a), partyDetails(b)],
    marriage: { certificateNumber, registeredOn: plainDate(registeredOn), office },
    registrar: facts.accepted?.actor ?? '',
  };
};

export const receipt: Maker<'receipt'> = (facts) => {
  const { accepted, clock, receiptNumber } = facts;
  if (!accepted || !clock || !receiptNumber) return undefined;
  return {
    ...common(facts, accepted),
    receiptNumber,
    parties: couple(facts),
    receivedOn: clock.receivedOn,
    withdrawal: { from: addDays(clock.receivedOn, 1), to: clock.coolingOffLastDay },
    claim: { from: clock.claimFirstDay, to: clock.claimLastDay, firstWorkingDay: clock.claimFirstWorkingDay },
    provisional: clock.provisional,
    registrar: accepted.actor,
  };
};

export const withdrawalConfirmation: Maker<'withdrawal-confirmation'> = (facts) => {
  const { withdrawn, clock, receiptNumber } = facts;
  if (!withdrawn?.party || !clock || !receiptNumber) return undefined;
  return {
    ...common(facts, withdrawn),
    receiptNumber,
    withdrawingParty: namedParty(partyOf(facts.application, withdrawn.party)),
    otherPartyName: partyOf(facts.application, withdrawn.party === 'a' ? 'b' : 'a').name,
    receivedOn: clock.receivedOn,
    withdrawnOn: dateAt(withdrawn.at),
    registrar: withdrawn.actor,
  };
};

export const interviewRecord: Maker<'interview-record'> = (facts, label) => {
  if (!facts.accepted) return undefined;
  const step = facts.registered ?? facts.accepted;
  return {
    ...common(facts, step),
    party: namedParty(partyOf(facts.application, label)),
    heldOn: dateAt(step.at),
    place: facts.officeName,
    registrar: step.registrar ?? step.actor,
    interpreter: null,
    hasMinorChildren: facts.application.minorChildren.length > 0,
  };
};

export const declaration: Maker<'declaration'> = (facts, label) => {
  if (!facts.accepted) return undefined;
  const step = facts.registered ?? facts.accepted;
  const other = partyOf(facts.application, label === 'a' ? 'b' : 'a');
  return {
    ...common(facts, step),
    declarant: partyDetails(partyOf(facts.application, label)),
    otherParty: { name: other.name, idNumber: other.idNumber },
    registrar: step.registrar ?? step.actor,
  };
};

export const reviewForm: Maker<'review-form'> = (facts) => {
  const { accepted, registered, certificateNumber } = facts;
  if (!accepted) return undefined;
  const step = registered ?? accepted;
  const [a, b] = facts.application.parties;
  return {
    ...common(facts, step),
    parties: [partyDetails(a), partyDetails(b)],
    documentsShown: ['双方有效身份证件', '结婚证', '离婚登记申请受理回执单', '双方签名的离婚协议书'],
    opinion: registered
      ? '双方自愿离婚，并已对子女抚养、财产及债务处理等事项协商一致，符合离婚登记条件，准予登记。'
      : '',
    certificate:
      registered && certificateNumber
        ? { number: certificateNumber, bookletNumbers: ['', ''], registeredOn: dateAt(registered.at) }
        : undefined,
    registrar: step.registrar ?? step.actor,
    remarks: '',
  };
};

export const certificate: Maker<'certificate'> = (facts, label) => {
  const { registered, certificateNumber } = facts;
  if (!registered || !certificateNumber) return undefined;
  const holder = certified(facts, label);
  const otherParty = certified(facts, label === 'a' ? 'b' : 'a');
  if (!holder || !otherParty) return undefined;
  return {
    ...common(facts, registered),
    certificateNumber,
    bookletNumber: '',
    registeredOn: dateAt(registered.at),
    holder,
    otherParty,
    remarks: '',
  };
};

export const nonAcceptance: Maker<'non-acceptance'> = (facts) =>
  refusalLetter(facts, facts.refusedAcceptance);
export const nonRegistration: Maker<'non-registration'> = (facts) =>
  refusalLetter(facts, facts.refusedRegistration);

function refusalLetter(
  facts: PaperFacts,
  step: PaperStep | undefined,
): PaperPropsByKind['non-acceptance'] | undefined {
  if (!step?.reason) return undefined;
  const { text, basis } = refusalReason(step.reason);
  const [a, b] = facts.application.parties;
  return {
    ...common(facts, step),
    partyNames: [a.name, b.name],
    requestedOn: dateAt(step.at),
    refusedOn: dateAt(step.at),
    grounds: [{ reason: text['zh-Hans'], basis }],
    reviewAuthority: REVIEW_AUTHORITY,
    court: COURT,
  };
}

/** A certificate states sex, nationality and birth; where the number does not tell them it is made out by hand. */
function certified(
  facts: PaperFacts,
  label: PartyLabel,
): PaperPropsByKind['certificate']['holder'] | undefined {
  const party = partyOf(facts.application, label);
  const { sex, bornOn, nationality } = personOf(party);
  if (!sex || !bornOn || !nationality) return undefined;
  return { ...namedParty(party), sex, bornOn, nationality };
}

function couple(facts: PaperFacts): PaperPropsByKind['receipt']['parties'] {
  const [a, b] = facts.application.parties;
  return [namedParty(a), namedParty(b)];
}

function common(facts: PaperFacts, step: PaperStep): PaperProps {
  const { caseNumber, officeName, rehearsal, locale } = facts;
  return { caseNumber, officeName, createdAt: step.at, specimen: rehearsal, guide: locale };
}
