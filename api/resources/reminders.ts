import { z } from 'zod';
import { PARTIES } from '../../domain/case/vocabulary.ts';
import { CHANNELS, NOTICE_KINDS } from '../../domain/reminders/kinds.ts';
import { isoInstant } from '../../domain/zoned-time.ts';
import { CALL_OUTCOMES } from '../../prisma/call-outcomes.ts';
import { countReminders, listReminders, listUnwarned } from '../../prisma/queries/reminders.ts';
import { may } from '../authorize.ts';
import { auditRead } from '../cases/load-case.ts';
import { plainDateSchema } from '../cases/schemas.ts';
import { type Route, route } from '../http/route.ts';
import { cursorOf, instantPlace, keyPlace, readCursor } from '../reminders/cursor.ts';
import { daysFrom, getReminder, scopeOf } from '../reminders/get-reminder.ts';
import { listOf } from '../reminders/list-of.ts';
import { planOf, planSchema } from '../reminders/plan-of.ts';
import { NOTICE_STATE_NAMES, reminderSchema, reminderView } from '../reminders/reminder-view.ts';
import { OUTCOMES, summaryOf } from '../reminders/summary.ts';
import { textsOf } from '../reminders/texts-of.ts';

const TAG = 'Reminders';
const realm = z.enum(['live', 'rehearsal']).default('live');
const limit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z.string().max(400).optional();

const tally = z.object(
  Object.fromEntries(['due', ...OUTCOMES].map((name) => [name, z.number()])) as Record<
    'due' | (typeof OUTCOMES)[number],
    z.ZodNumber
  >,
);
const summarySchema = z
  .object({
    ...tally.shape,
    byKind: z.record(z.string(), tally),
    byChannel: z.record(z.string(), tally),
  })
  .meta({ id: 'ReminderSummary' });

const dayPlace = z.object({ dueAt: instantPlace, id: keyPlace });

const day = route({
  method: 'get',
  path: '/reminders',
  tag: TAG,
  summary: 'Who was due a reminder on a day, and what became of it',
  description:
    'Any day, past or future, by the civil date on which a notice is due. `summary` counts the whole day, each ' +
    'notice once (`due` leaves out what was cancelled); `items` are narrowed by `state`, `kind` and `party`.',
  access: 'read-reminders',
  query: z.object({
    on: plainDateSchema,
    state: z.string().max(200).optional().describe('One state or several, separated by commas'),
    kind: z.string().max(300).optional().describe('One kind or several, separated by commas'),
    party: z.enum(PARTIES).optional(),
    realm,
    cursor,
    limit,
  }),
  answers: {
    status: 200,
    description: 'The day in numbers, and a page of its notices; `nextCursor` is there while more follow',
    schema: z.object({
      on: z.string(),
      summary: summarySchema,
      items: z.array(reminderSchema),
      nextCursor: z.string().optional(),
    }),
  },
  problems: ['DATE_INVALID', 'VALUE_NOT_ALLOWED', 'CURSOR_INVALID'],
  handle: async ({ deps, actor, locale, query }) => {
    const filter = { ...scopeOf(actor, query.realm), ...daysFrom(query.on) };
    const page = {
      ...filter,
      states: listOf('state', query.state, NOTICE_STATE_NAMES),
      kinds: listOf('kind', query.kind, NOTICE_KINDS),
      party: query.party,
      after: readCursor(query.cursor, dayPlace),
      limit: query.limit + 1,
    };
    const [counts, rows] = await Promise.all([countReminders(deps.db, filter), listReminders(deps.db, page)]);
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    return {
      json: {
        on: query.on,
        summary: summaryOf(counts),
        items: shown.map((row) => reminderView(row, locale)),
        ...(last ? { nextCursor: cursorOf({ dueAt: last.dueAt.getTime(), id: last.id }) } : {}),
      },
    };
  },
});

const unwarnedPlace = z.object({
  asOf: instantPlace,
  late: z.boolean(),
  usefulUntil: instantPlace.nullable(),
  id: keyPlace,
});

const unwarned = route({
  method: 'get',
  path: '/reminders/unwarned',
  tag: TAG,
  summary: 'People who could not be warned, and whom nobody has reached yet',
  description:
    'To be rung, failed on every channel, or not delivered; optional messages that failed are left out. Whoever has ' +
    'least time left stands first; `late` is what no warning can help any more, at the end: it leaves the list with ' +
    'the outcome `not-reachable` of a call.',
  access: 'read-call-list',
  query: z.object({ realm, cursor, limit }),
  answers: {
    status: 200,
    description: 'A page, the most urgent first',
    schema: z.object({
      items: z.array(z.object({ ...reminderSchema.shape, late: z.boolean() })),
      nextCursor: z.string().optional(),
    }),
  },
  problems: ['CURSOR_INVALID'],
  handle: async ({ deps, actor, locale, query }) => {
    const after = readCursor(query.cursor, unwarnedPlace);
    const asOf = after?.asOf ?? deps.now();
    const rows = await listUnwarned(deps.db, {
      ...scopeOf(actor, query.realm),
      asOf,
      after,
      limit: query.limit + 1,
    });
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    const place = last && {
      asOf,
      late: last.late,
      usefulUntil: last.usefulUntil?.getTime() ?? null,
      id: last.id,
    };
    return {
      json: {
        items: shown.map((row) => ({ ...reminderView(row, locale), late: row.late })),
        ...(place ? { nextCursor: cursorOf(place) } : {}),
      },
    };
  },
});

const plan = route({
  method: 'get',
  path: '/reminders/plan',
  tag: TAG,
  summary: 'What will be sent today and in the next seven days, by hour and kind',
  description:
    'With those whom no gateway can reach: contact and calls are open for them already, before the hour has come.',
  access: 'read-reminders',
  query: z.object({ realm }),
  answers: { status: 200, description: 'Eight days', schema: planSchema },
  handle: async ({ deps, actor, query }) => ({ json: await planOf(deps, scopeOf(actor, query.realm)) }),
});

const read = route({
  method: 'get',
  path: '/reminders/{id}',
  tag: TAG,
  summary: 'One notice with every attempt, and what it said',
  description:
    'The id has slashes: encode them (`%2F`). Texts and notes of calls are for registrars and auditors, who ' +
    'rang and with which outcome for everybody; what carries a confirmation code is shown to nobody.',
  access: 'read-reminders',
  params: z.object({ id: keyPlace }),
  answers: {
    status: 200,
    description: 'The notice',
    schema: z.object({
      ...reminderSchema.shape,
      text: z.string().optional(),
      texts: z.array(z.object({ n: z.number(), channel: z.enum(CHANNELS), text: z.string() })).optional(),
      callLog: z
        .array(
          z.object({
            at: z.string(),
            by: z.string(),
            outcome: z.enum(CALL_OUTCOMES),
            note: z.string().optional(),
          }),
        )
        .optional()
        .describe('Absent once personal data is erased'),
      now: z.string().describe("The case's own time"),
    }),
  },
  problems: ['REMINDER_UNKNOWN', 'PERSONAL_DATA_ERASED'],
  handle: async ({ deps, actor, locale, params }) => {
    const row = await getReminder(deps, actor, params.id);
    const texts = await textsOf(deps, actor, row);
    await auditRead(deps, actor, row.caseNumber, 'read-notice', {
      notice: row.id,
      texts: may(actor, 'read-texts'),
    });
    const now = isoInstant(deps.now() + Number(row.case.timeOffsetMs));
    return { json: { ...reminderView(row, locale), ...texts, now } };
  },
});

export const reminderRoutes: readonly Route[] = [day, unwarned, plan, read];
