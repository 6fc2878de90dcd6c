import { afterAttempt } from '../../domain/reminders/delivery.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type { Accepted, LastAttempt, NoticeStore, NoticeToSend, Settled } from './notice-store.ts';
import type { Sent, SmsGateway } from './port.ts';
import { codeOf, outcomeOf } from './send-message.ts';
import { addressOf, factsOf, moved } from './triage.ts';

/** The gateway's clock and ours may differ by this much. */
const CLOCK_SKEW_MS = 60_000;

/** What asking about an attempt has brought: it was taken over, it never arrived, or nobody knows yet. */
export type Answer =
  | { readonly kind: 'found'; readonly accepted: Accepted }
  | { readonly kind: 'not-there' }
  | { readonly kind: 'unanswered'; readonly settled: Settled };

/** The attempt whose outcome nobody has told us: the process died, or the gateway fell silent. */
export function unknownAttempt(notice: NoticeToSend): LastAttempt | undefined {
  const { last } = notice;
  const isUnknown =
    notice.state === 'sending' && last?.state === 'sending' && last.channel === notice.channel;
  return isUnknown ? last : undefined;
}

/**
 * Asks the gateway whether it has the message of an attempt whose outcome is unknown. Messages that belong to other
 * notices are left out: two parties may share one telephone and be told the same.
 */
export async function askGateway(
  { sms, store, now }: { readonly sms: SmsGateway; readonly store: NoticeStore; readonly now: () => EpochMs },
  notice: NoticeToSend,
  attempt: LastAttempt,
): Promise<Answer> {
  const to = addressOf(notice, 'sms');
  // E-mail cannot be looked up; it is sent again under the same Message-ID.
  if (notice.channel !== 'sms' || to === undefined || attempt.text === undefined)
    return { kind: 'not-there' };
  let sent: readonly Sent[];
  try {
    sent = await sms.findSent({ to, text: attempt.text, since: attempt.at - CLOCK_SKEW_MS });
  } catch (error) {
    return { kind: 'unanswered', settled: askAgain(notice, attempt, error, now()) };
  }
  const names = sent.map(({ providerId }) => providerId);
  const others = names.length === 0 ? new Set() : await store.othersOf(notice.id, names);
  for (const providerId of names.filter((each) => !others.has(each))) {
    const accepted = { id: notice.id, n: attempt.n, providerId, at: attempt.at };
    if (await store.found(accepted)) return { kind: 'found', accepted };
  }
  return { kind: 'not-there' };
}

/** The question failed; the attempt is as unknown as before. */
function askAgain(notice: NoticeToSend, attempt: LastAttempt, error: unknown, now: EpochMs): Settled {
  const outcome = outcomeOf(error);
  const asked = outcome.kind === 'refused' ? outcome : ({ kind: 'unknown' } as const);
  const move = afterAttempt(factsOf(notice), asked, attempt.at, now);
  const again = move.do === 'send' && move.channel === notice.channel;
  return moved(notice, again ? { do: 'ask', at: move.at } : move, codeOf(error, 'sms'));
}
