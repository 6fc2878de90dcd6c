import { z } from 'zod';
import { type Locale, LOCALES } from '../../domain/case/vocabulary.ts';
import { type ReminderRow, remindersOfCase } from '../../prisma/queries/reminders.ts';
import { type Actor, may } from '../authorize.ts';
import { auditRead, getCase, nowOf, refOf } from '../cases/load-case.ts';
import { caseParams } from '../cases/schemas.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { type Route, route } from '../http/route.ts';
import { Problem } from '../problems/problem.ts';
import { isHidden } from '../reminders/get-reminder.ts';
import { reminderSchema, reminderView } from '../reminders/reminder-view.ts';
import { keepsASecret } from '../reminders/texts-of.ts';
import { readTimeline } from '../timeline/read-timeline.ts';

const TAG = 'What happened';
const texts = z.record(z.enum(LOCALES), z.string());

const timeline = route({
  method: 'get',
  path: '/cases/{caseNumber}/timeline',
  tag: TAG,
  summary: "The case as a clerk's log",
  description:
    "Every step and every notice in words, in the case's own time; the language follows `Accept-Language`.",
  access: 'read-case',
  params: caseParams,
  answers: {
    status: 200,
    description: 'Oldest first',
    schema: z.object({
      caseNumber: z.string(),
      now: z.string(),
      entries: z.array(
        z.looseObject({ at: z.string(), kind: z.string(), sentence: z.string(), sentences: texts }),
      ),
    }),
  },
  handle: async ({ deps, actor, params, locale }) => {
    const row = await getCase(deps, actor, params.caseNumber);
    const entries = await readTimeline(deps, actor, row, locale);
    await auditRead(deps, actor, row.caseNumber, 'read-timeline');
    return {
      json: { caseNumber: row.caseNumber, now: new Date(nowOf(row, deps.now())).toISOString(), entries },
    };
  },
});

const history = route({
  method: 'get',
  path: '/cases/{caseNumber}/history',
  tag: TAG,
  summary: "The engine's history of the case, payloads opened",
  access: 'read-history',
  params: caseParams,
  answers: {
    status: 200,
    description: "Every run's events, oldest first, and where the engine's own console shows them",
    schema: z.object({
      caseNumber: z.string(),
      workflowId: z.string(),
      webUi: z.string(),
      events: z.array(
        z.object({
          runId: z.string(),
          eventId: z.number(),
          time: z.string(),
          type: z.string(),
          attributes: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  },
  problems: ['HISTORY_UNKNOWN'],
  handle: async ({ deps, actor, params }) => {
    const row = await getCase(deps, actor, params.caseNumber);
    const events = await deps.engine.history(refOf(row));
    if (!events) throw new Problem('HISTORY_UNKNOWN');
    await auditRead(deps, actor, row.caseNumber, 'read-history');
    const workflowId = `case-${row.caseNumber}`;
    const namespace = deps.engine.namespaceOf(refOf(row));
    const webUi = `${deps.settings.webUiUrl}/namespaces/${namespace}/workflows/${workflowId}`;
    return { json: { caseNumber: row.caseNumber, workflowId, webUi, events } };
  },
});

const noticeSchema = z
  .object({
    ...reminderSchema.shape,
    lastError: z.string().optional(),
    text: z.string().optional().describe('For registrars and auditors; never of a message with a code'),
  })
  .meta({ id: 'Notice' });

const notices = route({
  method: 'get',
  path: '/cases/{caseNumber}/notices',
  tag: TAG,
  summary: 'Notices with their delivery state and every attempt',
  description: 'What was planned, sent, delivered, cancelled and told by telephone. No numbers or addresses.',
  access: 'read-case',
  params: caseParams,
  answers: {
    status: 200,
    description: 'In the order of their due instants',
    schema: z.object({ caseNumber: z.string(), notices: z.array(noticeSchema) }),
  },
  handle: async ({ deps, actor, params, locale }) => {
    const { caseNumber, flags } = await getCase(deps, actor, params.caseNumber);
    const rows = await remindersOfCase(deps.db, caseNumber);
    const shown = rows.filter((row) => !isHidden(actor, row, flags));
    const notices = await Promise.all(shown.map((row) => noticeView(deps, actor, row, locale)));
    await auditRead(deps, actor, caseNumber, 'read-notices');
    return { json: { caseNumber, notices } };
  },
});

async function noticeView(deps: ApiDependencies, actor: Actor, row: ReminderRow, locale: Locale) {
  const shown = may(actor, 'read-texts') && !keepsASecret(row) && row.sealedText;
  const text = shown ? await deps.cipher.open<string>(row.caseNumber, 'notice.text', shown) : undefined;
  return { ...reminderView(row, locale), lastError: row.lastError ?? undefined, text };
}

const appointments = route({
  method: 'get',
  path: '/cases/{caseNumber}/appointments',
  tag: TAG,
  summary: 'Bookings of the case',
  description: 'Venues do not offer time slots yet: couples come without a booking, so the list is empty.',
  access: 'read-case',
  params: caseParams,
  answers: {
    status: 200,
    description: 'Bookings, earliest first',
    schema: z.object({ caseNumber: z.string(), appointments: z.array(z.looseObject({ id: z.string() })) }),
  },
  handle: async ({ deps, actor, params }) => {
    const { caseNumber } = await getCase(deps, actor, params.caseNumber);
    return { json: { caseNumber, appointments: [] } };
  },
});

export const recordRoutes: readonly Route[] = [timeline, history, notices, appointments];
