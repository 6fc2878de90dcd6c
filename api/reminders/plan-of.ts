import { z } from 'zod';
import { NOTICE_KINDS } from '../../domain/reminders/kinds.ts';
import { addDays } from '../../domain/plain-date.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import {
  planByHour,
  type PlannedHour,
  planUnreachable,
  type ReminderScope,
} from '../../prisma/queries/reminders.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { daysFrom } from './get-reminder.ts';

/** Today and a week. */
const DAYS = 8;
const MOST_UNREACHABLE = 200;

const kindCounts = z.partialRecord(z.enum(NOTICE_KINDS), z.number());
export const planSchema = z
  .object({
    days: z.array(
      z.object({
        on: z.string(),
        planned: z.number(),
        declined: z.number().describe('Optional messages of parties who want none; among `planned`'),
        unreachable: z.number().describe('No gateway has an address to send to; among `planned`'),
        hours: z.array(z.object({ hour: z.string(), planned: z.number(), byKind: kindCounts })),
      }),
    ),
    unreachable: z
      .array(
        z.object({
          id: z.string(),
          caseNumber: z.string(),
          party: z.string(),
          kind: z.string(),
          dueAt: z.string(),
        }),
      )
      .describe(`The first ${MOST_UNREACHABLE}, the earliest first`),
  })
  .meta({ id: 'ReminderPlan' });

/** What stands in the queue and on the plan for today and the next seven days. */
export async function planOf(
  deps: ApiDependencies,
  scope: ReminderScope,
): Promise<z.output<typeof planSchema>> {
  const today = dateAt(deps.now());
  const filter = { ...scope, ...daysFrom(today, DAYS) };
  const [counts, unreachable] = await Promise.all([
    planByHour(deps.db, filter),
    planUnreachable(deps.db, filter, MOST_UNREACHABLE),
  ]);
  const days = Array.from({ length: DAYS }, (_, ahead) => addDays(today, ahead));
  return {
    days: days.map((on) =>
      dayOf(
        on,
        counts.filter((each) => each.on === on),
      ),
    ),
    unreachable: unreachable.map((each) => ({ ...each, dueAt: each.dueAt.toISOString() })),
  };
}

function dayOf(on: string, counts: readonly PlannedHour[]) {
  const hours = [...new Set(counts.map(({ hour }) => hour))];
  return {
    on,
    planned: total(counts, 'count'),
    declined: total(counts, 'declined'),
    unreachable: total(counts, 'unreachable'),
    hours: hours.map((hour) => {
      const within = counts.filter((each) => each.hour === hour);
      const byKind = Object.fromEntries(within.map(({ kind, count }) => [kind, count]));
      return { hour, planned: total(within, 'count'), byKind };
    }),
  };
}

function total(counts: readonly PlannedHour[], of: 'count' | 'declined' | 'unreachable'): number {
  return counts.reduce((sum, each) => sum + each[of], 0);
}
