import { z } from 'zod';
import { RECOMPUTATION_STATES } from '../../activities/calendars/port.ts';
import { CALENDAR_FLAG_CODES } from '../../domain/clock/flag-calendar.ts';
import { CLOCK_CHANGES } from '../../domain/clock/calendar-change.ts';
import { DAY_KINDS } from '../../domain/clock/calendar.ts';
import { CALENDAR_PROBLEM_CODES } from '../../domain/clock/validate-calendar.ts';
import { CALENDAR_FILE_PROBLEM_CODES } from '../../domain/calendar-file/read-calendar-csv.ts';
import { appendAudit } from '../../prisma/audit.ts';
import type { CalendarYear } from '../../prisma/generated/client.ts';
import {
  findProposal,
  listCalendarYears,
  proposeCalendarYear,
  yearOfRow,
} from '../../prisma/queries/calendars.ts';
import { approveProposal } from '../calendars/approve-proposal.ts';
import { calendarFact } from '../calendars/calendar-fact.ts';
import { flagsOf, requireConfirmed } from '../calendars/flags.ts';
import { LISTED, previewProposal } from '../calendars/preview.ts';
import { CSV_LIMIT_BYTES, proposalBody, proposalQuery, readProposal } from '../calendars/read-proposal.ts';
import { readCursor } from '../http/case-cursor.ts';
import { type Route, route } from '../http/route.ts';
import { Problem } from '../problems/problem.ts';

const TAG = 'Calendars';
const yearParams = z.object({ year: z.coerce.number().int().min(1_000).max(9_999) });

const calendarSchema = z
  .object({
    year: z.number(),
    revision: z.number(),
    state: z.enum(['provisional', 'proposed', 'published', 'replaced']),
    off: z.array(z.string()).describe('Weekdays off, MM-DD'),
    makeUp: z.array(z.string()).describe('Weekend days worked, MM-DD'),
    source: z.string(),
    publishedOn: z.string().optional(),
    proposedBy: z.string().optional(),
    approvedBy: z.string().optional(),
    at: z.string(),
  })
  .meta({ id: 'CalendarYear' });

const dates = z
  .object({
    coolingOffLastDay: z.string(),
    claimFirstWorkingDay: z.string(),
    claimLastDay: z.string(),
    provisional: z.boolean(),
  })
  .meta({ id: 'ToldDates' });

const change = z
  .enum(CLOCK_CHANGES)
  .describe(
    'earlier, later: a day on which a right ends moves; settled: the same days, provisional no longer; none: the same ' +
      'days, but a day on the way is worked or off that was not',
  );

const counts = z
  .object({
    earlier: z.number(),
    later: z.number(),
    settled: z.number(),
    none: z.number(),
    unchanged: z.number().describe('Not told: nothing changes for them'),
  })
  .describe('All running cases received in the year or the one before')
  .meta({ id: 'ChangeCounts' });

const flag = z
  .object({
    code: z.enum(CALENDAR_FLAG_CODES),
    days: z
      .array(z.object({ date: z.string(), before: z.enum(DAY_KINDS), after: z.enum(DAY_KINDS) }))
      .optional(),
    found: z.number().optional().describe('Weekdays off less make-up days'),
    expected: z.number().optional(),
  })
  .meta({ id: 'CalendarFlag' });

const previewSchema = z.object({
  ...calendarSchema.shape,
  flags: z.array(flag).describe('What is unlikely about it'),
  counts,
  affected: z
    .array(z.object({ caseNumber: z.string(), before: dates, after: dates, change }))
    .describe(`In the order of case numbers, at most ${LISTED}`),
  nextCursor: z.string().optional().describe('For the rest: GET /calendars/{year}/preview?cursor='),
});

const list = route({
  method: 'get',
  path: '/calendars',
  tag: TAG,
  summary: 'Calendars of every year, with all revisions',
  access: 'read-reference-data',
  answers: {
    status: 200,
    description: 'Newest first',
    schema: z.object({ calendars: z.array(calendarSchema) }),
  },
  handle: async ({ deps }) => ({ json: { calendars: (await listCalendarYears(deps.db)).map(view) } }),
});

const propose = route({
  method: 'post',
  path: '/calendars',
  tag: TAG,
  summary: "Propose a year's calendar",
  description:
    'As the State Council published it: every day off, weekends among them, and every weekend day worked; as JSON, or ' +
    'as `text/csv` with the header `date,kind` and the kinds `off` (休) and `make-up` (班). Faults are named with ' +
    'their lines, and what is possible but unlikely must be confirmed by its code: until then nothing is kept. ' +
    'Nothing changes before a second person approves; the answer shows whom it would concern.',
  access: 'propose-calendar',
  query: proposalQuery,
  body: proposalBody,
  readsBody: true,
  csv: {
    limitBytes: CSV_LIMIT_BYTES,
    example: 'date,kind\n2026-01-01,off\n2026-01-02,off\n2026-01-04,make-up\n',
  },
  answers: {
    status: 201,
    description: 'The proposal and the running cases it concerns',
    schema: previewSchema,
  },
  problems: [
    'VALIDATION_FAILED',
    'MALFORMED_JSON',
    'DATE_INVALID',
    ...CALENDAR_PROBLEM_CODES,
    ...CALENDAR_FILE_PROBLEM_CODES,
    'CALENDAR_CONFIRMATION_REQUIRED',
    ...CALENDAR_FLAG_CODES,
    'MEDIA_TYPE_NOT_SUPPORTED',
    'BODY_TOO_LARGE',
  ],
  handle: async ({ deps, actor, query, body, request }) => {
    const charset = /charset="?([\w-]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
    const proposal = readProposal({ body, rawJson: request.rawJson, charset }, query);
    const flags = await requireConfirmed(deps, proposal);
    const { calendar, source, publishedOn } = proposal;
    const at = new Date(deps.now());
    const row = await deps.db.$transaction(async (tx) => {
      const proposed = await proposeCalendarYear(tx, {
        calendar,
        source,
        publishedOn,
        proposedBy: actor.sub,
        at,
      });
      const flagged = flags.map(({ code }) => code);
      await appendAudit(tx, [calendarFact(actor, 'propose-calendar', proposed, at, { flagged })]);
      return proposed;
    });
    return { status: 201, json: { ...view(row), flags, ...(await previewProposal(deps, row)) } };
  },
});

const preview = route({
  method: 'get',
  path: '/calendars/{year}/preview',
  tag: TAG,
  summary: 'What the standing proposal would change, as of now',
  description: 'For whoever approves it: cases have gone on since it was proposed.',
  access: 'approve-calendar',
  params: yearParams,
  query: z.object({
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(LISTED).default(LISTED),
  }),
  answers: { status: 200, description: 'The proposal and a page of the cases', schema: previewSchema },
  problems: ['CALENDAR_UNKNOWN', 'NUMBER_OUT_OF_RANGE', 'CURSOR_INVALID'],
  handle: async ({ deps, params, query }) => {
    const proposal = await findProposal(deps.db, params.year);
    if (!proposal) throw new Problem('CALENDAR_UNKNOWN');
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const page = await previewProposal(deps, proposal, { after, limit: query.limit });
    const flags = await flagsOf(deps, { ...yearOfRow(proposal), published: true });
    return { json: { ...view(proposal), flags, ...page } };
  },
});

const approve = route({
  method: 'post',
  path: '/calendars/{year}/approve',
  tag: TAG,
  summary: 'Approve the proposal of another person',
  description:
    'The calendar comes into force, and a recomputation begins that tells every case it concerns; the answer does not ' +
    'wait for it: GET /recomputations/{id} says how far it is. Where a proposal of the year has come in the place of ' +
    'another, the body must name the `revision` that was looked at. The same person approving once more is answered ' +
    'with what is in force.',
  access: 'approve-calendar',
  params: yearParams,
  body: z
    .object({
      revision: z
        .number()
        .int()
        .optional()
        .describe(
          'The one that was looked at; refused when another stands, required when it replaced another',
        ),
    })
    .meta({ id: 'CalendarApproval' }),
  answers: {
    status: 200,
    description: 'The calendar in force, and the recomputation that has begun',
    schema: z.object({
      ...calendarSchema.shape,
      recomputation: z.object({
        id: z.string(),
        state: z.enum(RECOMPUTATION_STATES),
        counts: counts.describe('As of this answer; cases that have changed by then are `unchanged`'),
      }),
    }),
  },
  problems: [
    'CALENDAR_UNKNOWN',
    'NUMBER_OUT_OF_RANGE',
    'SECOND_PERSON_REQUIRED',
    'CALENDAR_PROPOSAL_REPLACED',
    'CALENDAR_REVISION_REQUIRED',
  ],
  handle: async ({ deps, actor, params, body }) => {
    const { calendar, recomputation } = await approveProposal(deps, actor, params.year, body.revision);
    return { json: { ...view(calendar), recomputation } };
  },
});

function view(row: CalendarYear) {
  const { year, revision, state, off, makeUp, source } = row;
  return {
    year,
    revision,
    state,
    off,
    makeUp,
    source,
    publishedOn: row.publishedOn ?? undefined,
    proposedBy: row.proposedBy ?? undefined,
    approvedBy: row.approvedBy ?? undefined,
    at: row.at.toISOString(),
  };
}

export const calendarRoutes: readonly Route[] = [list, propose, preview, approve];
