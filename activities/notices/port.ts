import type { EpochMs } from '../../domain/zoned-time.ts';

/** One text message to one person. */
export interface SmsMessage {
  /** The recipient's number, E.164 or as the gateway's country settings allow. */
  readonly to: string;
  /** The whole text, signature 【…】 included. */
  readonly text: string;
  /** The notice's own key: the same at every attempt, and what a delivery receipt is matched by. */
  readonly reference: string;
}

/** What the gateway calls a message it has taken over. */
export interface Sent {
  readonly providerId: string;
}

/**
 * A text-message gateway. Gateways have no idempotency key, so a sender that does not know whether an
 * attempt arrived ({@link OutcomeUnknown}) must ask `findSent` before it tries again.
 */
export interface SmsGateway {
  /** @throws RecipientRejected, GatewayRefused, GatewayUnavailable or OutcomeUnknown (`errors.ts`). */
  send(message: SmsMessage): Promise<Sent>;
  /**
   * The earliest message with exactly this recipient and text that the gateway took over at or after
   * `since` (the gateway's clock counts whole seconds) and did not itself fail to send.
   * Never throws OutcomeUnknown: asking has no effect, so a lost answer is `GatewayUnavailable`.
   */
  findSent(query: {
    readonly to: string;
    readonly text: string;
    readonly since: EpochMs;
  }): Promise<Sent | undefined>;
}

/** One e-mail to one person, plain text. */
export interface MailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The notice's own key; the Message-ID is made from it, so every attempt carries the same one. */
  readonly reference: string;
}

/**
 * An e-mail relay. `providerId` is the Message-ID. Sending again after {@link OutcomeUnknown} repeats the
 * same Message-ID, by which mail systems recognise the duplicate; there is no way to look a mail up.
 */
export interface Mailer {
  /** @throws RecipientRejected, GatewayRefused, GatewayUnavailable or OutcomeUnknown (`errors.ts`). */
  send(message: MailMessage): Promise<Sent>;
}
