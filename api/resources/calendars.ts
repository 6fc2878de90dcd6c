import { z } from 'zod';
import { withYear } from '../../domain/clock/calendar.ts';
import { publishedYearFrom, validateCalendar } from '../../domain/clock/validate-calendar.ts';
import { appendAudit } from '../../prisma/audit.ts';
import type { CalendarYear } from '../../prisma/generated/client.ts';
import {
  approveCalendarYear,
  findProposal,
  listCalendarYears,
  proposeCalendarYear,
  yearOfRow,
} from '../../prisma/queries/calendars.ts';
import type { Actor } from '../authorize.ts';
import { type AffectedCase, affectedCases } from '../calendars/affected-cases.ts';
import { tellCases } from '../calendars/tell-cases.ts';
import { plainDateSchema, text } from '../cases/schemas.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { type Route, route } from '../http/route.ts';
import { invalidFields, Problem } from '../problems/problem.ts';

const TAG = 'Calendars';

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
const affectedSchema = z.array(z.object({ caseNumber: z.string(), before: dates, after: dates }));

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
    'As the State Council published it: every day off, weekends among them, and every weekend day worked. Nothing ' +
    'changes before a second person approves; the answer shows whom it would concern.',
  access: 'propose-calendar',
  body: z
    .object({
      year: z.number().int(),
      source: text(500).min(1),
      publishedOn: plainDateSchema,
      off: z.array(z.string().max(20)).max(120),
      makeUp: z.array(z.string().max(20)).max(60).default([]),
    })
    .meta({ id: 'CalendarProposal' }),
  answers: {
    status: 201,
    description: 'The proposal and the running cases whose dates it changes',
    schema: z.object({ ...calendarSchema.shape, affected: affectedSchema }),
  },
  problems: ['CALENDAR_YEAR_INVALID', 'CALENDAR_DATE_INVALID', 'CALENDAR_STATUTORY_DAY_MISSING'],
  handle: async ({ deps, actor, body }) => {
    const { year, source, publishedOn, off, makeUp } = body;
    const problems = validateCalendar({ year, off, makeUp });
    if (problems.length > 0) throw invalidFields(problems.map(({ field, code }) => ({ field, code })));
    const calendar = publishedYearFrom({ year, off, makeUp });
    const at = new Date(deps.now());
    const row = await deps.db.$transaction(async (tx) => {
      const proposed = await proposeCalendarYear(tx, {
        calendar,
        source,
        publishedOn,
        proposedBy: actor.sub,
        at,
      });
      await appendAudit(tx, [fact(actor, 'propose-calendar', proposed, at)]);
      return proposed;
    });
    return { status: 201, json: { ...view(row), affected: shown(await affectedBy(deps, row)) } };
  },
});

const approve = route({
  method: 'post',
  path: '/calendars/{year}/approve',
  tag: TAG,
  summary: 'Approve the proposal of another person',
  description:
    'The calendar comes into force and every case it concerns is told; each then reckons its dates again.',
  access: 'approve-calendar',
  params: z.object({ year: z.coerce.number().int() }),
  answers: {
    status: 200,
    description: 'The calendar in force and the cases that were told',
    schema: z.object({ ...calendarSchema.shape, affected: affectedSchema, told: z.number() }),
  },
  problems: ['CALENDAR_UNKNOWN', 'SECOND_PERSON_REQUIRED'],
  handle: async ({ deps, actor, params }) => {
    const proposal = await findProposal(deps.db, params.year);
    if (!proposal) throw new Problem('CALENDAR_UNKNOWN');
    if (proposal.proposedBy === actor.sub) throw new Problem('SECOND_PERSON_REQUIRED');
    const affected = await affectedBy(deps, proposal);
    const at = new Date(deps.now());
    await deps.db.$transaction(async (tx) => {
      await approveCalendarYear(tx, proposal, actor.sub, at);
      await appendAudit(tx, [fact(actor, 'approve-calendar', proposal, at)]);
    });
    const told = await tellCases(deps, affected);
    const row = { ...proposal, state: 'published', approvedBy: actor.sub, at };
    return { json: { ...view(row), affected: shown(affected), told } };
  },
});

/** Whom a proposal concerns: cases received in its year or the one before. */
function affectedBy(deps: ApiDependencies, row: CalendarYear): Promise<AffectedCase[]> {
  const { year, revision } = row;
  return affectedCases(deps, [year - 1, year], (calendar) => {
    const parts = calendar.version.split('+').filter((part) => !part.startsWith(`${year}.`));
    const version = [...parts, `${year}.${revision}`].sort().join('+');
    return withYear(calendar, { ...yearOfRow(row), published: true }, version);
  });
}

function shown(affected: readonly AffectedCase[]) {
  return affected.map(({ caseNumber, before, after }) => ({ caseNumber, before, after }));
}

function fact(actor: Actor, action: string, { year, revision }: CalendarYear, at: Date) {
  return { stream: 'system', at, actor: actor.sub, role: actor.role, action, detail: { year, revision } };
}

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

export const calendarRoutes: readonly Route[] = [list, propose, approve];
