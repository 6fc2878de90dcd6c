import type { AttemptState, NoticeState } from '../../activities/notices/notice-store.ts';
import type { Locale } from '../../domain/case/vocabulary.ts';
import type { Channel } from '../../domain/reminders/kinds.ts';
import { dateAt, type EpochMs, timeAt } from '../../domain/zoned-time.ts';
import { ATTEMPT_FAILED, CHANNEL_TEXTS, reasonText } from '../texts/reminder-texts.ts';

/** What is on record about one notice, as far as it proves anything. No personal data. */
export interface ProofFacts {
  readonly state: NoticeState;
  /** In use, or to be tried next. */
  readonly channel: Channel;
  readonly dueAt: EpochMs;
  readonly sendAt?: EpochMs | undefined;
  readonly sentAt?: EpochMs | undefined;
  readonly deliveredAt?: EpochMs | undefined;
  /** The party wants no optional messages, and this is one. */
  readonly declined: boolean;
  readonly attempts: readonly {
    readonly channel: Channel;
    readonly at: EpochMs;
    readonly state: AttemptState;
    readonly error?: string | undefined;
  }[];
  readonly calls: number;
  /** Staff id. */
  readonly handledBy?: string | undefined;
  readonly handledAt?: EpochMs | undefined;
  /** Code: why it failed, was cancelled or was not sent. */
  readonly reason?: string | undefined;
}

/** What became of a notice, as one sentence: each channel that failed, and how it stands now. */
export function proofOf(facts: ProofFacts, locale: Locale): string {
  const words = WORDS[locale];
  const clauses = [...failedChannels(facts, words, locale), ...outcome(facts, words, locale)];
  const sentence = clauses.join(words.and);
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}${words.stop}`;
}

/** One clause for each channel on which every attempt so far is known to have failed, in the order they were tried. */
function failedChannels({ attempts }: ProofFacts, words: Words, locale: Locale): string[] {
  const channels = [...new Set(attempts.map(({ channel }) => channel))];
  return channels.flatMap((channel) => {
    const own = attempts.filter((each) => each.channel === channel);
    const last = own.at(-1);
    if (!last || !own.every(({ state }) => ATTEMPT_FAILED[state])) return [];
    return [words.notBy(CHANNEL_TEXTS[channel][locale], instantText(last.at), own.length, last.error)];
  });
}

function outcome(facts: ProofFacts, words: Words, locale: Locale): string[] {
  const by = CHANNEL_TEXTS[facts.channel][locale];
  const lastAttempt = facts.attempts.at(-1)?.at;
  const reason = facts.reason === undefined ? undefined : reasonText(facts.reason)[locale];
  switch (facts.state) {
    case 'planned':
      return [facts.declined ? words.declined : words.planned(by, instantText(facts.dueAt))];
    case 'queued':
      if (facts.declined) return [words.declined];
      return [words.queued(by, instantText(facts.sendAt ?? facts.dueAt))];
    case 'sending':
      return [words.sending(by, instantText(lastAttempt ?? facts.dueAt))];
    case 'sent':
      return [words.sent(by, instantText(facts.sentAt ?? lastAttempt ?? facts.dueAt))];
    case 'delivered':
      return [words.delivered(by, instantText(facts.deliveredAt ?? facts.sentAt ?? facts.dueAt))];
    case 'undelivered':
      return [words.undelivered, ...givenUp(facts, words)];
    case 'to-call':
      return [facts.calls === 0 ? words.toCall : words.toCallAgain(facts.calls)];
    case 'called':
      return [words.called(facts.handledBy ?? '', instantText(facts.handledAt ?? facts.dueAt))];
    case 'failed':
      return [words.failed(facts.attempts.length === 0 ? reason : undefined), ...givenUp(facts, words)];
    case 'suppressed':
      return [words.suppressed(facts.declined ? undefined : reason)];
    case 'cancelled':
      return [words.cancelled(reason)];
  }
}

/** Staff have stopped ringing. */
function givenUp({ calls, handledBy, handledAt }: ProofFacts, words: Words): string[] {
  return handledBy === undefined || handledAt === undefined
    ? []
    : [words.givenUp(handledBy, instantText(handledAt), calls)];
}

/** Civil date and time in Asia/Shanghai. */
function instantText(at: EpochMs): string {
  return `${dateAt(at)} ${timeAt(at)}`;
}

interface Words {
  readonly and: string;
  readonly stop: string;
  readonly declined: string;
  readonly undelivered: string;
  readonly toCall: string;
  notBy(by: string, at: string, times: number, error: string | undefined): string;
  planned(by: string, at: string): string;
  queued(by: string, at: string): string;
  sending(by: string, at: string): string;
  sent(by: string, at: string): string;
  delivered(by: string, at: string): string;
  toCallAgain(calls: number): string;
  called(who: string, at: string): string;
  failed(reason: string | undefined): string;
  givenUp(who: string, at: string, calls: number): string;
  suppressed(reason: string | undefined): string;
  cancelled(reason: string | undefined): string;
}

const WORDS: Readonly<Record<Locale, Words>> = {
  'zh-Hans': {
    and: '；',
    stop: '。',
    declined: '当事人不接收此类非必要信息，不予发送',
    undelivered: '各渠道均未送达',
    toCall: '须由工作人员电话告知',
    notBy: (by, at, times, error) =>
      `${at}${by}未送达${times > 1 ? `（共 ${times} 次）` : ''}${error ? `（${error}）` : ''}`,
    planned: (by, at) => `计划于 ${at} 通过${by}发送`,
    queued: (by, at) => `等待于 ${at} 通过${by}发送`,
    sending: (by, at) => `${at} 开始通过${by}发送，结果尚未得知`,
    sent: (by, at) => `${at} 已交${by}网关，等待送达回执`,
    delivered: (by, at) => `${at} 已通过${by}送达`,
    toCallAgain: (calls) => `已致电 ${calls} 次未接通，仍须电话告知`,
    called: (who, at) => `${at} 已由工作人员 ${who} 电话告知`,
    failed: (reason) => `未能告知当事人${reason ? `（${reason}）` : ''}`,
    givenUp: (who, at, calls) => `致电 ${calls} 次后，${at} 工作人员 ${who} 记为无法联系`,
    suppressed: (reason) => `按规定未发送${reason ? `（${reason}）` : ''}`,
    cancelled: (reason) => `已取消${reason ? `：${reason}` : ''}`,
  },
  'zh-Hant': {
    and: '；',
    stop: '。',
    declined: '當事人不接收此類非必要訊息，不予發送',
    undelivered: '各渠道均未送達',
    toCall: '須由工作人員電話告知',
    notBy: (by, at, times, error) =>
      `${at}${by}未送達${times > 1 ? `（共 ${times} 次）` : ''}${error ? `（${error}）` : ''}`,
    planned: (by, at) => `計劃於 ${at} 以${by}發送`,
    queued: (by, at) => `等待於 ${at} 以${by}發送`,
    sending: (by, at) => `${at} 開始以${by}發送，結果尚未得知`,
    sent: (by, at) => `${at} 已交${by}閘道，等待送達回執`,
    delivered: (by, at) => `${at} 已以${by}送達`,
    toCallAgain: (calls) => `已致電 ${calls} 次未接通，仍須電話告知`,
    called: (who, at) => `${at} 已由工作人員 ${who} 電話告知`,
    failed: (reason) => `未能告知當事人${reason ? `（${reason}）` : ''}`,
    givenUp: (who, at, calls) => `致電 ${calls} 次後，${at} 工作人員 ${who} 記為無法聯繫`,
    suppressed: (reason) => `按規定未發送${reason ? `（${reason}）` : ''}`,
    cancelled: (reason) => `已取消${reason ? `：${reason}` : ''}`,
  },
  en: {
    and: '; ',
    stop: '.',
    declined: 'not sent, since the party wants no optional messages',
    undelivered: 'not delivered on any channel',
    toCall: 'to be told by telephone',
    notBy: (by, at, times, error) =>
      `not delivered by ${by} at ${at}${times > 1 ? ` after ${times} attempts` : ''}${error ? ` (${error})` : ''}`,
    planned: (by, at) => `will be sent by ${by} at ${at}`,
    queued: (by, at) => `waits to be sent by ${by} at ${at}`,
    sending: (by, at) => `being sent by ${by} since ${at}, with no outcome known yet`,
    sent: (by, at) => `handed over to be sent by ${by} at ${at}, and the receipt is awaited`,
    delivered: (by, at) => `delivered by ${by} at ${at}`,
    toCallAgain: (calls) =>
      `rung ${calls === 1 ? 'once' : `${calls} times`} in vain, and still to be told by telephone`,
    called: (who, at) => `told by telephone by ${who} at ${at}`,
    failed: (reason) => `nobody could be warned${reason ? ` (${reason})` : ''}`,
    givenUp: (who, at, calls) =>
      `given up by ${who} at ${at} after ${calls === 1 ? 'one call' : `${calls} calls`}`,
    suppressed: (reason) => `not sent, by rule${reason ? ` (${reason})` : ''}`,
    cancelled: (reason) => `cancelled${reason ? `, since ${reason}` : ''}`,
  },
};
