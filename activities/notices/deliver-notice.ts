import { ApplicationFailure } from '@temporalio/common';
import type { Channel } from '../../domain/reminders/kinds.ts';
import { nextAllowed } from '../../domain/reminders/quiet-hours.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type { RenderedNotice } from '../../templates/notices/index.ts';
import { ATTEMPTS_BEFORE_ATTENTION, type CaseSignals } from '../case-signals.ts';
import { GatewayRefused, GatewayUnavailable, OutcomeUnknown, RecipientRejected } from './errors.ts';
import { type NoticeHouse, wordingOf } from './notice-props.ts';
import type { NoticeStore, NoticeToSend } from './notice-store.ts';
import type { Mailer, Sent, SmsGateway } from './port.ts';

export interface DeliverNoticeDependencies {
  readonly store: NoticeStore;
  readonly sms: SmsGateway;
  readonly mailer: Mailer;
  readonly signals: CaseSignals;
  readonly house: NoticeHouse;
  /** The clock on the wall: gateways live there, whatever time a rehearsed case has. */
  readonly now: () => EpochMs;
  /** The running attempt of the activity, from 1. */
  readonly attempt: () => number;
  /** Milliseconds since the notice was handed over. */
  readonly age: () => number;
}

export interface NoticeActivities {
  deliverNotice(input: { readonly noticeId: string }): Promise<void>;
}

/**
 * Sends one notice so that the recipient gets it once: the attempt is on record before the gateway is called,
 * and after an attempt whose outcome is unknown the gateway is asked before anything is sent again.
 */
export function noticeActivities(deps: DeliverNoticeDependencies): NoticeActivities {
  return {
    async deliverNotice({ noticeId }) {
      const notice = await deps.store.find(noticeId);
      if (!notice || (notice.state !== 'queued' && notice.state !== 'sending')) return;
      waitForDay(notice, deps.now());
      const wording = await wordingOrFailed(deps, notice);
      if (!wording) return;
      await tryChannels(deps, notice, wording);
      if (
        deps.attempt() >= ATTEMPTS_BEFORE_ATTENTION &&
        !(await deps.store.othersDelayed(notice.caseNumber, notice.id))
      ) {
        await deps.signals.attention(notice.caseNumber, 'NOTICE_DELAYED', false);
      }
    },
  };
}

/** How long a notice is tried; afterwards it stands in the list of those who could not be warned. */
const TRIED_FOR_MS = 3 * 86_400_000;

/** The gateway's clock and ours may differ by this much. */
const CLOCK_SKEW_MS = 60_000;

/** Nothing is sent between 20:00 and 08:30, not even what should have gone out earlier. */
function waitForDay(notice: NoticeToSend, now: EpochMs): void {
  if (notice.rehearsal) return;
  const allowed = nextAllowed(now);
  if (allowed > now) throw tryAgain('QuietHours', allowed - now);
}

/** An order that can't be worded will not become better by trying: it is put before a person at once. */
async function wordingOrFailed(
  deps: DeliverNoticeDependencies,
  notice: NoticeToSend,
): Promise<RenderedNotice | undefined> {
  try {
    return wordingOf(notice, deps.house);
  } catch (error) {
    await giveUp(deps, notice, errorCode(error));
    return undefined;
  }
}

async function giveUp(deps: DeliverNoticeDependencies, notice: NoticeToSend, error: string): Promise<void> {
  await deps.store.failed(notice.id, error);
  await deps.signals.attention(notice.caseNumber, 'NOTICE_FAILED', true);
}

async function tryChannels(
  deps: DeliverNoticeDependencies,
  notice: NoticeToSend,
  wording: RenderedNotice,
): Promise<void> {
  const first = notice.channel ? notice.channels.indexOf(notice.channel) : 0;
  let lastError = 'NO_ADDRESS';
  for (const channel of notice.channels.slice(Math.max(0, first))) {
    const address = channel === 'sms' ? notice.contact.mobile : notice.contact.email;
    if (!address) continue;
    try {
      const sent = await sendOnce(deps, notice, channel, address, wording);
      await deps.store.sent(notice.id, sent.providerId, deps.now());
      return;
    } catch (error) {
      if (!(error instanceof RecipientRejected)) {
        if (deps.age() > TRIED_FOR_MS) return giveUp(deps, notice, errorCode(error));
        throw await postponed(deps, notice, error);
      }
      lastError = `${channel}:${error.code}`;
    }
  }
  await giveUp(deps, notice, lastError);
}

async function sendOnce(
  deps: DeliverNoticeDependencies,
  notice: NoticeToSend,
  channel: Channel,
  address: string,
  wording: RenderedNotice,
): Promise<Sent> {
  const { subject, text, templateVersion, parts } = wording;
  const tried = notice.channel === channel ? unknownSince(notice) : undefined;
  if (tried !== undefined && channel === 'sms') {
    const found = await deps.sms.findSent({ to: address, text, since: tried - CLOCK_SKEW_MS });
    if (found) return found;
  }
  // The first attempt's time stays: whatever was sent since then is this notice.
  const at = tried ?? deps.now();
  await deps.store.sending(notice, { channel, at, text, templateVersion, parts });
  return channel === 'sms'
    ? deps.sms.send({ to: address, text, reference: notice.id })
    : deps.mailer.send({ to: address, subject, text, reference: notice.id });
}

/** When an attempt began whose outcome nobody has told us: the process died, or the gateway fell silent. */
function unknownSince(notice: NoticeToSend): EpochMs | undefined {
  return notice.state === 'sending' ? notice.attemptedAt : undefined;
}

/** Notes what happened, tells a person when it has gone on for long, and gives the failure to retry on. */
async function postponed(
  deps: DeliverNoticeDependencies,
  notice: NoticeToSend,
  error: unknown,
): Promise<ApplicationFailure> {
  const code = errorCode(error);
  const surelyNotSent = error instanceof GatewayUnavailable || error instanceof GatewayRefused;
  // An earlier attempt with an unknown outcome stays unknown, whatever became of this one.
  if (surelyNotSent && unknownSince(notice) === undefined) await deps.store.putBack(notice.id, code);
  else await deps.store.stillUnknown(notice.id, code);
  if (deps.attempt() >= ATTEMPTS_BEFORE_ATTENTION) {
    await deps.signals.attention(notice.caseNumber, 'NOTICE_DELAYED', true);
  }
  return tryAgain(code, error instanceof GatewayUnavailable ? error.retryAfterMs : undefined);
}

function errorCode(error: unknown): string {
  if (
    error instanceof GatewayUnavailable ||
    error instanceof GatewayRefused ||
    error instanceof OutcomeUnknown
  ) {
    return `${error.name}:${error.code}`;
  }
  return error instanceof Error ? error.name : 'Unknown';
}

function tryAgain(code: string, afterMs: number | undefined): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'NoticePostponed',
    message: code,
    ...(afterMs === undefined ? {} : { nextRetryDelay: afterMs }),
  });
}
