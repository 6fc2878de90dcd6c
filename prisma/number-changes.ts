import type { PartyLabel } from '../domain/case/vocabulary.ts';
import type { CaseCipher } from './case-cipher.ts';
import type { Database, Transaction } from './database.ts';
import type { NumberChange } from './generated/client.ts';

/**
 * `proposed`: waits for a second person · `sent`: its confirmation goes to the new number, and to that alone, until
 * the party has repeated the code · `confirmed`: it is the party's number · `refused` · `replaced` by a later one.
 */
export const NUMBER_CHANGE_STATES = ['proposed', 'sent', 'confirmed', 'refused', 'replaced'] as const;
export type NumberChangeState = (typeof NUMBER_CHANGE_STATES)[number];

/** A party has at most one change in one of these states; the database sees to it. */
const OPEN = ['proposed', 'sent'];

/** Codes that may be tried before the number must be proposed again. */
export const CODE_TRIES = 5;

/** A new number as it comes in. */
export interface NewNumber {
  readonly caseNumber: string;
  readonly party: PartyLabel;
  /** In E.164, as `domain/identity/mobile.ts` normalizes it. */
  readonly mobile: string;
  /** What gave rise to it: the id of the act. Its confirmation notice carries the same occasion in its key. */
  readonly occasion: string;
  /** The failed notice it was entered for. */
  readonly noticeId?: string;
  /** A resend to another number needs a second person; a correction only while the party must still be warned. */
  readonly fourEyes: boolean;
  readonly by: string;
  readonly at: Date;
}

/** One occasion may change the numbers of both parties. */
export function numberChangeId(occasion: string, party: PartyLabel): string {
  return `${occasion}.${party}`;
}

/** The occasion that a change and the notice of its confirmation have in common. */
export function occasionOf({ id, party }: Pick<NumberChange, 'id' | 'party'>): string {
  return id.slice(0, -(party.length + 1));
}

/**
 * Takes a new number down, sealed. Until it is confirmed nothing but its confirmation goes there; one that was under
 * way for this party is replaced. The same occasion again changes nothing.
 * @throws CaseKeyErased
 */
export async function proposeNumber(
  tx: Transaction,
  cipher: CaseCipher,
  number: NewNumber,
): Promise<NumberChange> {
  const { caseNumber, party } = number;
  const id = numberChangeId(number.occasion, party);
  await lockParty(tx, caseNumber, party);
  const known = await tx.numberChange.findUnique({ where: { id } });
  if (known) return known;
  await replaceOpenNumber(tx, caseNumber, party);
  return tx.numberChange.create({
    data: {
      id,
      caseNumber,
      party,
      sealedNumber: await cipher.seal(caseNumber, placeOf(id), number.mobile),
      state: number.fourEyes ? 'proposed' : 'sent',
      noticeId: number.noticeId ?? null,
      proposedBy: number.by,
      proposedAt: number.at,
    },
  });
}

/** Drops what is under way: the party keeps the number it has. */
export async function replaceOpenNumber(
  tx: Transaction,
  caseNumber: string,
  party: PartyLabel,
): Promise<void> {
  await tx.numberChange.updateMany({
    where: { caseNumber, party, state: { in: OPEN } },
    data: { state: 'replaced' },
  });
}

/** Two changes of one party at once would each take the other for none. */
async function lockParty(tx: Transaction, caseNumber: string, party: PartyLabel): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM party WHERE case_number = ${caseNumber} AND label = ${party} FOR UPDATE`;
}

/** A new number that waits for its code, for the delivery of the confirmation. */
export interface NumberToConfirm {
  /** What the code is made of: `confirmationCode(keys, changeId)`. */
  readonly changeId: string;
  readonly mobile: string;
}

/**
 * Where a `number-confirmation` notice goes; undefined when its number was refused, replaced or confirmed meanwhile,
 * so that the notice is of no use any more.
 * @param noticeId ends with the occasion, see {@link occasionOf}
 * @throws CaseKeyErased
 */
export async function numberToConfirm(
  db: Database | Transaction,
  cipher: CaseCipher,
  notice: { readonly id: string; readonly caseNumber: string; readonly party: PartyLabel },
): Promise<NumberToConfirm | undefined> {
  const occasion = notice.id.slice(notice.id.lastIndexOf('/') + 1);
  const change = await db.numberChange.findUnique({
    where: { id: numberChangeId(occasion, notice.party) },
  });
  if (change?.state !== 'sent' || change.caseNumber !== notice.caseNumber) return undefined;
  return { changeId: change.id, mobile: await openNumber(cipher, change) };
}

/** The new number itself. @throws CaseKeyErased */
export function openNumber(
  cipher: CaseCipher,
  change: Pick<NumberChange, 'id' | 'caseNumber' | 'sealedNumber'>,
): Promise<string> {
  return cipher.open<string>(change.caseNumber, placeOf(change.id), change.sealedNumber);
}

/**
 * The second person agrees. A number corrected without one may be approved afterwards as well.
 * @returns whether its confirmation is to be sent now; undefined when somebody else has decided meanwhile
 */
export async function approveNumber(
  tx: Transaction,
  id: string,
  by: string,
  at: Date,
): Promise<'proposed' | 'under-way' | undefined> {
  const open = { id, approvedBy: null, proposedBy: { not: by } };
  const approved = { approvedBy: by, approvedAt: at };
  const first = await tx.numberChange.updateMany({
    where: { ...open, state: 'proposed' },
    data: { ...approved, state: 'sent' },
  });
  if (first.count === 1) return 'proposed';
  const later = await tx.numberChange.updateMany({
    where: { ...open, state: { in: ['sent', 'confirmed'] } },
    data: approved,
  });
  return later.count === 1 ? 'under-way' : undefined;
}

/** The change by which a party came to the number they have; undefined for the one they began with. */
export async function numberInUse(
  db: Database | Transaction,
  caseNumber: string,
  party: PartyLabel,
): Promise<NumberChange | undefined> {
  const row = await db.numberChange.findFirst({
    where: { caseNumber, party, state: 'confirmed' },
    orderBy: { confirmedAt: 'desc' },
  });
  return row ?? undefined;
}

/** Nothing comes of it. False when it was over already. */
export async function refuseNumber(tx: Transaction, id: string): Promise<boolean> {
  const { count } = await tx.numberChange.updateMany({
    where: { id, state: { in: OPEN } },
    data: { state: 'refused' },
  });
  return count === 1;
}

/**
 * Uses up one try, before the code is looked at: two guesses at once count as two.
 * @returns tries left after this one; undefined when there is none, or nothing waits for a code
 */
export async function useCodeTry(db: Database | Transaction, id: string): Promise<number | undefined> {
  const [row] = await db.$queryRaw<{ tries: number }[]>`
    UPDATE number_change SET code_tries = code_tries + 1
    WHERE id = ${id} AND state = 'sent' AND code_tries < ${CODE_TRIES} RETURNING code_tries AS tries`;
  return row ? CODE_TRIES - row.tries : undefined;
}

/**
 * The new number takes the old one's place in the party's sealed record and in the index.
 * False when somebody else has decided meanwhile. @throws CaseKeyErased
 */
export async function confirmNumber(
  tx: Transaction,
  cipher: CaseCipher,
  change: NumberChange,
  at: Date,
): Promise<boolean> {
  const { id, caseNumber, party } = change;
  // In the order in which proposing locks them.
  await lockParty(tx, caseNumber, party as PartyLabel);
  const { count } = await tx.numberChange.updateMany({
    where: { id, state: 'sent' },
    data: { state: 'confirmed', confirmedAt: at },
  });
  if (count === 0) return false;
  const mobile = await openNumber(cipher, change);
  const key = { caseNumber_label: { caseNumber, label: party } };
  const row = await tx.party.findUniqueOrThrow({ where: key });
  const personal = await cipher.open<object>(caseNumber, `party.${party}`, row.sealed);
  await tx.party.update({
    where: key,
    data: {
      sealed: await cipher.seal(caseNumber, `party.${party}`, { ...personal, mobile }),
      mobileIndex: await cipher.index(mobile),
    },
  });
  return true;
}

/** Bound into the seal, so that one change's number cannot be put into another's row. */
function placeOf(id: string): string {
  return `number_change.${id}`;
}
