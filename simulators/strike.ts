import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Fault, Faults, Target } from './faults.ts';

const DEFAULT_SLOWNESS_MS = 5_000;

/** Express handler that lets the faults of an HTTP service strike before the request is looked at. */
export function strikeFirst(
  faults: Faults,
  target: Target,
  answerError: (response: Response, fault: Fault) => void,
): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const fault = faults.take(target, ['down', 'slow', 'error']);
    if (fault === undefined) {
      next();
    } else if (fault.mode === 'down') {
      request.socket.destroy();
    } else if (fault.mode === 'slow') {
      setTimeout(next, fault.delayMs ?? DEFAULT_SLOWNESS_MS).unref();
    } else {
      if (fault.retryAfter !== undefined) response.set('Retry-After', String(fault.retryAfter));
      answerError(response, fault);
    }
  };
}
