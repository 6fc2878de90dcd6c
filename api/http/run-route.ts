import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { type Actor, requirePermission } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { parseInput } from '../problems/from-zod.ts';
import { Problem } from '../problems/problem.ts';
import { actIdOf } from './act-id.ts';
import { runOnce } from './idempotent.ts';
import { localeOf } from './locale.ts';
import { type Call, type Route, send, type UploadedFile } from './route.ts';

/** Stands in for the caller where none is asked for: webhooks prove themselves by signature. */
const NOBODY: Actor = { sub: 'anonymous', role: 'auditor', venue: '', venues: [] };

/** Express handler of a route: who, may they, what exactly, and only once. */
export function runRoute(deps: ApiDependencies, route: Route): RequestHandler {
  return async (request, response) => {
    const actor = await actorOf(deps, route, request);
    const key = idempotencyKey(route, request);
    const path = request.baseUrl + request.path;
    const call: Call<unknown, unknown, unknown> = {
      deps,
      actor,
      locale: localeOf(request.headers['accept-language']),
      params: parseInput(route.params, request.params),
      query: parseInput(route.query, request.query),
      body: route.body && !route.readsBody ? parseInput(route.body, request.body ?? {}) : request.body,
      file: uploaded(request),
      actId: actIdOf(actor.sub, key ?? randomUUID(), path),
      log: deps.log.child({ requestId: request.requestId }),
      request,
    };
    const answer =
      key === undefined
        ? await route.handle(call)
        : await runOnce(deps.answers, key, route, call, request.requestId);
    send(response, answer);
  };
}

async function actorOf(deps: ApiDependencies, route: Route, request: Request): Promise<Actor> {
  if (route.access === 'none') return NOBODY;
  const actor = await deps.verifyToken(request.headers.authorization);
  if (route.access !== 'staff') requirePermission(actor, route.access);
  return actor;
}

function idempotencyKey(route: Route, request: Request): string | undefined {
  const key = request.headers['idempotency-key'];
  if (route.method !== 'post' || route.access === 'none' || key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e][\x20-\x7e]{0,199}$/.test(key)) {
    throw new Problem('IDEMPOTENCY_KEY_INVALID', {
      errors: [{ field: 'Idempotency-Key', code: 'IDEMPOTENCY_KEY_INVALID' }],
    });
  }
  return key;
}

function uploaded(request: Request): UploadedFile | undefined {
  if (!request.file) return undefined;
  const { buffer, originalname, mimetype } = request.file;
  // Multipart headers carry bytes; browsers mean UTF-8 while the parser reads Latin-1.
  return { bytes: buffer, name: Buffer.from(originalname, 'latin1').toString('utf8'), mediaType: mimetype };
}
