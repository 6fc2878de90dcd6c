import { z } from 'zod';
import { ALARM_CODES } from '../../domain/alarms.ts';
import type { Locale } from '../../domain/case/vocabulary.ts';
import type { PlainDate } from '../../domain/plain-date.ts';
import { instantAt } from '../../domain/zoned-time.ts';
import {
  type AlarmOnRecord,
  type AlarmPeriod,
  alarmsOf,
  clearedAlarms,
  openAlarms,
} from '../../prisma/alarms.ts';
import { plainDateSchema } from '../cases/schemas.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { type Route, route } from '../http/route.ts';
import { cursorOf, readCursor } from '../reminders/cursor.ts';
import { ALARM_TEXTS } from '../texts/alarm-texts.ts';

const RECENT = 50;
const DAY_MS = 86_400_000;

/** Where a page ended; an instant that no alarm has is none of ours. */
const place = z.object({ raisedAt: z.number().int().min(0).max(4e14), code: z.enum(ALARM_CODES) });

const alarmSchema = z
  .object({
    code: z.enum(ALARM_CODES),
    text: z.string(),
    raisedAt: z.string(),
    clearedAt: z.string().optional(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'Alarm' });

const list = route({
  method: 'get',
  path: '/alarms',
  tag: 'Reconciliation',
  summary: 'What is wrong with the system itself',
  description:
    'Without a query those that stand and the last that were cleared; with `on` or `since` besides, page by page, ' +
    'every alarm that stood at any moment of that day, or since its beginning (days of Asia/Shanghai). An alarm that ' +
    'came to say something else is listed once for each.',
  access: 'read-reconciliations',
  query: z.object({
    on: plainDateSchema.optional(),
    since: plainDateSchema.optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(RECENT),
  }),
  answers: {
    status: 200,
    description: `\`open\`: those that stand, oldest first; \`recent\`: the last ${RECENT} that were cleared, newest first`,
    schema: z.object({
      open: z.array(alarmSchema),
      recent: z.array(alarmSchema),
      items: z.array(alarmSchema).optional().describe('With `on` or `since`: newest first'),
      nextCursor: z.string().optional().describe('There while more follow'),
    }),
  },
  problems: ['DATE_INVALID', 'CURSOR_INVALID'],
  handle: async ({ deps, locale, query }) => {
    const view = (each: AlarmOnRecord) => alarmView(each, locale);
    const [open, recent, page] = await Promise.all([
      openAlarms(deps.db),
      clearedAlarms(deps.db, RECENT),
      pageOf(deps, query),
    ]);
    const { items, ...more } = page ?? {};
    return {
      json: {
        open: open.map(view),
        recent: recent.map(view),
        ...(items ? { items: items.map(view) } : {}),
        ...more,
      },
    };
  },
});

interface Asked {
  readonly on?: PlainDate | undefined;
  readonly since?: PlainDate | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** @throws Problem 422 CURSOR_INVALID */
async function pageOf(deps: Pick<ApiDependencies, 'db'>, asked: Asked) {
  const period = periodOf(asked);
  if (!period) return undefined;
  const rows = await alarmsOf(deps.db, period, asked.limit + 1, readCursor(asked.cursor, place));
  const items = rows.slice(0, asked.limit);
  const last = rows.length > asked.limit ? items.at(-1) : undefined;
  return {
    items,
    ...(last ? { nextCursor: cursorOf({ raisedAt: last.raisedAt, code: last.code }) } : {}),
  };
}

/** A day named by both is a day. */
function periodOf({ on, since }: Asked): AlarmPeriod | undefined {
  if (on !== undefined) return { from: instantAt(on), until: instantAt(on) + DAY_MS };
  return since === undefined ? undefined : { from: instantAt(since) };
}

function alarmView({ code, raisedAt, clearedAt, detail }: AlarmOnRecord, locale: Locale) {
  return {
    code,
    text: ALARM_TEXTS[code][locale],
    raisedAt: new Date(raisedAt).toISOString(),
    ...(clearedAt === undefined ? {} : { clearedAt: new Date(clearedAt).toISOString() }),
    detail,
  };
}

export const alarmRoutes: readonly Route[] = [list];
