import { join } from 'node:path';
import express from 'express';
import type { Router } from 'express';
import { MODES, TARGETS } from '../faults.ts';
import type { Faults, Target } from '../faults.ts';
import type { Inbox } from '../inbox.ts';
import { readFault, readMix } from '../read-fault.ts';
import { REGISTERS } from '../registers/exceptions.ts';
import type { Exceptions, RegisterName } from '../registers/exceptions.ts';
import type { Allowance } from '../twilio/allowance.ts';
import { badRequest } from './bad-request.ts';
import { messageRoutes } from './messages.ts';

/** What people and tests look at and switch: the page, messages received, faults, register entries. */
export function controlRoutes(
  inbox: Inbox,
  faults: Faults,
  exceptions: Exceptions,
  allowance: Allowance,
): Router {
  const router = express.Router();
  router.use(express.json({ limit: '2mb' }));
  messageRoutes(router, inbox, allowance);
  faultSwitches(router, faults);
  registerEntries(router, exceptions);

  router.use((_request, response, next) => {
    response.set('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
    next();
  });
  router.use(express.static(join(import.meta.dirname, '../page'), { cacheControl: false }));
  return router;
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
    const mix = readMix(target, body);
    if (typeof mix === 'string') {
      badRequest(response, mix);
      return;
    }
    if (mix !== undefined) {
      faults.setMix(target, mix);
    } else if (typeof body === 'object' && body !== null && 'mode' in body && body.mode === 'none') {
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
