import type { Application, ApplicationParty } from '../../domain/application/application.ts';
import type { Attention } from '../../domain/case/state.ts';
import { isoInstant } from '../../domain/zoned-time.ts';
import { readApplication } from '../../prisma/read-application.ts';
import type { CaseRow } from '../../prisma/queries/cases.ts';
import { type Actor, may } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { PartyLabel } from '../../domain/case/vocabulary.ts';
import { ATTENTION_TEXTS } from '../texts/attention-texts.ts';
import { caseHeadOf } from './case-head.ts';
import { maskEmail, maskId, maskMobile, maskName } from './mask.ts';

/**
 * One case as this reader may see it. Registrars see who both parties are; others who deal with the couple see names.
 * How a party is reached is shown to either one party at a time (`only`), never together with the other's data: what
 * stands on a screen is seen by whoever sits in front of the counter.
 */
export async function caseView(
  deps: ApiDependencies,
  actor: Actor,
  row: CaseRow,
  only: PartyLabel | undefined,
) {
  const application = await readApplication(deps.db, deps.cipher, row.caseNumber);
  const attention = row.attention as unknown as Attention[];
  const agreement = may(actor, 'read-personal-data') ? { agreement: application.agreement } : {};
  return {
    ...(await caseHeadOf(deps, actor, row)),
    realm: row.realm,
    ...(row.outcome ? { outcome: row.outcome } : {}),
    channel: row.channel,
    locale: row.locale,
    venueId: row.venueId,
    ...(row.acceptingVenueId ? { acceptingVenueId: row.acceptingVenueId } : {}),
    imported: row.imported,
    createdAt: row.createdAt.toISOString(),
    stageSince: row.stageSince.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    deadlineVersion: row.deadlineVersion,
    ...(row.nextDeadline
      ? { nextDeadline: row.nextDeadline.toISOString(), nextDeadlineKind: row.nextDeadlineKind }
      : {}),
    needsAttention: row.needsAttention,
    attention: attention.map(({ code, since }) => ({
      code,
      since: isoInstant(since),
      messages: ATTENTION_TEXTS[code],
    })),
    parties: partiesFor(actor, application, only),
    marriage: marriageFor(actor, application),
    ...agreement,
    minorChildren: may(actor, 'read-personal-data')
      ? application.minorChildren
      : application.minorChildren.map(({ bornOn }) => ({ bornInYear: bornOn.slice(0, 4) })),
  };
}

function partiesFor(actor: Actor, application: Application, only: PartyLabel | undefined) {
  const [a, b] = application.parties;
  const all = [
    { label: 'a' as const, party: a },
    { label: 'b' as const, party: b },
  ];
  const asked = only ? all.filter(({ label }) => label === only) : all;
  return asked.map(({ label, party }) => ({ label, ...partyFor(actor, party, only !== undefined) }));
}

function partyFor(actor: Actor, party: ApplicationParty, alone: boolean) {
  const safety = may(actor, 'read-safety') ? { safety: party.safety ?? false } : {};
  if (may(actor, 'read-personal-data')) {
    const { name, idType, idNumber } = party;
    const { mobile, email, address } = party;
    const contact = alone ? { mobile, email, address } : maskedContact(party);
    return { name, idType, idNumber, ...contact, masked: !alone, ...safety };
  }
  const name = may(actor, 'read-names') ? party.name : maskName(party.name);
  const masked = { name, idType: party.idType, idNumber: maskId(party.idNumber), masked: true, ...safety };
  if (!may(actor, 'read-contact')) return masked;
  if (!alone) return { ...masked, ...maskedContact(party) };
  // The address of somebody who must be protected is for registrars alone.
  const address = party.safety ? undefined : party.address;
  return { ...masked, mobile: party.mobile, email: party.email, address };
}

function maskedContact({ mobile, email }: ApplicationParty) {
  return { mobile: maskMobile(mobile), email: maskEmail(email) };
}

function marriageFor(actor: Actor, { marriage }: Application) {
  return may(actor, 'read-names')
    ? marriage
    : {
        certificateNumber: maskId(marriage.certificateNumber),
        registeredOn: marriage.registeredOn,
        office: marriage.office,
      };
}
