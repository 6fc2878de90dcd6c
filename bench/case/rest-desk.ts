import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Act, Role } from '../../domain/case/vocabulary.ts';
import { isoInstant } from '../../domain/zoned-time.ts';
import type { CaseAnswer, CaseDesk, ShownNotice } from './case-desk.ts';

export interface RestOptions {
  readonly apiUrl: string;
  /** Secret of the clients `demo-<role>` of the embedded OpenID provider. */
  readonly clientSecret: string;
}

/** Service Unavailable: the API asks to send it again with the same key. */
const OVERLOADED = 503;
const ATTEMPTS = 5;

/** The API answered something else than success; `code` is its problem's, where it named one. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** Drives cases over REST, as a console does: kept connections, a token for each role, a key for each POST. */
export async function restDesk(options: RestOptions): Promise<CaseDesk & { close(): void }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const tokens = new Map<Role, string>();
  for (const role of ['clerk', 'reviewer', 'supervisor'] as const)
    tokens.set(role, await tokenOf(role, options));

  let repeated = 0;
  const sendUntilAnswered = async (url: string, sending: Sending): Promise<string> => {
    for (let attempt = 1; ; attempt += 1) {
      const { status, text } = await send(agent, url, sending);
      if (status >= 200 && status < 300) return text;
      if (status !== OVERLOADED || attempt === ATTEMPTS)
        throw new UnexpectedAnswer(`${sending.method} ${url}: ${status} ${text.slice(0, 400)}`, codeOf(text));
      repeated += 1;
      await new Promise((resolve) => setTimeout(resolve, attempt * 500));
    }
  };
  const call = async <T>(method: string, path: string, role: Role, body?: object): Promise<T> => {
    const answer = await sendUntilAnswered(`${options.apiUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens.get(role) ?? ''}`,
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return JSON.parse(answer) as T;
  };

  return {
    openRehearsal: (application) => call<CaseAnswer>('POST', '/rehearsal/cases', 'clerk', application),
    importRunning: (application, receivedOn) =>
      call<CaseAnswer>('POST', '/cases/import', 'supervisor', {
        ...application,
        receivedOn,
        reason: 'benchmark of open cases',
      }),
    act: (caseNumber, act: Act, role, body) =>
      call<CaseAnswer>('POST', `/cases/${caseNumber}/acts/${act}`, role, body),
    move: async (caseNumber, to) => {
      await call('POST', `/rehearsal/cases/${caseNumber}/fast-forward`, 'clerk', { to: isoInstant(to) });
    },
    notices: async (caseNumber) =>
      (await call<{ notices: ShownNotice[] }>('GET', `/cases/${caseNumber}/notices`, 'clerk')).notices,
    repeated: () => repeated,
    close: () => agent.destroy(),
  };
}

function codeOf(problem: string): string | undefined {
  return /"code":"(\w+)"/.exec(problem)?.[1];
}

interface Answered {
  readonly status: number;
  readonly text: string;
}

interface Sending {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Plain `node:http`: what the measured latency holds of the caller's own work should be little. */
function send(agent: Agent, url: string, { method, headers, body }: Sending): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers, timeout: 120_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    sent.on('timeout', () => sent.destroy(new UnexpectedAnswer(`${method} ${url}: no answer in time`)));
    sent.on('error', (error) => {
      // The server closed a kept connection just as it was taken; the request's key makes repeating it safe.
      if (sent.reusedSocket) resolve(send(agent, url, { method, headers, ...(body ? { body } : {}) }));
      else reject(error);
    });
    sent.end(body);
  });
}

/** A token of the demonstration's client of a role. */
export async function tokenOf(role: Role, { apiUrl, clientSecret }: RestOptions): Promise<string> {
  const answer = await fetch(`${apiUrl}/oidc/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`demo-${role}:${encodeURIComponent(clientSecret)}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', venue: 'gm-centre' }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new UnexpectedAnswer(`token for ${role}: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}
