import { randomUUID } from 'node:crypto';
import { GATEWAY_CHANNELS, type GatewayChannel } from '../../domain/reminders/kinds.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type { CaseSignals } from '../case-signals.ts';
import { tellCases } from './attention.ts';
import { type BatchDependencies, nextLooks, sendBatch } from './deliver-batch.ts';
import { batchSizeOf, type SendingRates, type Successors } from './delivery-port.ts';
import type { GatewayAlarm } from './gateway-alarm.ts';
import type { NoticeToSend } from './notice-store.ts';
import { evenPace } from './pace.ts';

export interface DeliveryDependencies extends BatchDependencies {
  readonly deliveries: Successors;
  readonly signals: CaseSignals;
  readonly alarm: GatewayAlarm;
  readonly rates: SendingRates;
  /** The running attempt of the activity, from 1. */
  readonly attempt: () => number;
  /** Tells the engine that a long batch is still at work. */
  readonly alive: () => void;
}

export interface NoticeActivities {
  /** Sends one batch of the channel's due notices. @param at not before this instant of real time */
  deliverDue(input: { readonly channel: GatewayChannel; readonly at?: EpochMs }): Promise<void>;
  /** The name under which the release before this one handed over single notices. */
  deliverNotice(input: { readonly noticeId: string }): Promise<void>;
}

/** A batch that dies leaves its notices to others after this long; longer than any batch takes. */
const CLAIM_MS = 30_000;
/** Clocks of engine and worker may differ by this much; more than that is not waited for. */
const CLOCK_SKEW_MS = 2_000;
const ALIVE_EVERY_MS = 5_000;
/** How far ahead a delivery that was broken off starts again what it may have failed to start. */
const LOOK_AHEAD_MS = 3_600_000;
/** Batches that are started ahead of time while more is due; enough for two seconds. */
const MOST_BATCHES = 60;
/** More than a batch ever has. */
const MOST_UNTOLD = 200;

export function noticeActivities(deps: DeliveryDependencies): NoticeActivities {
  const paces = { sms: evenPace(deps.rates.sms), email: evenPace(deps.rates.email) };
  return {
    async deliverDue({ channel, at }) {
      if (at !== undefined) await untilHour(at - deps.now());
      if (deps.attempt() > 1) await startAgain(deps);
      const claim = newClaim(deps, channel);
      const notices = await deps.store.claim(claim);
      await startSuccessors(deps, claim, notices.length);
      if (notices.length > 0) await deliver(deps, notices, claim, paces[channel]);
    },

    async deliverNotice({ noticeId }) {
      for (const channel of GATEWAY_CHANNELS) {
        const claim = { ...newClaim(deps, channel), most: 1, only: noticeId };
        const notices = await deps.store.claim(claim);
        if (notices.length > 0) return deliver(deps, notices, claim, paces[channel]);
      }
    },
  };
}

function newClaim(deps: DeliveryDependencies, channel: GatewayChannel) {
  const now = deps.now();
  return { channel, by: randomUUID(), now, until: now + CLAIM_MS, most: batchSizeOf(deps.rates[channel]) };
}
type NewClaim = ReturnType<typeof newClaim>;

async function untilHour(ms: number): Promise<void> {
  if (ms > 0 && ms <= CLOCK_SKEW_MS) await new Promise((resolve) => setTimeout(resolve, ms));
}

/** More is due: others take it. All taken: somebody looks again when the claim of one that may have died runs out. */
async function startSuccessors(
  { store, deliveries }: DeliveryDependencies,
  { channel, by, now, most }: NewClaim,
  taken: number,
): Promise<void> {
  if (taken === most) {
    const waiting = await store.waiting(channel, now, most * MOST_BATCHES);
    if (waiting > 0) await deliveries.more(channel, Math.ceil(waiting / most));
    return;
  }
  const lapse = await store.nextLapse(channel, by);
  if (lapse !== undefined) await deliveries.due([channel], lapse);
}

/**
 * A delivery that was broken off may have written when notices are tried next, or that one reached nobody, and died
 * before it had that started, or had told the case.
 */
async function startAgain({ store, deliveries, signals, now }: DeliveryDependencies): Promise<void> {
  for (const [channel, at] of await store.hours(now() + LOOK_AHEAD_MS)) await deliveries.due([channel], at);
  for (const caseNumber of await store.untold(MOST_UNTOLD))
    await signals.attention(caseNumber, 'NOTICE_FAILED', true);
}

async function deliver(
  deps: DeliveryDependencies,
  notices: readonly NoticeToSend[],
  claim: NewClaim,
  pace: () => Promise<void>,
): Promise<void> {
  const working = setInterval(deps.alive, ALIVE_EVERY_MS);
  try {
    const result = await sendBatch(deps, notices, claim, pace);
    await deps.store.accepted(result.accepted);
    await deps.store.settle(claim.by, result.settled);
    for (const [channel, at] of nextLooks(result.settled)) {
      await deps.deliveries.due([channel], at);
    }
    if (result.refused !== undefined) await deps.alarm.refused(claim.channel, result.refused);
    else if (result.accepted.length > 0) await deps.alarm.works(claim.channel);
    await tellCases(deps, notices, result);
  } finally {
    clearInterval(working);
  }
}
