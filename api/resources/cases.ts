import { z } from 'zod';
import { PARTIES, STAGES } from '../../domain/case/vocabulary.ts';
import { checkMobile } from '../../domain/identity/mobile.ts';
import { type CaseFilter, listCases } from '../../prisma/queries/cases.ts';
import { visibleVenues } from '../authorize.ts';
import { flagsFor } from '../cases/case-head.ts';
import { caseView } from '../cases/case-view.ts';
import { auditRead, getCase } from '../cases/load-case.ts';
import { openCase } from '../cases/open-case.ts';
import { applicationInput, caseHead, caseParams, idSchema, plainDateSchema, text } from '../cases/schemas.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { cursorOf, readCursor } from '../http/case-cursor.ts';
import { type Route, route } from '../http/route.ts';
import { invalidFields } from '../problems/problem.ts';

const TAG = 'Cases';
const opened = { status: 201, description: 'The case; `Location` is its address', schema: caseHead };

const startCase = route({
  method: 'post',
  path: '/cases',
  tag: TAG,
  summary: 'Start a case',
  description: 'The application is checked as a whole: the answer names every wrong field at once.',
  access: 'start-case',
  body: applicationInput,
  answers: opened,
  problems: ['VALIDATION_FAILED', 'VENUE_UNKNOWN', 'ID_CHECK_DIGIT', 'SAME_PERSON_TWICE', 'PARTY_UNDER_AGE'],
  handle: ({ deps, actor, actId, body }) =>
    openCase({ deps, actor, actId, application: body, realm: 'live' }),
});

const importCase = route({
  method: 'post',
  path: '/cases/import',
  tag: TAG,
  summary: 'Bring in a running paper case',
  description: 'Its clock started on `receivedOn`; reminders of the past are not sent, those ahead are.',
  access: 'import-case',
  body: z
    .object({
      ...applicationInput.shape,
      receivedOn: plainDateSchema,
      reason: text(2_000).min(1),
      acceptingVenueId: idSchema.optional(),
    })
    .meta({ id: 'RunningCase' }),
  answers: opened,
  problems: ['RECEIVED_ON_IN_FUTURE', 'RECEIVED_ON_NOT_WORKING_DAY'],
  handle: ({ deps, actor, actId, body }) => {
    const { receivedOn, reason, acceptingVenueId, ...application } = body;
    return openCase({
      deps,
      actor,
      actId,
      application,
      realm: 'live',
      imported: { receivedOn, reason, acceptingVenueId },
    });
  },
});

const listed = z
  .object({
    caseNumber: z.string(),
    realm: z.string(),
    stage: z.enum(STAGES),
    flags: z.array(z.string()),
    channel: z.string(),
    venueId: z.string(),
    acceptingVenueId: z.string().optional(),
    needsAttention: z.boolean(),
    attention: z.array(z.string()),
    receivedOn: z.string().optional(),
    coolingOffLastDay: z.string().optional(),
    claimLastDay: z.string().optional(),
    nextDeadline: z.string().optional(),
    nextDeadlineKind: z.string().optional(),
    stageSince: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'CaseListItem' });

const listQuery = z.object({
  stage: z.string().max(200).optional().describe('One stage or several, separated by commas'),
  venue: idSchema.optional(),
  q: text(100)
    .optional()
    .describe('The beginning of a case number, or a whole name, identity number or mobile'),
  needsAttention: z.enum(['true', 'false']).optional(),
  realm: z.enum(['live', 'rehearsal']).default('live'),
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const list = route({
  method: 'get',
  path: '/cases',
  tag: TAG,
  summary: 'Work-list',
  description: 'In the order of case numbers. `stage` is the last recorded one. No personal data.',
  access: 'read-case',
  query: listQuery,
  answers: {
    status: 200,
    description: 'A page; `nextCursor` is there while more follow',
    schema: z.object({ items: z.array(listed), nextCursor: z.string().optional() }),
  },
  handle: async ({ deps, actor, query }) => {
    const filter = await filterOf(deps, query);
    const rows = await listCases(deps.db, {
      ...filter,
      visibleVenues: visibleVenues(actor),
      limit: query.limit + 1,
    });
    const page = rows.slice(0, query.limit);
    const items = page.map((row) => ({ ...itemOf(row), flags: flagsFor(actor, row.flags) }));
    const last = page.at(-1);
    return {
      json: rows.length > query.limit && last ? { items, nextCursor: cursorOf(last.caseNumber) } : { items },
    };
  },
});

async function filterOf(
  deps: ApiDependencies,
  query: z.output<typeof listQuery>,
): Promise<Omit<CaseFilter, 'limit'>> {
  return {
    realm: query.realm,
    stages: stagesOf(query.stage),
    venueId: query.venue,
    needsAttention: query.needsAttention === undefined ? undefined : query.needsAttention === 'true',
    after: query.cursor === undefined ? undefined : readCursor(query.cursor),
    ...(await searched(deps, query.q)),
  };
}

/** Case numbers are searched by their beginning, people only by the whole of what identifies them. */
async function searched(deps: ApiDependencies, q: string | undefined): Promise<Partial<CaseFilter>> {
  if (!q) return {};
  if (/^R?[A-Za-z]{2}\d{2}(-\d{0,4}(-\d{0,6})?)?$/.test(q)) return { caseNumberPrefix: q.toUpperCase() };
  return { personIndexes: await Promise.all(formsOf(deps, q).map((form) => deps.cipher.index(form))) };
}

/** A mainland mobile is kept as it was typed at the counter, and with its country code once it was changed. */
function formsOf(deps: ApiDependencies, q: string): string[] {
  const check = checkMobile(q, { allowTestNumbers: deps.settings.demo });
  if (!check.ok) return [q];
  const national = check.region === 'mainland' ? [check.normalized.replace('+86', '')] : [];
  return [...new Set([q, check.normalized, ...national])];
}

function stagesOf(list: string | undefined): CaseFilter['stages'] {
  if (!list) return undefined;
  const stages = list.split(',').map((part) => STAGES.find((stage) => stage === part.trim()));
  const known = stages.filter((stage) => stage !== undefined);
  if (known.length !== stages.length) throw invalidFields([{ field: 'stage', code: 'VALUE_NOT_ALLOWED' }]);
  return known;
}

function itemOf(row: Awaited<ReturnType<typeof listCases>>[number]) {
  const attention = row.attention as unknown as { code: string }[];
  return {
    caseNumber: row.caseNumber,
    realm: row.realm,
    stage: row.stage,
    ...(row.outcome ? { outcome: row.outcome } : {}),
    channel: row.channel,
    venueId: row.venueId,
    ...(row.acceptingVenueId ? { acceptingVenueId: row.acceptingVenueId } : {}),
    needsAttention: row.needsAttention,
    attention: attention.map(({ code }) => code),
    ...(row.receivedOn
      ? {
          receivedOn: row.receivedOn,
          coolingOffLastDay: row.coolingOffLastDay,
          claimLastDay: row.claimLastDay,
        }
      : {}),
    ...(row.nextDeadline
      ? { nextDeadline: row.nextDeadline.toISOString(), nextDeadlineKind: row.nextDeadlineKind }
      : {}),
    stageSince: row.stageSince.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

const read = route({
  method: 'get',
  path: '/cases/{caseNumber}',
  tag: TAG,
  summary: 'One case',
  description:
    'Personal data by role: registrars (clerk, reviewer, supervisor) see names and identity numbers of both parties; ' +
    "they, counsellors and dispatchers see one party's telephone and address with `?party=`, never both parties'. " +
    'Everybody else sees masked data. Each read is audited. ' +
    '`stage` is the one the law has the case at now.',
  access: 'read-case',
  params: caseParams,
  query: z.object({ party: z.enum(PARTIES).optional() }),
  answers: { status: 200, description: 'The case', schema: z.looseObject(caseHead.shape) },
  problems: ['CASE_UNKNOWN'],
  handle: async ({ deps, actor, params, query }) => {
    const row = await getCase(deps, actor, params.caseNumber);
    const view = await caseView(deps, actor, row, query.party);
    await auditRead(deps, actor, row.caseNumber, 'read-case', query.party ? { party: query.party } : {});
    return { json: view };
  },
});

export const caseRoutes: readonly Route[] = [startCase, importCase, list, read];
