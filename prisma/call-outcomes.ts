import type { CaseCipher } from './case-cipher.ts';
import type { Database, Transaction } from './database.ts';
import { UNWARNED_STATES } from './queries/reminders.ts';

/** How it went when staff rang a party. */
export const CALL_OUTCOMES = ['reached', 'no-answer', 'wrong-number'] as const;
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
 * Keeps what came of a call. A party who was reached is warned: the notice has been handled.
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
  const notice = await tx.notice.findUniqueOrThrow({ where: { id: noticeId } });
  const { caseNumber, sealedNote, handledAt } = notice;
  const calls = await openCalls(cipher, caseNumber, sealedNote);
  if (calls.some(({ actId }) => actId === call.actId)) return 'known';
  if (!isUnwarned(notice.state) || handledAt !== null) return undefined;
  const { note, at, ...rest } = call;
  const kept: KeptCall = { ...rest, at: at.toISOString(), ...(note ? { note } : {}) };
  await tx.notice.update({
    where: { id: noticeId },
    data: {
      calls: { increment: 1 },
      sealedNote: await cipher.seal(caseNumber, PLACE, [...calls, kept]),
      ...(call.outcome === 'reached' ? { state: 'called', handledBy: call.by, handledAt: at } : {}),
    },
  });
  return 'recorded';
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

/** Whether somebody of this case still has to be warned by staff. */
export async function hasUnwarned(db: Database | Transaction, caseNumber: string): Promise<boolean> {
  const open = await db.notice.count({
    where: { caseNumber, state: { in: [...UNWARNED_STATES] }, handledAt: null },
  });
  return open > 0;
}
