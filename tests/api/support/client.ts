import type { Role } from '../../../domain/case/vocabulary.ts';
import { loadConfig } from '../../../config/config.ts';
import type { AnswerBody } from './answers.ts';

/** The running system under test, by the configuration in the environment. */
export const config = loadConfig(process.env);
export const API = `http://127.0.0.1:${config.api.port}`;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Without members when the answer is not JSON. */
  readonly body: AnswerBody;
  readonly bytes: Buffer;
}

const tokens = new Map<string, Promise<string>>();

/** A bearer token of the demo user of a role, asked for once. */
export function tokenOf(role: Role, venue?: string): Promise<string> {
  const key = `${role} ${venue ?? ''}`;
  let token = tokens.get(key);
  if (!token) {
    token = fetchToken(role, venue);
    tokens.set(key, token);
  }
  return token;
}

async function fetchToken(role: Role, venue: string | undefined): Promise<string> {
  const secret = config.oidc.embedded?.clientSecret ?? '';
  const answer = await fetch(`${API}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`demo-${role}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(venue ? { venue } : {}) }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

export interface Ask {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly venue?: string;
}

async function ask(role: Role, method: string, path: string, { body, headers, venue }: Ask): Promise<Reply> {
  const raw = typeof body === 'string' || body instanceof FormData;
  const answer = await fetch(`${API}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await tokenOf(role, venue)}`,
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  return {
    status: answer.status,
    headers: answer.headers,
    body: JSON.parse(isJson && bytes.length > 0 ? bytes.toString('utf8') : '{}') as AnswerBody,
    bytes,
  };
}

export const get = (role: Role, path: string, headers?: Ask['headers']): Promise<Reply> =>
  ask(role, 'GET', path, headers ? { headers } : {});
export const post = (
  role: Role,
  path: string,
  body: unknown,
  options: Omit<Ask, 'body'> = {},
): Promise<Reply> => ask(role, 'POST', path, { ...options, body });
