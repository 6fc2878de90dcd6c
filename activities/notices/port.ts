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
   * The messages with exactly this recipient and text that the gateway took over at or after `since` (to the second),
   * earliest first, whatever has become of them. Two notices may agree in both, so a message found may be another's.
   * Never throws OutcomeUnknown: asking has no effect, so a lost answer is `GatewayUnavailable`.
   */
  findSent(query: {
    readonly to: string;
    readonly text: string;
    readonly since: EpochMs;
  }): Promise<readonly Sent[]>;
  /**
   * How far a message has come, for those whose receipts never arrived; undefined when the gateway does not know it.
   * Never throws OutcomeUnknown.
   */
  statusOf(providerId: string): Promise<MessageStatus | undefined>;
}

/** One e-mail to one person, plain text. */
export interface MailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The key of the attempt; the Message-ID is made from it, so that repeating an attempt repeats its Message-ID. */
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

/** How far a message has come, as receipts report it. */
export const DELIVERY_STATUSES = ['queued', 'sent', 'failed', 'undelivered', 'delivered'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/**
 * Receipts arrive late, twice and out of order, so a status only ever moves up this scale. Proof of delivery
 * is the highest: nothing that comes after it can take it back.
 */
export const DELIVERY_RANK = {
  queued: 0,
  sent: 1,
  failed: 2,
  undelivered: 2,
  delivered: 3,
} as const satisfies Record<DeliveryStatus, number>;

/** Whether a receipt tells more than what is known already. */
export function isProgress(known: DeliveryStatus | undefined, reported: DeliveryStatus): boolean {
  return known === undefined || DELIVERY_RANK[reported] > DELIVERY_RANK[known];
}

/** How far one message has come. */
export interface MessageStatus {
  readonly providerId: string;
  readonly status: DeliveryStatus;
  /** The provider's code of what went wrong; only with `failed` and `undelivered`. */
  readonly errorCode?: string;
  /** Whether another attempt on the same channel could succeed; only with `failed` and `undelivered`. */
  readonly failure?: 'permanent' | 'temporary';
}

/** What a gateway reports about one message. */
export interface DeliveryReceipt extends MessageStatus {
  /** The notice's own key, as it was given with the message. */
  readonly reference: string;
}

/** A web request in which a gateway reports, reduced to what its signature covers. */
export interface ReceiptRequest {
  /** Path and query exactly as received, such as `/api/v1/webhooks/sms-status?notice=…`. */
  readonly pathAndQuery: string;
  /** Value of the signature header; undefined when there was none. */
  readonly signature: string | undefined;
  /** The decoded form. */
  readonly form: Readonly<Record<string, unknown>>;
}

/** Reads receipts and trusts only those the gateway signed. */
export interface ReceiptReader {
  /** Undefined for a request the gateway did not sign, or that names no message. */
  read(request: ReceiptRequest): DeliveryReceipt | undefined;
}
