import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { GatewayUnavailable, OutcomeUnknown } from '../../activities/notices/errors.ts';
import { retryAfterMs } from './retry-after.ts';

const TWILIO_ORIGIN = 'https://api.twilio.com';

/** Failures before a byte of the request left: name resolution, connecting, TLS. */
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|CERT_\w+|ERR_TLS_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|EPROTO)$/;

/** Answers of something in front of Twilio that has passed the request on and does not know its end. */
const PASSED_ON = new Set([408, 502, 504]);

/** The SDK's response; its class is not exported in a form ESM can name. */
type Answer<TData> = Awaited<ReturnType<typeof RequestClient.prototype.request<TData>>>;

/**
 * The HTTP client the SDK is given. It can lead to another origin than Twilio's, and it turns what the SDK
 * would hide (which failures happened before the request left, the Retry-After header) into our errors.
 */
export class TwilioHttpClient extends twilio.RequestClient {
  readonly #origin: string;

  /** @param timeoutMs for one request, from connecting to the last byte of the answer. */
  constructor(origin: string | undefined, timeoutMs: number) {
    super({ timeout: timeoutMs });
    this.#origin = (origin ?? TWILIO_ORIGIN).replace(/\/$/, '');
  }

  override async request<TData>(options: RequestClient.RequestOptions<TData>): Promise<Answer<TData>> {
    const uri = options.uri.startsWith(TWILIO_ORIGIN)
      ? this.#origin + options.uri.slice(TWILIO_ORIGIN.length)
      : options.uri;
    const response = await super.request<TData>({ ...options, uri }).catch((error: unknown) => {
      throw lostAnswer(error);
    });
    const status = response.statusCode;
    if (PASSED_ON.has(status)) throw new OutcomeUnknown(String(status));
    if (status === 429 || status >= 500) {
      throw new GatewayUnavailable(String(status), retryAfterMs(response.headers));
    }
    return response;
  }
}

function lostAnswer(error: unknown): Error {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no-answer';
  return NOT_CONNECTED.test(code) ? new GatewayUnavailable(code) : new OutcomeUnknown(code);
}
