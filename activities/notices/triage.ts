import { isOpen } from '../../domain/procedure.ts';
import { audience } from '../../domain/reminders/audience.ts';
import { type DeliveryFacts, type NextMove, sendNow } from '../../domain/reminders/delivery.ts';
import type { GatewayChannel } from '../../domain/reminders/kinds.ts';
import { nextAllowed } from '../../domain/reminders/quiet-hours.ts';
import { takenBack } from '../../domain/reminders/still-true.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type { RenderedNotice } from '../../templates/notices/index.ts';
import { type NoticeHouse, wordingOf } from './notice-props.ts';
import type { NoticeToSend, Settled } from './notice-store.ts';

/** A notice that may leave now. */
export interface ReadyNotice {
  readonly notice: NoticeToSend;
  readonly address: string;
  readonly wording: RenderedNotice;
}

export interface TriageOptions {
  readonly house: NoticeHouse;
  /** Whether rehearsed cases send messages at all. */
  readonly rehearsalSends: boolean;
  /** What a party repeats to confirm a new number. */
  readonly codeOf: (changeId: string) => Promise<string>;
}

/** Whether a notice leaves now; if not, what becomes of it. Looked at in the last moment, whatever was planned. */
export async function triage(
  notice: NoticeToSend,
  now: EpochMs,
  options: TriageOptions,
): Promise<ReadyNotice | Settled> {
  const stopped = stop(notice, now, options);
  if (stopped) return stopped;
  const move = sendNow(factsOf(notice), now);
  const address = addressOf(notice, notice.channel);
  if (move.do !== 'send' || move.channel !== notice.channel || move.at > now || address === undefined) {
    return moved(notice, move, address === undefined ? 'NO_ADDRESS' : undefined);
  }
  try {
    const code = notice.changeId === undefined ? undefined : await options.codeOf(notice.changeId);
    return { notice, address, wording: wordingOf(notice, options.house, code) };
  } catch (error) {
    // An order that can't be worded will not become better by trying: a person looks at it at once.
    const state = notice.channels.includes('call') ? 'to-call' : 'failed';
    return settled(notice, state, error instanceof Error ? error.name : 'Unknown');
  }
}

/** What becomes of a notice that must go out on no channel, nor be told by telephone; undefined when it may. */
export function stop(
  notice: NoticeToSend,
  now: EpochMs,
  options: Pick<TriageOptions, 'rehearsalSends'>,
): Settled | undefined {
  const reason = reasonToStop(notice, now, options);
  return reason && settled(notice, ...reason);
}

type Stop = readonly [state: Settled['state'], error: string];

function reasonToStop(
  notice: NoticeToSend,
  now: EpochMs,
  { rehearsalSends }: Pick<TriageOptions, 'rehearsalSends'>,
): Stop | undefined {
  const { usefulUntil } = factsOf(notice);
  const { stage } = notice;
  const standing = { stage, deadlineVersion: notice.caseDeadlineVersion };
  // A rehearsed case may be days ahead by the time its order leaves, which it does at once: it was true when ordered.
  const isAhead = notice.rehearsal && notice.last === undefined;
  const untrue = isAhead ? undefined : takenBack({ ...notice, usefulUntil }, standing, now);
  if (untrue) return ['cancelled', untrue];
  if (!notice.contact) return ['cancelled', 'CASE_KEY_ERASED'];
  if (notice.rehearsal && !rehearsalSends) return ['suppressed', 'REHEARSAL'];
  // Who may be told is decided by today's flag: it may have been set after the notice was planned.
  if (notice.safety && !audience(notice.kind, notice).includes(notice.party)) return ['suppressed', 'SAFETY'];
  if (notice.optional && notice.declinesOptional) return ['suppressed', 'DECLINED'];
  if (notice.kind === 'number-confirmation' && notice.changeId === undefined)
    return ['cancelled', 'NUMBER_DECIDED'];
  if (usefulUntil === undefined || now < usefulUntil) return undefined;
  return isOpen(stage) ? ['failed', 'PAST_USE'] : ['cancelled', 'CASE_ENDED'];
}

/** The notice as the rules see it. A rehearsed case has a time of its own, so its hours and limits do not count here. */
export function factsOf(notice: NoticeToSend): DeliveryFacts {
  const { id, channels, channel, dueAt, usefulUntil, rehearsal, sendingHours } = notice;
  return {
    id,
    channels,
    channel,
    dueAt,
    reachable: (['sms', 'email'] as const).filter((each) => addressOf(notice, each) !== undefined),
    tries: notice.vainTries + 1,
    usefulUntil: rehearsal ? undefined : usefulUntil,
    allowed: rehearsal ? (instant) => instant : (instant) => nextAllowed(instant, sendingHours),
  };
}

export function addressOf({ contact }: NoticeToSend, channel: GatewayChannel): string | undefined {
  return channel === 'sms' ? contact?.mobile : contact?.email;
}

/** What a move of the rules means for the row. @param error what stands on record as its reason */
export function moved(notice: NoticeToSend, move: NextMove, error: string | undefined): Settled {
  const because = error === undefined ? {} : { error };
  switch (move.do) {
    case 'send': {
      const same = move.channel === notice.channel;
      const vainTries = same && error !== undefined ? notice.vainTries + 1 : same ? notice.vainTries : 0;
      const { channel, at: sendAt } = move;
      return { id: notice.id, state: 'queued', channel, sendAt, vainTries, ...because };
    }
    case 'ask':
      return {
        id: notice.id,
        state: 'sending',
        channel: notice.channel,
        sendAt: move.at,
        vainTries: notice.vainTries + 1,
        ...because,
      };
    case 'call':
      return settled(notice, 'to-call', error);
    case 'fail':
      return settled(notice, 'failed', error);
    case 'nothing':
      throw new RangeError('a notice that a gateway has taken over is not moved');
  }
}

function settled({ id }: NoticeToSend, state: Settled['state'], error: string | undefined): Settled {
  return { id, state, vainTries: 0, ...(error === undefined ? {} : { error }) };
}
