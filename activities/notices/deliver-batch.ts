import { afterAttempt } from '../../domain/reminders/delivery.ts';
import type { GatewayChannel } from '../../domain/reminders/kinds.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import { askGateway, unknownAttempt } from './ask-gateway.ts';
import type { Accepted, Attempt, NoticeStore, NoticeToSend, Settled } from './notice-store.ts';
import type { Pace } from './pace.ts';
import { type Attempted, type Gateways, sendMessage } from './send-message.ts';
import { addressOf, factsOf, moved, type ReadyNotice, stop, triage, type TriageOptions } from './triage.ts';

export interface BatchDependencies extends Gateways, TriageOptions {
  readonly store: NoticeStore;
  readonly now: () => EpochMs;
}

/** What has become of the notices of one batch. */
export interface BatchResult {
  readonly accepted: readonly Accepted[];
  readonly settled: readonly Settled[];
  /** Why a gateway turns everything down, if one does. */
  readonly refused?: string;
}

/** A gateway that answers like this several times in a row is left alone by the rest of the batch. */
const IN_A_ROW = 3;
/** Nothing is handed over this short before the claim runs out: its answer would come after another's claim. */
const LAST_SEND_MS = 12_000;

/**
 * Sends the notices of one claim. Every attempt is on record before its gateway is called, and an attempt whose outcome
 * is unknown is asked about before anything is sent again; so whenever the process dies, nothing is lost or sent twice.
 * @param until when the claim runs out
 */
export async function sendBatch(
  deps: BatchDependencies,
  notices: readonly NoticeToSend[],
  claim: { readonly by: string; readonly until: EpochMs },
  pace: Pace,
): Promise<BatchResult> {
  const { found, settled: unanswered, rest } = await askAll(deps, notices);
  const sorted = await Promise.all(rest.map((notice) => triage(notice, deps.now(), deps)));
  const ready = sorted.filter(isReady);
  const stopped = sorted.filter((each): each is Settled => !isReady(each));
  const attempts = new Map(ready.map((each) => [each.notice.id, attemptOf(each, deps.now())]));
  const begun = await deps.store.begin(claim.by, [...attempts.values()]);

  const gateway = new BatchGateway(deps, claim.until, pace);
  const results = await Promise.all(
    ready
      .filter(({ notice }) => begun.has(notice.id))
      .map(async (each): Promise<Accepted | Settled> => {
        const attempt = attempts.get(each.notice.id);
        if (!attempt) throw new Error('an attempt was lost');
        const attempted = await gateway.send(each, attempt);
        return concluded(each.notice, attempt, attempted, deps.now());
      }),
  );
  return {
    accepted: [...found, ...results.filter(isAccepted)],
    settled: [...unanswered, ...stopped, ...results.filter((each): each is Settled => !isAccepted(each))],
    ...(gateway.refused === undefined ? {} : { refused: gateway.refused }),
  };
}

function isReady(each: ReadyNotice | Settled): each is ReadyNotice {
  return 'wording' in each;
}

function isAccepted(each: Accepted | Settled): each is Accepted {
  return 'providerId' in each;
}

/** Those of one recipient and text are asked about one after the other: each must see what the one before has found. */
async function askAll(
  deps: BatchDependencies,
  notices: readonly NoticeToSend[],
): Promise<{ found: Accepted[]; settled: Settled[]; rest: NoticeToSend[] }> {
  const found: Accepted[] = [];
  const settled: Settled[] = [];
  const gone = new Set<string>();
  const alike = Map.groupBy(
    notices.filter((notice) => unknownAttempt(notice)),
    (notice) => `${addressOf(notice, 'sms') ?? ''}\n${notice.last?.text ?? ''}`,
  );
  await Promise.all(
    [...alike.values()].map(async (group) => {
      for (const notice of group) {
        const attempt = unknownAttempt(notice);
        if (!attempt) continue;
        const answer = await askGateway(deps, notice, attempt);
        if (answer.kind === 'not-there') continue;
        gone.add(notice.id);
        if (answer.kind === 'found') found.push(answer.accepted);
        else
          settled.push(
            stillAsked(answer.settled) ? answer.settled : (stop(notice, deps.now(), deps) ?? answer.settled),
          );
      }
    }),
  );
  return { found, settled, rest: notices.filter(({ id }) => !gone.has(id)) };
}

/** Whether nothing but the question is repeated: a notice that says what is not so any more goes no further than that. */
function stillAsked({ state }: Settled): boolean {
  return state === 'sending';
}

/** The attempt to put on record: what surely did not leave, or is repeated because it never arrived, is the same one. */
function attemptOf({ notice, address, wording }: ReadyNotice, now: EpochMs): Attempt {
  const { id, caseNumber, channel, last } = notice;
  const unknown = unknownAttempt(notice);
  const repeats = unknown ?? (last?.state === 'not-sent' && last.channel === channel ? last : undefined);
  return {
    id,
    caseNumber,
    channel,
    address,
    n: repeats?.n ?? (last?.n ?? 0) + 1,
    // The first time stays: whatever the gateway took over since then is this notice.
    at: unknown?.at ?? now,
    text: unknown?.text ?? wording.text,
    templateVersion: wording.templateVersion,
    parts: wording.parts,
  };
}

function concluded(
  notice: NoticeToSend,
  attempt: Attempt,
  { outcome, providerId, code }: Attempted,
  now: EpochMs,
): Accepted | Settled {
  const { id, n } = attempt;
  if (providerId !== undefined) return { id, n, providerId, at: now };
  const next = moved(notice, afterAttempt(factsOf(notice), outcome, attempt.at, now), code);
  if (outcome.kind === 'unknown') return next;
  return { ...next, attempt: { n, state: outcome.kind === 'rejected' ? 'rejected' : 'not-sent' } };
}

/** A gateway as one batch uses it: in turn, until it is plainly in trouble or the time is over. */
class BatchGateway {
  refused: string | undefined;
  readonly #deps: BatchDependencies;
  readonly #until: EpochMs;
  readonly #pace: Pace;
  #inVain = 0;
  #trouble: Attempted | undefined;

  constructor(deps: BatchDependencies, until: EpochMs, pace: Pace) {
    this.#deps = deps;
    this.#until = until;
    this.#pace = pace;
  }

  async send({ notice, address, wording }: ReadyNotice, { n, text }: Attempt): Promise<Attempted> {
    await this.#pace();
    if (this.#inVain >= IN_A_ROW && this.#trouble) return this.#trouble;
    if (this.#deps.now() > this.#until - LAST_SEND_MS)
      return { outcome: { kind: 'unavailable' }, code: 'TOO_LATE' };
    const { id: noticeId, channel } = notice;
    const { subject } = wording;
    const attempted = await sendMessage(this.#deps, { noticeId, n, channel, to: address, subject, text });
    this.#note(attempted);
    return attempted;
  }

  #note(attempted: Attempted): void {
    const { kind } = attempted.outcome;
    if (kind === 'refused') this.refused = attempted.code ?? 'unknown';
    if (kind === 'unavailable' || kind === 'refused') {
      this.#inVain += 1;
      this.#trouble = attempted;
    } else {
      this.#inVain = 0;
    }
  }
}

/** The channel a notice is to be looked for on next, and when. */
export function nextLooks(settled: readonly Settled[]): readonly (readonly [GatewayChannel, EpochMs])[] {
  return settled.flatMap(({ channel, sendAt }) =>
    channel === undefined || sendAt === undefined ? [] : [[channel, sendAt] as const],
  );
}
