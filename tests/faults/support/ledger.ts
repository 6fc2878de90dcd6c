import type { MailRecord, Received, SmsRecord } from '../../../simulators/inbox.ts';

/** One notice that somebody must get, known from the case and not from Heli's own list. */
export interface Owed {
  readonly caseNumber: string;
  readonly party: string;
  readonly mobile: string;
  readonly email?: string | undefined;
}

/** What Heli says has become of it. */
export interface Claimed {
  readonly caseNumber: string;
  readonly party: string;
  readonly state: string;
  readonly channel: string | null;
  readonly providerId: string | null;
  readonly lastError: string | null;
}

/** What Heli says, held against what the gateways have; each fault with the notice it is about. */
export interface Reckoning {
  /** More than one text message, or two different mails. */
  readonly sentTwice: string[];
  /** Nobody got it and nobody was told to ring. */
  readonly lost: string[];
  /** It has come to no end, or to another than the gateways say. */
  readonly wrong: string[];
  /** How many ended how. */
  readonly ends: Record<'by SMS' | 'by e-mail' | 'to be rung', number>;
}

/** Holds every owed notice against Heli's record and against what arrived. */
export function reckon(
  owed: readonly Owed[],
  claimed: readonly Claimed[],
  received: readonly Received[],
): Reckoning {
  const claims = groupBy(claimed, keyOf);
  const texts = groupBy(received.filter(isSms), ({ to }) => to.slice(-11));
  const mails = groupBy(received.filter(isMail), ({ to }) => to);
  const reckoning: Reckoning = {
    sentTwice: [],
    lost: [],
    wrong: [],
    ends: { 'by SMS': 0, 'by e-mail': 0, 'to be rung': 0 },
  };
  for (const each of owed) {
    const arrived = {
      texts: texts.get(each.mobile) ?? [],
      mails: each.email === undefined ? [] : (mails.get(each.email) ?? []),
    };
    reckonOne(reckoning, each, claims.get(keyOf(each)) ?? [], arrived);
  }
  return reckoning;
}

interface Arrived {
  readonly texts: readonly SmsRecord[];
  readonly mails: readonly MailRecord[];
}

function reckonOne(
  { sentTwice, lost, wrong, ends }: Reckoning,
  owed: Owed,
  claims: readonly Claimed[],
  { texts, mails }: Arrived,
): void {
  const name = keyOf(owed);
  // The same Message-ID again is how a mail is repeated whose outcome is unknown; a second ID is a second mail.
  const differentMails = new Set(mails.map(({ id }) => id)).size;
  if (texts.length > 1) sentTwice.push(`${name}: ${texts.length} text messages`);
  if (differentMails > 1) sentTwice.push(`${name}: ${differentMails} mails`);
  const [claim] = claims;
  if (claim === undefined || claims.length > 1) {
    lost.push(`${name}: ${claims.length} notices on record`);
    return;
  }
  const end = endOf(claim);
  if (end === undefined) {
    lost.push(`${name}: ${claim.state} ${claim.channel ?? ''} ${claim.lastError ?? ''}`);
    return;
  }
  ends[end] += 1;
  const objection = objectionTo(end, claim, { texts, mails });
  if (objection !== undefined) wrong.push(`${name}: ${end}, but ${objection}`);
}

function endOf({ state, channel }: Claimed): keyof Reckoning['ends'] | undefined {
  if (state === 'to-call') return 'to be rung';
  if (state === 'delivered' && channel === 'sms') return 'by SMS';
  // Nobody sends receipts for mails.
  return channel === 'email' && (state === 'sent' || state === 'delivered') ? 'by e-mail' : undefined;
}

function objectionTo(
  end: keyof Reckoning['ends'],
  claim: Claimed,
  { texts, mails }: Arrived,
): string | undefined {
  const delivered = texts.filter(({ status }) => status === 'delivered');
  switch (end) {
    case 'by SMS':
      return delivered.some(({ id }) => id === claim.providerId)
        ? undefined
        : 'the gateway did not deliver it';
    case 'by e-mail':
      if (mails.length === 0) return 'no mail arrived';
      return delivered.length === 0 ? undefined : 'the gateway delivered it by SMS too';
    case 'to be rung':
      return delivered.length + mails.length === 0 ? undefined : 'it arrived';
  }
}

function keyOf({ caseNumber, party }: { readonly caseNumber: string; readonly party: string }): string {
  return `${caseNumber}/${party}`;
}

function isSms(message: Received): message is SmsRecord {
  return message.channel === 'sms';
}

function isMail(message: Received): message is MailRecord {
  return message.channel === 'email';
}

function groupBy<T>(items: readonly T[], keyOfItem: (item: T) => string): ReadonlyMap<string, T[]> {
  return Map.groupBy(items, keyOfItem);
}
