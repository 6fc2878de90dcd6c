import type { GatewayChannel } from '../../domain/reminders/kinds.ts';
import type { AttemptOutcome } from '../../domain/reminders/delivery.ts';
import { GatewayRefused, GatewayUnavailable, OutcomeUnknown, RecipientRejected } from './errors.ts';
import type { Mailer, SmsGateway } from './port.ts';

export interface Gateways {
  readonly sms: SmsGateway;
  readonly mailer: Mailer;
}

/** One message of an attempt. */
export interface Message {
  readonly noticeId: string;
  readonly n: number;
  readonly channel: GatewayChannel;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** How it went; `code` is the gateway's and holds nothing of the recipient. */
export interface Attempted {
  readonly outcome: AttemptOutcome;
  readonly providerId?: string;
  readonly code?: string;
}

/** Hands one message to its gateway. Never throws: whatever happens is an outcome. */
export async function sendMessage({ sms, mailer }: Gateways, message: Message): Promise<Attempted> {
  const { noticeId, n, to, subject, text } = message;
  try {
    const { providerId } =
      message.channel === 'sms'
        ? await sms.send({ to, text, reference: noticeId })
        : await mailer.send({ to, subject, text, reference: `${noticeId}#${n}` });
    return { outcome: { kind: 'accepted' }, providerId };
  } catch (error) {
    return { outcome: outcomeOf(error), code: codeOf(error, message.channel) };
  }
}

/** What an error of a gateway means; an error nobody has foreseen may have come after the message had left. */
export function outcomeOf(error: unknown): AttemptOutcome {
  if (error instanceof RecipientRejected) return { kind: 'rejected' };
  if (error instanceof GatewayUnavailable) return { kind: 'unavailable', retryAfterMs: error.retryAfterMs };
  if (error instanceof GatewayRefused) return { kind: 'refused' };
  return { kind: 'unknown' };
}

/** What stands on record of an error: `sms:21211`, `GatewayUnavailable:503`. */
export function codeOf(error: unknown, channel: GatewayChannel): string {
  if (error instanceof RecipientRejected) return `${channel}:${error.code}`;
  if (
    error instanceof GatewayUnavailable ||
    error instanceof GatewayRefused ||
    error instanceof OutcomeUnknown
  ) {
    return `${error.name}:${error.code}`;
  }
  return error instanceof Error ? error.name : 'Unknown';
}
