import { randomUUID, timingSafeEqual } from 'node:crypto';
import express from 'express';
import type { NextFunction, Request, Response, Router } from 'express';
import type { Fault, Faults } from '../faults.ts';
import type { Inbox, SmsRecord } from '../inbox.ts';
import { strikeFirst } from '../strike.ts';
import { answerError } from './answer-error.ts';
import type { Allowance } from './allowance.ts';
import type { Account, Callbacks } from './callbacks.ts';
import { deliver } from './deliver.ts';
import { messagePage, messageResource } from './resource.ts';
import { segmentsOf } from './segments.ts';

/** E.164; a mainland number has eleven digits after its country code. */
const NUMBER = /^\+(?!86)[1-9]\d{7,14}$|^\+861\d{10}$/;
const LONGEST_BODY = 1_600;
const LARGEST_PAGE = 1_000;

export interface TwilioSide {
  readonly account: Account;
  readonly inbox: Inbox;
  readonly callbacks: Callbacks;
  readonly faults: Faults;
  readonly allowance: Allowance;
}

/** The part of Twilio's REST API that sends and finds messages. */
export function twilioRoutes({ account, inbox, callbacks, faults, allowance }: TwilioSide): Router {
  const router = express.Router({ mergeParams: true });
  router.use(strikeFirst(faults, 'twilio', answerFault));
  router.use((request, response, next) => authenticate(account, request, response, next));

  router.post(
    '/Messages.json',
    express.urlencoded({ extended: false, limit: '64kb' }),
    (request, response) => {
      const form = new Map(Object.entries((request.body ?? {}) as Record<string, string | undefined>));
      const wrong = firstError(form);
      if (wrong !== undefined) {
        answerError(response, 400, wrong);
        return;
      }
      if (!allowance.take()) {
        response.set('Retry-After', '1');
        answerError(response, 429, 20429);
        return;
      }
      const to = form.get('To') ?? '';
      const rejected = faults.take('twilio', ['reject-recipient'], to);
      if (rejected) {
        answerError(response, rejected.status ?? 400, rejected.code ?? 21211);
        return;
      }
      const silent = faults.take('twilio', ['timeout-after-accept'], to);
      const course = faults.take('twilio', COURSES, to);
      const record = accept(form, course);
      inbox.add(record);
      deliver(inbox, callbacks, record);
      if (silent === undefined) response.status(201).json(messageResource(account.sid, record));
    },
  );

  router.get('/Messages.json', (request, response) => {
    const query = new URL(request.originalUrl, 'http://localhost').searchParams;
    const pageSize = Math.min(Number(query.get('PageSize') ?? 50) || 50, LARGEST_PAGE);
    const page = Number(query.get('Page') ?? 0) || 0;
    response.json(messagePage(account.sid, found(inbox, query), page, pageSize, query));
  });

  router.get('/Messages/:file', (request, response) => {
    const record = inbox.sms(request.params.file.replace(/\.json$/, ''));
    if (record === undefined) {
      answerError(response, 404, 20404);
      return;
    }
    response.json(messageResource(account.sid, record));
  });

  router.use((_request, response) => answerError(response, 404, 20404));
  return router;
}

const COURSES = [
  'undelivered',
  'failed',
  'no-callback',
  'duplicate-callbacks',
  'late-callbacks',
  'disordered-callbacks',
] as const;

function answerFault(response: Response, fault: Fault): void {
  const status = fault.status ?? 500;
  answerError(response, status, fault.code ?? (status === 429 ? 20429 : status === 401 ? 20003 : 20500));
}

function authenticate(account: Account, request: Request, response: Response, next: NextFunction): void {
  const expected = Buffer.from(
    `Basic ${Buffer.from(`${account.sid}:${account.authToken}`).toString('base64')}`,
  );
  const given = Buffer.from(request.headers.authorization ?? '');
  const known = given.length === expected.length && timingSafeEqual(given, expected);
  if (!known || request.params['account'] !== account.sid) {
    answerError(response, 401, 20003);
    return;
  }
  next();
}

function firstError(form: ReadonlyMap<string, string | undefined>): number | undefined {
  const body = form.get('Body') ?? '';
  if (!form.get('To')) return 21604;
  if (!form.get('From') && !form.get('MessagingServiceSid')) return 21603;
  if (!NUMBER.test(form.get('To') ?? '')) return 21211;
  if (body === '') return 21602;
  return body.length > LONGEST_BODY ? 21617 : undefined;
}

function accept(form: ReadonlyMap<string, string | undefined>, course: Fault | undefined): SmsRecord {
  const id = `SM${randomUUID().replaceAll('-', '')}`;
  const text = form.get('Body') ?? '';
  return {
    key: id,
    channel: 'sms',
    id,
    to: form.get('To') ?? '',
    from: form.get('From') ?? '',
    text,
    segments: segmentsOf(text),
    receivedAt: new Date().toISOString(),
    status: 'queued',
    errorCode: null,
    statusCallback: form.get('StatusCallback') ?? null,
    messagingServiceSid: form.get('MessagingServiceSid') ?? null,
    course: course ?? { mode: 'normal' },
    callbacks: [],
  };
}

/** Newest first, by recipient and day or instant; dates count whole seconds, as they do at Twilio. */
function found(inbox: Inbox, query: URLSearchParams): SmsRecord[] {
  const to = query.get('To');
  const bounds = (name: string): number => Date.parse(query.get(name) ?? '');
  const from = bounds('DateSent>');
  const until = bounds('DateSent<');
  const rows: SmsRecord[] = [];
  for (const record of inbox.list({ channel: 'sms', to: to ?? undefined })) {
    if (record.channel !== 'sms' || (to !== null && record.to !== to)) continue;
    const second = Math.floor(Date.parse(record.receivedAt) / 1000) * 1000;
    if (second < from || second > until) continue;
    rows.push(record);
  }
  return rows;
}
