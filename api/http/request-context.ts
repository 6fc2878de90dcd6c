import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { ApiDependencies } from '../dependencies.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** Names this request in log and answers. */
    requestId: string;
    /** The route's pattern, for metrics: an address with a case number would be one series for each case. */
    routePattern?: string;
    /** The text of a JSON body, where a route names lines of it. */
    rawJson?: string;
  }
}

/** Gives each request an id, and logs and measures it when it is over: never its body, query or token. */
export function requestContext(deps: ApiDependencies): RequestHandler {
  return (request, response, next) => {
    const given = request.headers['x-request-id'];
    request.requestId = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    response.set('x-request-id', request.requestId);
    const began = performance.now();
    response.once('close', () => {
      const ms = performance.now() - began;
      const route = request.routePattern ?? 'other';
      deps.metrics.requestSeconds.observe(
        { method: request.method, route, status: String(response.statusCode) },
        ms / 1000,
      );
      const level = response.statusCode >= 500 ? 'warn' : 'debug';
      deps.log[level](
        {
          requestId: request.requestId,
          method: request.method,
          route,
          status: response.statusCode,
          ms: Math.round(ms),
          aborted: !response.writableFinished,
        },
        'request',
      );
    });
    next();
  };
}
