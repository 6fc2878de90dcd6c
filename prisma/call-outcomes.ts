import type { CaseCipher } from './case-cipher.ts';
import type { Database, Transaction } from './database.ts';
import type { Prisma } from './generated/client.ts';
import type { PartyLabel } from '../domain/case/vocabulary.ts';
import {
  findReminder,
  isToBeWarned,
  isUnreachable,
  TO_BE_WARNED,
  UNWARNED_STATES,
} from './queries/reminders.ts';

/** How it went when staff rang a party. `not-reachable`: given up, nobody will ring about it again. */
export const CALL_OUTCOMES = ['reached', 'no-answer', 'wrong-number', 'not-reachable'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export interface Call {
  /** The same call sent again is counted once. */
  readonly actId: string;
  readonly by: string;
  readonly at: Date;
  readonly outcome: CallOutcome;
  /** Free text; kept sealed. */
  readonly note?: string | undefined;
}

/** One call as it is kept, sealed with those before it. */
export interface KeptCall {
  readonly actId: string;
  readonly by: string;
  /** UTC instant. */
  readonly at: string;
  readonly outcome: CallOutcome;
  readonly note?: string;
}

/** Where the calls about a notice are kept; bound into their seal. */
const PLACE = 'notice.calls';

/**
 * Keeps what came of a call. A party who was reached is warned, and one who is given up will not be: either way the
 * notice has been handled. One that is still to come and has no gateway may be rung ahead; it is not given up before
 * its hour.
 * @returns `known` for a call that is on record already; undefined when nobody need ring about this notice
 * @throws CaseKeyErased
 */
export async function recordCall(
  tx: Transaction,
  cipher: CaseCipher,
  noticeId: string,
  call: Call,
): Promise<'recorded' | 'known' | undefined> {
  await tx.$queryRaw`SELECT 1 FROM notice WHERE id = ${noticeId} FOR UPDATE`;
  const notice = await findReminder(tx, noticeId);
  if (!notice) throw new RangeError('no such notice');
  const { caseNumber, sealedNote } = notice;
  const calls = await openCalls(cipher, caseNumber, sealedNote);
  if (calls.some(({ actId }) => actId === call.actId)) return 'known';
  const ahead = isUnreachable(notice);
  if (!ahead && !isToBeWarned(notice)) return undefined;
  const { note, at, ...rest } = call;
  const kept: KeptCall = { ...rest, at: at.toISOString(), ...(note ? { note } : {}) };
  await tx.notice.update({
    where: { id: noticeId },
    data: {
      calls: { increment: 1 },
      sealedNote: await cipher.seal(caseNumber, PLACE, [...calls, kept]),
      ...handling(call, ahead),
    },
  });
  return 'recorded';
}

function handling({ outcome, by, at }: Call, ahead: boolean): Prisma.NoticeUpdateInput {
  const handled = { handledBy: by, handledAt: at };
  if (outcome === 'reached') return { ...handled, state: 'called', sendAt: null };
  return outcome === 'not-reachable' && !ahead ? { ...handled, state: 'failed' } : {};
}

/** Every call about a notice, oldest first. @throws CaseKeyErased */
export async function openCalls(
  cipher: CaseCipher,
  caseNumber: string,
  sealed: Uint8Array | null,
): Promise<readonly KeptCall[]> {
  return sealed ? cipher.open<KeptCall[]>(caseNumber, PLACE, sealed) : [];
}

export function isUnwarned(state: string): boolean {
  return UNWARNED_STATES.some((each) => each === state);
}

/** Whether a party still has to be warned by staff; a code that did not arrive is no warning. */
export async function mustBeWarned(
  db: Database | Transaction,
  caseNumber: string,
  party: PartyLabel,
): Promise<boolean> {
  const kind = { not: 'number-confirmation' };
  return (await db.notice.count({ where: { caseNumber, party, kind, ...TO_BE_WARNED } })) > 0;
}

/** Whether a case has nobody left to warn, and nothing on its way that reached nobody before. */
export async function isEveryoneWarned(db: Database | Transaction, caseNumber: string): Promise<boolean> {
  const again = { state: { in: ['queued', 'sending'] }, attempts: { gt: 0 }, optional: false };
  const open = await db.notice.count({ where: { caseNumber, OR: [TO_BE_WARNED, again] } });
  return open === 0;
}
