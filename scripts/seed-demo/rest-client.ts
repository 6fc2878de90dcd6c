import { z } from 'zod';
import type { Role } from '../../domain/case/vocabulary.ts';

/** What the API refused for a reason of the procedure (409), or could not take (other 4xx). */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly status: number;
  readonly code: string;
  /** The very same request was refused before, and this is that answer again. */
  readonly replayed: boolean;

  constructor(what: string, status: number, code: string, replayed: boolean, detail: string) {
    super(`${what} was answered with ${status} ${code}${detail}`);
    this.status = status;
    this.code = code;
    this.replayed = replayed;
  }
}

export interface RestClientOptions {
  readonly apiUrl: string;
  /** A bearer token for this role; asked for once a role. */
  readonly tokenFor: (role: Role) => Promise<string>;
  /** Longest time for one request, in ms; default 30 000. */
  readonly timeoutMs?: number;
}

const problemSchema = z.object({
  code: z.string(),
  errors: z.array(z.object({ field: z.string(), code: z.string() })).optional(),
});

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 300;

/** Speaks to the REST API as demo users. What fails on the way is sent again with the same key. */
export class RestClient {
  readonly #options: RestClientOptions;
  readonly #tokens = new Map<Role, Promise<string>>();

  constructor(options: RestClientOptions) {
    this.#options = options;
  }

  /** @throws RequestRefused */
  get(role: Role, path: string): Promise<unknown> {
    return this.#send(role, 'GET', path);
  }

  /** @throws RequestRefused */
  post(role: Role, path: string, body: unknown, key: string): Promise<unknown> {
    return this.#send(role, 'POST', path, { body: JSON.stringify(body), key });
  }

  async #send(
    role: Role,
    method: string,
    path: string,
    sent?: { body: string; key: string },
  ): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt === ATTEMPTS;
      try {
        const response = await this.#once(role, method, path, sent);
        if (response.ok) return await response.json();
        const refused = await refusalOf(`${method} ${path}`, response);
        const passing =
          response.status >= 500 || response.status === 429 || refused.code === 'IDEMPOTENCY_IN_PROGRESS';
        if (!passing || last) throw refused;
      } catch (error) {
        if (error instanceof RequestRefused || last) throw error;
      }
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }

  async #once(
    role: Role,
    method: string,
    path: string,
    sent?: { body: string; key: string },
  ): Promise<Response> {
    let token = this.#tokens.get(role);
    if (!token) {
      token = this.#options.tokenFor(role);
      this.#tokens.set(role, token);
      token.catch(() => this.#tokens.delete(role));
    }
    return fetch(`${this.#options.apiUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token}`,
        ...(sent ? { 'content-type': 'application/json', 'idempotency-key': sent.key } : {}),
      },
      ...(sent ? { body: sent.body } : {}),
      signal: AbortSignal.timeout(this.#options.timeoutMs ?? 30_000),
    });
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function refusalOf(what: string, response: Response): Promise<RequestRefused> {
  const problem = problemSchema.safeParse(await response.json().catch(() => undefined));
  const code = problem.success ? problem.data.code : 'UNKNOWN';
  const fields = problem.success
    ? (problem.data.errors ?? []).map(({ field, code: why }) => `${field} ${why}`)
    : [];
  const replayed = response.headers.get('idempotent-replayed') === 'true';
  return new RequestRefused(
    what,
    response.status,
    code,
    replayed,
    fields.length > 0 ? `: ${fields.join(', ')}` : '',
  );
}
