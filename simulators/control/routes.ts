import { join } from 'node:path';
import express from 'express';
import type { Response, Router } from 'express';
import { MODES, TARGETS, readFault } from '../faults.ts';
import type { Faults, Target } from '../faults.ts';
import type { Inbox } from '../inbox.ts';
import { REGISTERS } from '../registers/exceptions.ts';
import type { Exceptions, RegisterName } from '../registers/exceptions.ts';

const DEFAULT_LIMIT = 1_000;

/** What people and tests look at and switch: the page, messages received, faults, register entries. */
export function controlRoutes(inbox: Inbox, faults: Faults, exceptions: Exceptions): Router {
  const router = express.Router();
  router.use(express.json({ limit: '16kb' }));
  messages(router, inbox);
  faultSwitches(router, faults);
  registerEntries(router, exceptions);

  router.use((_request, response, next) => {
    response.set('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
    next();
  });
  router.use(express.static(join(import.meta.dirname, '../page'), { cacheControl: false }));
  return router;
}

function messages(router: Router, inbox: Inbox): void {
  router.get('/messages', (request, response) => {
    const query = new URL(request.originalUrl, 'http://localhost').searchParams;
    const since = query.get('since');
    const sinceMs = since === null ? undefined : /^\d+$/.test(since) ? Number(since) : Date.parse(since);
    if (Number.isNaN(sinceMs)) {
      badRequest(response, 'since must be an ISO instant or epoch milliseconds');
      return;
    }
    const found = inbox.list({
      to: query.get('to') || undefined,
      channel: query.get('channel') || undefined,
      text: query.get('text') || undefined,
      since: sinceMs,
    });
    const limit = Number(query.get('limit') ?? DEFAULT_LIMIT) || DEFAULT_LIMIT;
    response.json({
      total: found.length,
      received: inbox.size,
      version: inbox.version,
      messages: found.slice(0, limit),
    });
  });
  router.delete('/messages', (_request, response) => {
    inbox.clear();
    response.status(204).end();
  });
}

function faultSwitches(router: Router, faults: Faults): void {
  router.get('/faults', (_request, response) => {
    response.json({ faults: faults.list(), modes: MODES });
  });
  router.put('/faults/:target', (request, response) => {
    const target = TARGETS.find((known): known is Target => known === request.params.target);
    if (target === undefined) {
      badRequest(response, `target must be one of: ${TARGETS.join(', ')}`);
      return;
    }
    const body: unknown = request.body;
    if (typeof body === 'object' && body !== null && 'mode' in body && body.mode === 'none') {
      faults.clear(target);
    } else {
      const fault = readFault(target, body);
      if (typeof fault === 'string') {
        badRequest(response, fault);
        return;
      }
      faults.set(target, fault);
    }
    response.json(faults.list()[target]);
  });
  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
}

function registerEntries(router: Router, exceptions: Exceptions): void {
  const registerNamed = (name: string): RegisterName | undefined =>
    (Object.keys(REGISTERS) as RegisterName[]).find((known) => known === name);

  router.get('/registers', (_request, response) => {
    response.json({ entries: exceptions.list(), statuses: REGISTERS });
  });
  router.put('/registers/:register/:number', (request, response) => {
    const register = registerNamed(request.params.register);
    if (register === undefined) {
      badRequest(response, 'register must be marriage or household');
      return;
    }
    const wrong = exceptions.set(register, request.params.number, request.body);
    if (wrong !== undefined) {
      badRequest(response, wrong);
      return;
    }
    response.json(exceptions.find(register, request.params.number));
  });
  router.delete('/registers/:register/:number', (request, response) => {
    const register = registerNamed(request.params.register);
    if (register === undefined) {
      badRequest(response, 'register must be marriage or household');
      return;
    }
    exceptions.remove(register, request.params.number);
    response.status(204).end();
  });
}

function badRequest(response: Response, error: string): void {
  response.status(400).json({ error });
}
