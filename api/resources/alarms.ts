import { z } from 'zod';
import { ALARM_CODES } from '../../domain/alarms.ts';
import type { Locale } from '../../domain/case/vocabulary.ts';
import { type AlarmOnRecord, clearedAlarms, openAlarms } from '../../prisma/alarms.ts';
import { type Route, route } from '../http/route.ts';
import { ALARM_TEXTS } from '../texts/alarm-texts.ts';

const RECENT = 50;

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
  access: 'read-reconciliations',
  answers: {
    status: 200,
    description: `\`open\`: those that stand, oldest first; \`recent\`: the last ${RECENT} that were cleared, newest first`,
    schema: z.object({ open: z.array(alarmSchema), recent: z.array(alarmSchema) }),
  },
  handle: async ({ deps, locale }) => {
    const [open, recent] = await Promise.all([openAlarms(deps.db), clearedAlarms(deps.db, RECENT)]);
    return {
      json: {
        open: open.map((each) => alarmView(each, locale)),
        recent: recent.map((each) => alarmView(each, locale)),
      },
    };
  },
});

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
