/**
 * How an attempt to send can end badly. Messages carry the provider's codes and nothing else: they end up
 * in logs and in the engine's history, where no number, address or text may stand.
 */

/** The recipient cannot be reached on this channel, now or later: a wrong number or address, or opted out. */
export class RecipientRejected extends Error {
  override readonly name = 'RecipientRejected';
  /** The provider's code, such as `21211` or `550`. */
  readonly code: string;

  constructor(code: string) {
    super(`recipient rejected (${code})`);
    this.code = code;
  }
}

/** The gateway will not take our messages until somebody changes something: credentials, settings, request. */
export class GatewayRefused extends Error {
  override readonly name = 'GatewayRefused';
  readonly code: string;

  constructor(code: string) {
    super(`gateway refused (${code})`);
    this.code = code;
  }
}

/** Surely not sent, and worth another try later: gateway down, busy, or not reachable. */
export class GatewayUnavailable extends Error {
  override readonly name = 'GatewayUnavailable';
  readonly code: string;
  /** How long the gateway asks to be left alone, where it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(code: string, retryAfterMs?: number) {
    super(`gateway unavailable (${code})`);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The request went out and no answer came back: it may have been sent. Look it up before sending again. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
  readonly code: string;

  constructor(code: string) {
    super(`outcome unknown (${code})`);
    this.code = code;
  }
}
