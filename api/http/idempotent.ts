import { createHash } from 'node:crypto';
import type { IdempotentAnswers, KeyedRequest, KeptAnswer } from '../../prisma/idempotency.ts';
import { Problem, problemBody } from '../problems/problem.ts';
import type { Answer, Call, Route } from './route.ts';

type AnyCall = Call<unknown, unknown, unknown>;

/**
 * Runs a POST once for each Idempotency-Key. Answers and refusals of the procedure are kept and given again;
 * requests that were wrong (4xx) or failed on our side (5xx) give the key back, so that they may be mended or
 * repeated: an act that arrived all the same is recognised by its `actId`.
 */
export async function runOnce(
  answers: IdempotentAnswers,
  key: string,
  route: Route,
  call: AnyCall,
  requestId: string,
): Promise<Answer> {
  const keyed: KeyedRequest = { actor: call.actor.sub, key, requestHash: hashOf(call) };
  const claim = await answers.claim(keyed, new Date(call.deps.now()));
  if (claim.kind === 'reused') throw new Problem('IDEMPOTENCY_KEY_REUSED');
  if (claim.kind === 'in-progress')
    throw new Problem('IDEMPOTENCY_IN_PROGRESS', { headers: { 'retry-after': '2' } });
  if (claim.kind === 'answered') return replayed(claim.answer);
  try {
    const answer = await route.handle(call);
    if (answer.bytes) await answers.giveBack(keyed);
    else await answers.keep(keyed, kept(answer));
    return answer;
  } catch (error) {
    if (error instanceof Problem && error.status === 409) {
      const body = problemBody(error, call.locale, call.deps.settings.publicUrl, requestId);
      const headers = { ...error.extras.headers, 'content-type': 'application/problem+json; charset=utf-8' };
      await answers.keep(keyed, { status: error.status, headers, body: JSON.stringify(body) });
    } else {
      await answers.giveBack(keyed);
    }
    throw error;
  }
}

function kept(answer: Answer): KeptAnswer {
  return { status: answer.status ?? 200, headers: answer.headers ?? {}, body: JSON.stringify(answer.json) };
}

function replayed(answer: KeptAnswer): Answer {
  const { 'content-type': mediaType = 'application/json; charset=utf-8', ...headers } = answer.headers;
  return {
    status: answer.status,
    headers: { ...headers, 'idempotent-replayed': 'true' },
    bytes: { mediaType, content: Buffer.from(answer.body) },
  };
}

function hashOf({ request, file }: AnyCall): string {
  const hash = createHash('sha256').update(`${request.method} ${request.originalUrl}\n`);
  hash.update(JSON.stringify(request.body ?? null));
  if (file) hash.update('\n').update(createHash('sha256').update(file.bytes).digest());
  return hash.digest('hex');
}
