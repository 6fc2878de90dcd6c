import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Fault, Faults } from '../faults.ts';
import type { Inbox } from '../inbox.ts';

const LARGEST_MAIL_BYTES = 5 * 1024 * 1024;
const DEFAULT_SLOWNESS_MS = 5_000;
/** Addresses that nobody can have (RFC 2606). */
const NOBODY = /\.invalid$/i;

/** An SMTP server that takes every mail and delivers none. */
export function smtpServer(inbox: Inbox, faults: Faults): SMTPServer {
  const server = new SMTPServer({
    banner: 'Heli simulator',
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    size: LARGEST_MAIL_BYTES,
    closeTimeout: 200,
    onAuth: (auth, _session, done) => done(null, { user: auth.username }),
    onConnect: (_session, done) => {
      const slow = faults.take('smtp', ['slow']);
      if (slow === undefined) {
        done();
        return;
      }
      setTimeout(done, slow.delayMs ?? DEFAULT_SLOWNESS_MS).unref();
    },
    onMailFrom: (_address, _session, done) => {
      const fault = faults.take('smtp', ['error']);
      done(fault && reply(fault, 451, 'Requested action aborted'));
    },
    onRcptTo: ({ address }, _session, done) => {
      if (NOBODY.test(address)) {
        done(reply(undefined, 550, '5.1.1 No such user here'));
        return;
      }
      const fault = faults.take('smtp', ['reject-recipient'], address);
      done(fault && reply(fault, 550, '5.1.1 No such user here'));
    },
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      read(stream).then(
        (mail) => {
          if (stream.sizeExceeded) {
            done(reply(undefined, 552, '5.3.4 Message too big'));
            return;
          }
          for (const to of recipients) inbox.add(recordOf(mail, to));
          if (faults.take('smtp', ['timeout-after-accept'], recipients[0]) === undefined) done();
        },
        () => done(reply(undefined, 554, '5.6.0 Unreadable message')),
      );
    },
  });
  server.server.prependListener('connection', (socket: { destroy: () => void }) => {
    if (faults.take('smtp', ['down'])) socket.destroy();
  });
  // Clients that hang up in the middle are the point of some tests.
  server.on('error', () => undefined);
  return server;
}

function reply(fault: Fault | undefined, status: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: fault?.status ?? status });
}

async function read(stream: Readable): Promise<ParsedMail> {
  return simpleParser(stream, { skipTextToHtml: true, skipTextLinks: true });
}

function recordOf(mail: ParsedMail, to: string): Parameters<Inbox['add']>[0] {
  return {
    key: randomUUID(),
    channel: 'email',
    id: mail.messageId ?? '',
    to,
    from: mail.from?.text ?? '',
    subject: mail.subject ?? '',
    text: (mail.text ?? '').trimEnd(),
    headers: Object.fromEntries(
      mail.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]),
    ),
    receivedAt: new Date().toISOString(),
    status: 'received',
  };
}
