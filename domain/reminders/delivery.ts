import type { EpochMs } from '../zoned-time.ts';
import { type Channel, GATEWAY_CHANNELS, type GatewayChannel } from './kinds.ts';
import { stableHash } from './lead.ts';

/** What became of handing one message to a gateway. */
export type AttemptOutcome =
  | { readonly kind: 'accepted' }
  /** The recipient cannot be reached on this channel, now or later. */
  | { readonly kind: 'rejected' }
  /** Surely not sent; the gateway may ask to be left alone for a while. */
  | { readonly kind: 'unavailable'; readonly retryAfterMs?: number | undefined }
  /** Surely not sent, and no message will be until somebody mends our account or settings. */
  | { readonly kind: 'refused' }
  /** It may have been sent. */
  | { readonly kind: 'unknown' };

/** Where a notice stands. Instants are real time. */
export interface DeliveryFacts {
  /** The notice's key: retries of different notices are spread by it. */
  readonly id: string;
  /** In the order of its policy. */
  readonly channels: readonly Channel[];
  /** The one in use. */
  readonly channel: GatewayChannel;
  /** Channels for which the party has an address. */
  readonly reachable: readonly GatewayChannel[];
  /** Tries on this channel that came to nothing, this one included. */
  readonly tries: number;
  readonly dueAt: EpochMs;
  /** Afterwards nobody needs it. */
  readonly usefulUntil?: EpochMs | undefined;
  /** The instant itself when sending is allowed then, else the next one when it is. */
  readonly allowed: (instant: EpochMs) => EpochMs;
}

/** What to do with a notice next. */
export type NextMove =
  /** A gateway has it: its receipt will tell. */
  | { readonly do: 'nothing' }
  | { readonly do: 'send'; readonly channel: GatewayChannel; readonly at: EpochMs }
  /** Ask the gateway whether it has the message, before anything is sent again. */
  | { readonly do: 'ask'; readonly at: EpochMs }
  /** Staff must ring. */
  | { readonly do: 'call' }
  /** Nobody could be warned. */
  | { readonly do: 'fail' };

/** A gateway in trouble is tried again after 2 s, 4 s … 5 min. */
const BACKOFF = { first: 2_000, longest: 300_000 } as const;
/** Somebody has to mend the account; trying does not help, and must not hammer. */
const REFUSED_BACKOFF = { first: 60_000, longest: 1_800_000 } as const;
/** About three days at the longest interval: then a person looks, whatever the notice is still good for. */
const MOST_TRIES = 900;
/** A message that a gateway took over without our hearing of it can be found there after this long. */
const SETTLED_AFTER_MS = 15_000;
/** A handset that was off is tried once more after this long. */
const HANDSET_PAUSE_MS = 1_800_000;
/**
 * What remains of a notice's use for the next channel, and for staff to ring. A part and not some hours: what is of use
 * until midnight is told by an office that closes in the afternoon, and nothing is sent in the evening.
 */
const RESERVE = 1 / 4;

/** What follows from an attempt. @param attemptedAt when it began */
export function afterAttempt(
  facts: DeliveryFacts,
  outcome: AttemptOutcome,
  attemptedAt: EpochMs,
  now: EpochMs,
): NextMove {
  switch (outcome.kind) {
    case 'accepted':
      return { do: 'nothing' };
    case 'rejected':
      return onward(facts, now);
    case 'unavailable':
      return again(facts, now + Math.max(pause(facts, BACKOFF), outcome.retryAfterMs ?? 0), now);
    case 'refused':
      return again(facts, now + pause(facts, REFUSED_BACKOFF), now);
    case 'unknown': {
      const at = Math.max(attemptedAt + SETTLED_AFTER_MS, now + pause(facts, BACKOFF));
      const next = again(facts, at, now);
      return next.do === 'send' && next.channel === facts.channel ? { do: 'ask', at } : next;
    }
  }
}

/**
 * What follows from a receipt that says the message did not arrive.
 * @param failures messages on this channel that did not arrive, this one included
 */
export function afterUndelivered(
  facts: DeliveryFacts,
  failure: 'permanent' | 'temporary',
  failures: number,
  now: EpochMs,
): NextMove {
  if (failure === 'permanent' || failures > 1) return onward(facts, now);
  return again(facts, now + HANDSET_PAUSE_MS, now);
}

/** Sending on the channel in use if the party has an address for it, else whatever comes after it. */
export function sendNow(facts: DeliveryFacts, now: EpochMs): NextMove {
  if (isOver(facts, now)) return { do: 'fail' };
  return facts.reachable.includes(facts.channel) ? sending(facts, facts.channel, now) : onward(facts, now);
}

/** The next channel in order, at once; staff, or nobody, when there is none. */
export function onward(facts: DeliveryFacts, now: EpochMs): NextMove {
  if (isOver(facts, now)) return { do: 'fail' };
  for (const channel of facts.channels.slice(facts.channels.indexOf(facts.channel) + 1)) {
    if (channel === 'call') return { do: 'call' };
    if (!facts.reachable.includes(channel)) continue;
    const next = sending(facts, channel, now);
    if (next.do !== 'fail') return next;
  }
  return { do: 'fail' };
}

/** The same channel at `at`, as long as the next one keeps its time; without a next one, as long as it is of use. */
function again(facts: DeliveryFacts, at: EpochMs, now: EpochMs): NextMove {
  const same = facts.tries < MOST_TRIES ? sending(facts, facts.channel, at) : ({ do: 'fail' } as const);
  if (same.do === 'send' && same.at <= lastTryAt(facts)) return same;
  const next = onward(facts, now);
  return next.do === 'fail' ? same : next;
}

function sending(facts: DeliveryFacts, channel: GatewayChannel, instant: EpochMs): NextMove {
  const at = facts.allowed(instant);
  return isOver(facts, at) ? { do: 'fail' } : { do: 'send', channel, at };
}

function isOver({ usefulUntil }: DeliveryFacts, at: EpochMs): boolean {
  return usefulUntil !== undefined && at >= usefulUntil;
}

/** A notice that is of use for a short time leaves the channel after three quarters of it. */
function lastTryAt({ usefulUntil, dueAt }: DeliveryFacts): EpochMs {
  if (usefulUntil === undefined) return Infinity;
  return usefulUntil - Math.max(0, usefulUntil - dueAt) * RESERVE;
}

/** Doubling, and spread over its last quarter, so that what failed together does not come back together. */
function pause(
  { id, tries }: DeliveryFacts,
  { first, longest }: { readonly first: number; readonly longest: number },
): number {
  const whole = Math.min(longest, first * 2 ** Math.min(30, Math.max(0, tries - 1)));
  return Math.round(whole * (1 - stableHash(`${id}#${tries}`) / 2 ** 32 / 4));
}

/** The first channel of a notice's order on which a gateway sends; undefined when staff ring at once. */
export function firstGatewayChannel(channels: readonly Channel[]): GatewayChannel | undefined {
  const [first] = channels;
  return GATEWAY_CHANNELS.find((channel) => channel === first);
}
