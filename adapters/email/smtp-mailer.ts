import { Transform } from 'node:stream';
import { createTransport } from 'nodemailer';
import { RecipientRejected } from '../../activities/notices/errors.ts';
import type { Mailer } from '../../activities/notices/port.ts';
import { messageIdFor } from './message-id.ts';
import { smtpError } from './smtp-error.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
/** One address and nothing beside it; whether it exists is for its server to say. */
const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (port 465). Otherwise STARTTLS is used where the server offers it. */
  readonly secure?: boolean;
  /** Refuse to send without TLS; for every relay outside the machine. */
  readonly requireTls?: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  /** Sender as it appears, such as `光明区婚姻登记处 <notice@example.gov.cn>`; its domain names the Message-IDs. */
  readonly from: string;
  /** For connecting, for the greeting and for every answer; default 10 s. */
  readonly timeoutMs?: number;
}

/** Sends plain-text e-mails through a relay. */
export function smtpMailer(options: SmtpOptions): Mailer {
  const timeout = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return {
    async send({ to, subject, text, reference }) {
      if (!ADDRESS.test(to)) throw new RecipientRejected('invalid-address');
      const messageId = messageIdFor(reference, options.from);
      let wholeMessageWritten = false;
      // A connection of its own for each mail: the volume is small, and what was written stays attributable.
      const transport = createTransport({
        host: options.host,
        port: options.port,
        secure: options.secure ?? false,
        requireTLS: options.requireTls ?? false,
        ...(options.auth && { auth: { ...options.auth } }),
        connectionTimeout: timeout,
        greetingTimeout: timeout,
        socketTimeout: timeout,
        dnsTimeout: timeout,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      transport.use('stream', (mail, done) => {
        mail.message.transform(() => watchEnd(() => (wholeMessageWritten = true)));
        done();
      });
      try {
        await transport.sendMail({
          from: options.from,
          to: { name: '', address: to },
          subject,
          text,
          messageId,
          // RFC 3834: no out-of-office replies to an automatic notice.
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            'X-Reference': reference,
          },
        });
        return { providerId: messageId };
      } catch (error) {
        throw smtpError(error, wholeMessageWritten);
      } finally {
        transport.close();
      }
    },
  };
}

/** Passes everything through and tells when the last byte has gone by. */
function watchEnd(onEnd: () => void): Transform {
  return new Transform({
    transform(chunk, _encoding, callback) {
      callback(null, chunk);
    },
    flush(callback) {
      onEnd();
      callback();
    },
  });
}
