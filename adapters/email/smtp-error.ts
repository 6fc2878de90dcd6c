import {
  GatewayRefused,
  GatewayUnavailable,
  OutcomeUnknown,
  RecipientRejected,
} from '../../activities/notices/errors.ts';

/** What nodemailer attaches to its errors; its texts repeat addresses and are never passed on. */
interface SmtpFailure {
  readonly code: string;
  readonly responseCode: number | undefined;
  readonly response: string;
  readonly command: string;
}

/** Enhanced status codes 5.1.x (address) and 5.2.x (mailbox) of RFC 3463. */
const ABOUT_MAILBOX = /^\d{3}[ -]5\.[12]\.\d+/;
/** Faults in our own settings or message that no later attempt mends. */
const OUR_FAULT = new Set(['ECONFIG', 'ENOAUTH', 'EREQUIRETLS', 'EFILEACCESS', 'EURLACCESS', 'EMESSAGE']);

/**
 * Sorts a failure of nodemailer.
 *
 * @param wholeMessageWritten the mail had gone out to its last byte, so silence afterwards proves nothing.
 */
export function smtpError(error: unknown, wholeMessageWritten: boolean): Error {
  const failure = read(error);
  if (failure.responseCode !== undefined) return answered(failure, failure.responseCode);
  if (failure.code === 'EENVELOPE') return new RecipientRejected('invalid-address');
  if (OUR_FAULT.has(failure.code)) return new GatewayRefused(failure.code);
  return wholeMessageWritten ? new OutcomeUnknown(failure.code) : new GatewayUnavailable(failure.code);
}

function answered(failure: SmtpFailure, responseCode: number): Error {
  const code = String(responseCode);
  // 503 says that the session was in the wrong state, not that this mail is unwelcome.
  if (responseCode < 500 || responseCode === 503) return new GatewayUnavailable(code);
  const recipient = failure.command === 'RCPT TO' || ABOUT_MAILBOX.test(failure.response);
  return recipient ? new RecipientRejected(code) : new GatewayRefused(code);
}

function read(error: unknown): SmtpFailure {
  const fields: Readonly<Record<string, unknown>> =
    error instanceof Error ? Object.fromEntries(Object.entries(error)) : {};
  return {
    code: typeof fields['code'] === 'string' ? fields['code'] : 'no-answer',
    responseCode: typeof fields['responseCode'] === 'number' ? fields['responseCode'] : undefined,
    response: typeof fields['response'] === 'string' ? fields['response'] : '',
    command: typeof fields['command'] === 'string' ? fields['command'] : '',
  };
}
