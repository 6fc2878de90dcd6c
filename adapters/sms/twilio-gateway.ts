import twilio from 'twilio';
import {
  GatewayRefused,
  GatewayUnavailable,
  OutcomeUnknown,
  RecipientRejected,
} from '../../activities/notices/errors.ts';
import type { SmsGateway } from '../../activities/notices/port.ts';
import { toE164 } from './e164.ts';
import { isAboutRecipient, messageStatus } from './twilio-codes.ts';
import { TwilioHttpClient } from './twilio-http-client.ts';
import { statusCallbackUrl } from './verify-status-callback.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
/** Messages one number can plausibly have been sent between two attempts; more are not looked through. */
const LOOK_THROUGH = 200;

export interface TwilioOptions {
  readonly accountSid: string;
  readonly authToken: string;
  /** Sending number in E.164, or a messaging service (`MG…`). */
  readonly from: string;
  /** Where Twilio reaches this system, without trailing slash, such as `https://heli.example.gov.cn`. */
  readonly publicUrl: string;
  /** Another origin than `https://api.twilio.com`, such as a simulator's. */
  readonly baseUrl?: string;
  /** For one request; default 10 s. */
  readonly timeoutMs?: number;
}

/** Sends text messages through Twilio's REST API. */
export function twilioGateway(options: TwilioOptions): SmsGateway {
  const client = twilio(options.accountSid, options.authToken, {
    httpClient: new TwilioHttpClient(options.baseUrl, options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
  });
  const sender = options.from.startsWith('MG')
    ? { messagingServiceSid: options.from }
    : { from: options.from };

  return {
    async send({ to, text, reference }) {
      try {
        const message = await client.messages.create({
          ...sender,
          to: toE164(to),
          body: text,
          statusCallback: statusCallbackUrl(options.publicUrl, reference),
        });
        return { providerId: message.sid };
      } catch (error) {
        throw sendingError(error);
      }
    },

    async findSent({ to, text, since }) {
      // The header of an answer counts whole seconds: 12:00:00.900 must find what is dated 12:00:00.
      const from = new Date(Math.floor(since / 1000) * 1000);
      try {
        const messages = await client.messages.list({
          to: toE164(to),
          dateSentAfter: from,
          limit: LOOK_THROUGH,
        });
        // Newest first in the answer.
        return messages
          .filter((message) => message.body === text && acceptedAt(message) >= from)
          .map(({ sid }) => ({ providerId: sid }))
          .reverse();
      } catch (error) {
        throw askingError(error);
      }
    },

    async statusOf(providerId) {
      try {
        const { status, errorCode } = await client.messages(providerId).fetch();
        return messageStatus(providerId, status, errorCode);
      } catch (error) {
        if (error instanceof twilio.RestException && error.status === 404) return undefined;
        throw askingError(error);
      }
    },
  };
}

/** While a message still waits in Twilio's queue its DateSent is null, whatever the SDK's types say. */
function acceptedAt(message: { dateSent: Date | null; dateCreated: Date }): Date {
  return message.dateSent ?? message.dateCreated;
}

/** Asking changes nothing, so a lost answer only means asking again. */
function askingError(error: unknown): Error {
  const known = sendingError(error);
  return known instanceof OutcomeUnknown ? new GatewayUnavailable(known.code) : known;
}

/** Twilio's own message texts repeat the number they are about, so only the code is kept. */
function sendingError(error: unknown): Error {
  if (error instanceof GatewayUnavailable || error instanceof OutcomeUnknown) return error;
  if (!(error instanceof twilio.RestException)) return new OutcomeUnknown('unreadable-answer');
  // An answer that is no JSON has a status only.
  const code = error.code ?? error.status;
  return isAboutRecipient(code) ? new RecipientRejected(String(code)) : new GatewayRefused(String(code));
}
