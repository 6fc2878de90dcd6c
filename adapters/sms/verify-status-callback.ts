import twilio from 'twilio';
import type { DeliveryReceipt, ReceiptReader } from '../../activities/notices/port.ts';
import { messageStatus } from './twilio-codes.ts';

const CALLBACK_PATH = '/api/v1/webhooks/sms-status';
const REFERENCE = 'notice';

/** Where Twilio is asked to report on one message. */
export function statusCallbackUrl(publicUrl: string, reference: string): string {
  const url = new URL(publicUrl.replace(/\/$/, '') + CALLBACK_PATH);
  url.searchParams.set(REFERENCE, reference);
  return url.href;
}

/**
 * Reads Twilio's status callbacks. Twilio signs the address it was given, so the public one is rebuilt
 * here: behind a proxy the request's own host and scheme are others.
 *
 * @param options.publicUrl the same as the gateway's.
 * @param options.authToken the account's token, with which Twilio signs (X-Twilio-Signature).
 */
export function twilioReceiptReader(options: {
  readonly publicUrl: string;
  readonly authToken: string;
}): ReceiptReader {
  const origin = options.publicUrl.replace(/\/$/, '');
  return {
    read({ pathAndQuery, signature, form }) {
      if (signature === undefined || !URL.canParse(origin + pathAndQuery)) return undefined;
      const url = origin + pathAndQuery;
      if (!twilio.validateRequest(options.authToken, signature, url, { ...form })) return undefined;
      return receiptOf(new URL(url).searchParams.get(REFERENCE), form);
    },
  };
}

function receiptOf(
  reference: string | null,
  form: Readonly<Record<string, unknown>>,
): DeliveryReceipt | undefined {
  const providerId = form['MessageSid'];
  const theirs = form['MessageStatus'];
  if (!reference || typeof providerId !== 'string' || typeof theirs !== 'string') return undefined;
  const code = form['ErrorCode'];
  const errorCode = typeof code === 'string' && /^\d{1,6}$/.test(code) ? Number(code) : undefined;
  const status = messageStatus(providerId, theirs, errorCode);
  return status && { reference, ...status };
}
