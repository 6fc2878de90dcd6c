import type { SmtpOptions } from './smtp-mailer.ts';

/** `smtp://user:password@host:port`, or `smtps:` for TLS from the first byte. */
export function smtpOptions(url: string, from: string): SmtpOptions {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  return {
    host: hostname,
    port: port === '' ? (secure ? 465 : 25) : Number(port),
    secure,
    from,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
  };
}
