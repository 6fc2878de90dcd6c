import type { Request, Router } from 'express';
import type { Inbox, Received } from '../inbox.ts';
import type { Allowance } from '../twilio/allowance.ts';
import { badRequest } from './bad-request.ts';

const DEFAULT_LIMIT = 1_000;

/** What was received, and how fast. */
export function messageRoutes(router: Router, inbox: Inbox, allowance: Allowance): void {
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
  router.post('/messages/find', (request, response) => {
    const to = recipientsIn(request);
    if (to === undefined) {
      badRequest(response, 'to must be a list of numbers and addresses');
      return;
    }
    response.json({ messages: to.flatMap((recipient): Received[] => inbox.list({ to: recipient })) });
  });
  rateRoutes(router, allowance);
}

function rateRoutes(router: Router, allowance: Allowance): void {
  router.get('/messages/rate', (_request, response) => {
    response.json(allowance.read());
  });
  router.put('/messages/rate', (request, response) => {
    const { perSecond } = (request.body ?? {}) as { readonly perSecond?: unknown };
    if (perSecond !== null && !(typeof perSecond === 'number' && perSecond >= 1)) {
      badRequest(response, 'perSecond must be a number, 1 or more, or null for no limit');
      return;
    }
    allowance.allow(perSecond ?? undefined);
    response.json(allowance.read());
  });
  router.delete('/messages/rate', (_request, response) => {
    allowance.reset();
    response.status(204).end();
  });
}

function recipientsIn(request: Request): readonly string[] | undefined {
  const { to } = (request.body ?? {}) as { readonly to?: unknown };
  return Array.isArray(to) && to.every((each) => typeof each === 'string') ? to : undefined;
}
