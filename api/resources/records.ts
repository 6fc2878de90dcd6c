import { z } from 'zod';
import { LOCALES } from '../../domain/case/vocabulary.ts';
import type { Notice } from '../../prisma/generated/client.ts';
import { may } from '../authorize.ts';
import { auditRead, getCase, nowOf, refOf } from '../cases/load-case.ts';
import { caseParams } from '../cases/schemas.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { type Route, route } from '../http/route.ts';
import { Problem } from '../problems/problem.ts';
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
    const entries = await readTimeline(deps, actor, row.caseNumber, locale, row.realm === 'rehearsal');
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
    id: z.string(),
    kind: z.string(),
    party: z.string(),
    channel: z.string().optional(),
    channels: z.array(z.string()),
    state: z.string(),
    dueAt: z.string(),
    sentAt: z.string().optional(),
    deliveredAt: z.string().optional(),
    deadlineVersion: z.number(),
    offsetDays: z.number(),
    attempts: z.number(),
    lastError: z.string().optional(),
    templateVersion: z.string().optional(),
    parts: z.number().optional(),
    text: z.string().optional().describe('For registrars and auditors'),
  })
  .meta({ id: 'Notice' });

const notices = route({
  method: 'get',
  path: '/cases/{caseNumber}/notices',
  tag: TAG,
  summary: 'Notices with their delivery state',
  access: 'read-case',
  params: caseParams,
  answers: {
    status: 200,
    description: 'In the order of their due instants',
    schema: z.object({ caseNumber: z.string(), notices: z.array(noticeSchema) }),
  },
  handle: async ({ deps, actor, params }) => {
    const { caseNumber } = await getCase(deps, actor, params.caseNumber);
    const rows = await deps.db.notice.findMany({
      where: { caseNumber },
      orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    });
    const withText = may(actor, 'read-texts');
    const shown = await Promise.all(rows.map((row) => noticeView(deps, row, withText)));
    await auditRead(deps, actor, caseNumber, 'read-notices');
    return { json: { caseNumber, notices: shown } };
  },
});

async function noticeView(deps: ApiDependencies, row: Notice, withText: boolean) {
  const text =
    withText && row.sealedText
      ? await deps.cipher.open<string>(row.caseNumber, 'notice.text', row.sealedText)
      : undefined;
  const { id, kind, party, channels, state, deadlineVersion, offsetDays, attempts } = row;
  return {
    id,
    kind,
    party,
    channel: row.channel ?? channels[0],
    channels,
    state,
    dueAt: row.dueAt.toISOString(),
    sentAt: row.sentAt?.toISOString(),
    deliveredAt: row.deliveredAt?.toISOString(),
    deadlineVersion,
    offsetDays,
    attempts,
    lastError: row.lastError ?? undefined,
    templateVersion: row.templateVersion ?? undefined,
    parts: row.parts ?? undefined,
    text,
  };
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
