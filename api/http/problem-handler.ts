import type { ErrorRequestHandler, RequestHandler } from 'express';
import { MulterError } from 'multer';
import { Prisma } from '../../prisma/generated/client.ts';
import { IssuerUnavailable } from '../auth/verify-token.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { EngineUnavailable } from '../engine/port.ts';
import { Problem, problemBody } from '../problems/problem.ts';
import { localeOf } from './locale.ts';

/** Nothing answers here. */
export const noRoute: RequestHandler = () => {
  throw new Problem('ROUTE_UNKNOWN');
};

/** Turns whatever was thrown into problem details. Texts of unexpected errors stay in the log. */
export function problemHandler(deps: ApiDependencies): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = problemOf(error);
    if (problem.status >= 500) {
      deps.log.error(
        { requestId: request.requestId, code: problem.code, err: safeError(error) },
        'request failed',
      );
    }
    if (response.headersSent) {
      next(error);
      return;
    }
    response
      .status(problem.status)
      .set(problem.extras.headers ?? {})
      .type('application/problem+json')
      .send(
        JSON.stringify(
          problemBody(
            problem,
            localeOf(request.headers['accept-language']),
            deps.settings.publicUrl,
            request.requestId,
          ),
        ),
      );
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof EngineUnavailable || error instanceof IssuerUnavailable)
    return unavailable('ENGINE_UNAVAILABLE');
  if (error instanceof MulterError) return uploadProblem(error);
  if (named(error, 'CaseKeyErased')) return new Problem('PERSONAL_DATA_ERASED');
  if (isDatabaseDown(error)) return unavailable('DATABASE_UNAVAILABLE');
  return bodyProblem(error) ?? new Problem('INTERNAL');
}

function unavailable(code: 'ENGINE_UNAVAILABLE' | 'DATABASE_UNAVAILABLE'): Problem {
  return new Problem(code, { headers: { 'retry-after': '5' } });
}

function uploadProblem(error: MulterError): Problem {
  if (error.code === 'LIMIT_FILE_SIZE') {
    return new Problem('FILE_TOO_LARGE', { errors: [{ field: 'file', code: 'FILE_TOO_LARGE' }] });
  }
  return new Problem('VALUE_NOT_ALLOWED', {
    errors: [{ field: error.field ?? 'file', code: 'VALUE_NOT_ALLOWED' }],
  });
}

/** Faults that Express's own body parser reports. */
function bodyProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { type, status } = error as Error & { type?: unknown; status?: unknown };
  switch (type) {
    case 'entity.parse.failed':
    case 'encoding.unsupported':
    case 'request.size.invalid':
    case 'request.aborted':
      return new Problem('MALFORMED_JSON');
    case 'entity.too.large':
    case 'parameters.too.many':
      return new Problem('BODY_TOO_LARGE');
    case 'charset.unsupported':
      return new Problem('MEDIA_TYPE_NOT_SUPPORTED');
    default:
      // A malformed path or multipart body: whoever sent it must mend it.
      return error instanceof URIError ||
        status === 400 ||
        /^(Multipart|Unexpected end of form|Malformed part)/.test(error.message)
        ? new Problem('MALFORMED_JSON', { detail: 'The request cannot be read.' })
        : undefined;
  }
}

function isDatabaseDown(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'].includes(error.code);
  }
  const text = error instanceof Error ? error.message : '';
  return /ECONNREFUSED|Connection terminated|timeout exceeded when trying to connect/.test(text);
}

function named(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** Name and place of an error; its message may quote what a person entered. */
function safeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8);
  const { code } = error as Error & { code?: unknown };
  return { name: error.name, ...(typeof code === 'string' ? { code } : {}), at: frames };
}
