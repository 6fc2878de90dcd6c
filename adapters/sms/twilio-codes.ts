import type { DeliveryStatus, MessageStatus } from '../../activities/notices/port.ts';

/**
 * Codes with which Twilio turns a message down because of its recipient alone: not a number, no mobile,
 * landline, region closed, opted out. Everything else it refuses is ours to repair.
 * https://www.twilio.com/docs/api/errors
 */
const RECIPIENT_CODES = new Set([
  21211, 21214, 21217, 21265, 21266, 21401, 21408, 21421, 21610, 21612, 21614, 21635,
]);

/** Whether a refusal concerns only this recipient. */
export function isAboutRecipient(code: number): boolean {
  return RECIPIENT_CODES.has(code);
}

const STATUS_OF: Readonly<Record<string, DeliveryStatus>> = {
  accepted: 'queued',
  scheduled: 'queued',
  queued: 'queued',
  sending: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  partially_delivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
};

/** Our word for a MessageStatus of Twilio; undefined for one that Twilio has added since. */
export function deliveryStatusOf(messageStatus: string): DeliveryStatus | undefined {
  return Object.hasOwn(STATUS_OF, messageStatus) ? STATUS_OF[messageStatus] : undefined;
}

/**
 * Delivery errors after which the same number will not work tomorrow either: blocked (30004), unknown
 * destination (30005), landline or unreachable carrier (30006), filtered (30007), price limit (30010), and
 * the recipient codes above. Others (handset off 30003, queue 30001, congestion 30017, unknown 30008) may pass.
 */
const PERMANENT_DELIVERY_CODES = new Set([30004, 30005, 30006, 30007, 30010]);

/** Whether another attempt on this channel could succeed after a delivery error. An unknown code may pass. */
export function failureKindOf(code: number): 'permanent' | 'temporary' {
  return PERMANENT_DELIVERY_CODES.has(code) || isAboutRecipient(code) ? 'permanent' : 'temporary';
}

/**
 * A message's status in our words; undefined for a status that Twilio has added since.
 * @param errorCode of a message that did not arrive
 */
export function messageStatus(
  providerId: string,
  theirs: string,
  errorCode: number | null | undefined,
): MessageStatus | undefined {
  const status = deliveryStatusOf(theirs);
  if (status === undefined) return undefined;
  if (status !== 'failed' && status !== 'undelivered') return { providerId, status };
  const known = typeof errorCode === 'number' && Number.isInteger(errorCode);
  return {
    providerId,
    status,
    errorCode: known ? String(errorCode) : 'none',
    failure: failureKindOf(errorCode ?? Number.NaN),
  };
}
