import express from 'express';
import type { Request, Response, Router } from 'express';
import type { Fault, Faults, Target } from '../faults.ts';
import { strikeFirst } from '../strike.ts';
import type { Exceptions } from './exceptions.ts';

/** 结婚证字号 since 2010 (J/BJ, division, year, sequence), or free older text such as “深罗结字第000123号”. */
const CERTIFICATE = /^B?J\d{6}-\d{4}-\d{6}$|^(?=.*\d)(?=.*\p{Script=Han}).{6,60}$/u;
const ID_NUMBER: Readonly<Record<string, RegExp>> = {
  'mainland-id': /^\d{17}[\dX]$/,
  'residence-permit': /^8[123]0000\d{11}[\dX]$/,
};
const OTHER_ID_NUMBER = /^[A-Z\d()]{5,20}$/;

interface Person {
  readonly idType: string;
  readonly idNumber: string;
  readonly name?: string;
}

/**
 * The marriage database and the population register. They answer from the question alone: whatever looks
 * valid is married, or matches; exceptions are set from outside.
 *
 * @param accessToken the bearer token both ask for; undefined to let everybody in.
 */
export function registerRoutes(
  exceptions: Exceptions,
  faults: Faults,
  accessToken: string | undefined,
): Router {
  const router = express.Router();
  const before = (target: Target) => [
    strikeFirst(faults, target, (response: Response, fault: Fault) => {
      response.status(fault.status ?? 500).json({ code: fault.code ?? 'REGISTER_ERROR' });
    }),
    express.json({ limit: '16kb' }),
  ];
  const answer = (target: Target, request: Request, response: Response, entry: object | undefined): void => {
    if (accessToken !== undefined && request.headers.authorization !== `Bearer ${accessToken}`) {
      response.status(401).json({ code: 'UNAUTHORIZED' });
    } else if (entry === undefined) {
      response.status(400).json({ code: 'BAD_QUERY' });
    } else if (faults.take(target, ['timeout-after-accept']) === undefined) {
      response.json(entry);
    }
  };

  router.post('/marriage/query', ...before('marriage-register'), (request: Request, response: Response) => {
    answer('marriage-register', request, response, marriageEntry(exceptions, request.body));
  });
  router.post('/household/query', ...before('household-register'), (request: Request, response: Response) => {
    answer('household-register', request, response, householdEntry(exceptions, request.body));
  });
  return router;
}

function marriageEntry(exceptions: Exceptions, query: unknown): object | undefined {
  if (!isObject(query) || typeof query['certificateNumber'] !== 'string') return undefined;
  const parties = Array.isArray(query['parties']) ? query['parties'].filter(isPerson) : [];
  const [first, second] = parties;
  if (first === undefined || second === undefined || parties.length !== 2) return undefined;
  const exception = exceptions.find('marriage', query['certificateNumber']);
  if (exception !== undefined) return exception;
  if (!CERTIFICATE.test(query['certificateNumber'])) return { status: 'not-found' };
  // Nobody is married to themselves: the certificate must be another couple's.
  return { status: first.idNumber === second.idNumber ? 'other-couple' : 'married' };
}

function householdEntry(exceptions: Exceptions, query: unknown): object | undefined {
  if (!isPerson(query) || query.name === undefined) return undefined;
  const exception = exceptions.find('household', query.idNumber);
  if (exception !== undefined) {
    const { name, ...entry } = exception;
    return name === undefined || name === query.name ? entry : { ...entry, status: 'name-differs' };
  }
  const shape = ID_NUMBER[query.idType] ?? OTHER_ID_NUMBER;
  return shape.test(query.idNumber) ? { status: 'match', maritalStatus: 'married' } : { status: 'not-found' };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isPerson(value: unknown): value is Person {
  return isObject(value) && typeof value['idType'] === 'string' && typeof value['idNumber'] === 'string';
}
