import { parseArgs } from 'node:util';
import { loadConfig } from '../config/config.ts';
import { runScript } from './lib/script.ts';
import { findState } from './lib/state-file.ts';

const TIMEOUT_MS = 10_000;

/** `npm run -s token -- <role> [--venue gm-…]`: prints a bearer token of a demo user. */
await runScript(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { venue: { type: 'string' } },
  });
  const [role, ...rest] = positionals;
  if (!role || rest.length > 0) throw new Error('usage: npm run -s token -- <role> [--venue <venue>]');
  const config = loadConfig(process.env);
  if (!config.oidc.embedded) {
    throw new Error(
      `tokens come from ${config.oidc.issuer} here: the embedded provider serves demo users only`,
    );
  }
  const api = findState(config.dataDir)?.apiUrl ?? config.api.publicUrl;
  const response = await fetch(`${api}/oidc/token`, {
    method: 'POST',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { authorization: basic(`demo-${role}`, config.oidc.embedded.clientSecret) },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(values.venue === undefined ? {} : { venue: values.venue }),
    }),
  }).catch((error: unknown) => {
    throw new Error(`Heli does not answer at ${api}. Start it with npm start, and try again.`, {
      cause: error,
    });
  });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (!response.ok || !answer.access_token) {
    throw new Error(
      `no token for "${role}": ${answer.error_description ?? answer.error ?? `status ${response.status}`}`,
    );
  }
  console.log(answer.access_token);
});

/** RFC 6749 2.3.1: both parts are form-encoded first. */
function basic(client: string, secret: string): string {
  const pair = `${encodeURIComponent(client)}:${encodeURIComponent(secret)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

interface Answer {
  readonly access_token?: string;
  readonly error?: string;
  readonly error_description?: string;
}
