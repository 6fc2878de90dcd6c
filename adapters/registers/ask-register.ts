import { createHmac, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { RegisterRefused, RegisterUnavailable } from '../../activities/registers/errors.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
const MAY_PASS = new Set([408, 425, 429]);

export interface RegisterOptions {
  /** Address of the register, without trailing slash. */
  readonly baseUrl: string;
  /** Bearer token of this office; also keys the idempotency key. */
  readonly accessToken: string;
  /** From connecting to the last byte of the answer; default 10 s. */
  readonly timeoutMs?: number;
}

/**
 * Asks one question over HTTP and checks the answer's shape.
 *
 * The same question carries the same `Idempotency-Key` at every attempt. The key is a keyed hash, because a
 * plain one of an identity number could be found by trying all of them.
 *
 * @throws RegisterUnavailable when a later attempt may succeed, RegisterRefused when none will.
 */
export async function askRegister<Answer>(
  options: RegisterOptions,
  path: string,
  question: object,
  answer: z.ZodType<Answer>,
): Promise<Answer> {
  const body = JSON.stringify(question);
  const response = await post(options, path, body);
  if (!response.ok) throw refusal(response);
  const parsed = answer.safeParse(await readJson(response));
  // A page of some proxy, or a register in the middle of a release: not an answer yet.
  if (!parsed.success) throw new RegisterUnavailable('unreadable-answer');
  return parsed.data;
}

async function post(options: RegisterOptions, path: string, body: string): Promise<Response> {
  try {
    return await fetch(options.baseUrl.replace(/\/$/, '') + path, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${options.accessToken}`,
        'idempotency-key': createHmac('sha256', options.accessToken).update(`${path}\n${body}`).digest('hex'),
        'x-request-id': randomUUID(),
      },
      body,
    });
  } catch (error) {
    throw new RegisterUnavailable(codeOf(error));
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await response.text()) as unknown;
  } catch (error) {
    throw new RegisterUnavailable(
      isObject(error) && error['name'] === 'SyntaxError' ? 'unreadable-answer' : codeOf(error),
    );
  }
}

function refusal(response: Response): Error {
  const code = String(response.status);
  // The time-out aborts an unread body too, but a refused one need not be read at all.
  void response.body?.cancel().catch(() => undefined);
  if (response.status < 500 && !MAY_PASS.has(response.status)) return new RegisterRefused(code);
  const seconds = Number(response.headers.get('retry-after') ?? 'absent');
  return new RegisterUnavailable(code, seconds >= 0 ? seconds * 1000 : undefined);
}

/** `timeout`, or the code of what broke the connection. */
function codeOf(error: unknown): string {
  if (!isObject(error)) return 'no-answer';
  if (error['name'] === 'TimeoutError') return 'timeout';
  const cause = error['cause'];
  return isObject(cause) && typeof cause['code'] === 'string' ? cause['code'] : 'no-answer';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
