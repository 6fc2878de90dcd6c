import type { AttentionCode } from '../../domain/case/vocabulary.ts';
import { ATTEMPTS_BEFORE_ATTENTION, type CaseSignals } from '../case-signals.ts';
import type { BatchResult } from './deliver-batch.ts';
import type { NoticeStore, NoticeToSend, Settled } from './notice-store.ts';

/** A person has to do something about these; of optional messages about those alone that the policy has rung. */
const LOST: readonly Settled['state'][] = ['to-call', 'failed', 'undelivered'];
const LOST_THOUGH_OPTIONAL: readonly Settled['state'][] = ['to-call'];

/** Tells each case at most once of each thing its notices have come to. */
export async function tellCases(
  {
    signals,
    store,
  }: { readonly signals: CaseSignals; readonly store: Pick<NoticeStore, 'delayed' | 'warned'> },
  notices: readonly NoticeToSend[],
  { accepted, settled }: BatchResult,
): Promise<void> {
  const noticeOf = new Map(notices.map((notice) => [notice.id, notice]));
  const caseOf = ({ id }: { readonly id: string }) => noticeOf.get(id)?.caseNumber ?? '';
  const isLost = ({ id, state }: Settled) =>
    (noticeOf.get(id)?.optional === true ? LOST_THOUGH_OPTIONAL : LOST).includes(state);
  const failed = new Set(settled.filter(isLost).map(caseOf));
  const taken = new Set(accepted.filter(({ id }) => noticeOf.get(id)?.failureShown === true).map(caseOf));
  const delayed = new Set(
    settled
      .filter(({ vainTries }) => vainTries >= ATTEMPTS_BEFORE_ATTENTION)
      .filter(({ id }) => noticeOf.get(id)?.delayShown !== true)
      .map(caseOf),
  );
  const over = new Set(
    [...accepted, ...settled.filter(({ vainTries }) => vainTries === 0)]
      .filter(({ id }) => wasDelayed(noticeOf.get(id)))
      .map(caseOf),
  );
  const tell = async (caseNumbers: ReadonlySet<string>, code: AttentionCode, raised: boolean) => {
    for (const caseNumber of caseNumbers) await signals.attention(caseNumber, code, raised);
  };
  await tell(failed, 'NOTICE_FAILED', true);
  // What was sent again by hand has left at last; a receipt that says otherwise raises it again.
  for (const caseNumber of taken) if (!(await store.warned(caseNumber))) taken.delete(caseNumber);
  await tell(taken, 'NOTICE_FAILED', false);
  await tell(delayed, 'NOTICE_DELAYED', true);
  for (const caseNumber of over) if (await store.delayed(caseNumber)) over.delete(caseNumber);
  await tell(over, 'NOTICE_DELAYED', false);
}

function wasDelayed(notice: NoticeToSend | undefined): boolean {
  return notice !== undefined && (notice.delayShown || notice.vainTries >= ATTEMPTS_BEFORE_ATTENTION);
}
