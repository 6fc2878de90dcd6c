import { z } from 'zod';
import { isWorkingDay } from '../../domain/clock/calendar.ts';
import { periods } from '../../domain/clock/periods.ts';
import { LOCALES } from '../../domain/case/vocabulary.ts';
import { listVenues } from '../../prisma/venues.ts';
import { clockView } from '../cases/case-head.ts';
import { calendarFor } from '../cases/load-case.ts';
import { clockSchema, plainDateSchema } from '../cases/schemas.ts';
import { type Route, route } from '../http/route.ts';
import { problemKind } from '../problems/texts.ts';

const TAG = 'Law and district';
const texts = z.record(z.enum(LOCALES), z.string());

const legalClock = route({
  method: 'get',
  path: '/legal-clock',
  tag: TAG,
  summary: 'Both thirty-day periods of an application received on a day',
  description: 'With the legal grounds, the calendar version, and whether dates are provisional.',
  access: 'read-reference-data',
  query: z.object({ receivedOn: plainDateSchema }),
  answers: {
    status: 200,
    description: 'The clock; `warnings` tells when no office is open on that day',
    schema: z.object({
      ...clockSchema.shape,
      receivedOnIsWorkingDay: z.boolean(),
      warnings: z.array(z.object({ code: z.string(), messages: texts })),
    }),
  },
  problems: ['DATE_INVALID', 'DATE_OUT_OF_RANGE'],
  handle: async ({ deps, query }) => {
    const calendar = await calendarFor(deps, 'live', query.receivedOn);
    const receivedOnIsWorkingDay = isWorkingDay(calendar, query.receivedOn);
    const code = 'RECEIVED_ON_NOT_WORKING_DAY';
    const warnings = receivedOnIsWorkingDay ? [] : [{ code, messages: problemKind(code).text }];
    return { json: { ...clockView(periods(query.receivedOn, calendar)), receivedOnIsWorkingDay, warnings } };
  },
});

const venues = route({
  method: 'get',
  path: '/venues',
  tag: TAG,
  summary: 'Venues of the district',
  access: 'read-reference-data',
  answers: {
    status: 200,
    description: 'Centre, street centres, community points, mobile stations',
    schema: z.object({
      venues: z.array(
        z.object({
          id: z.string(),
          tier: z.string(),
          street: z.string(),
          names: texts,
          acceptsApplications: z.boolean(),
          officeCode: z.string().optional(),
          opens: z.string(),
          closes: z.string(),
          crossBorder: z.boolean(),
        }),
      ),
    }),
  },
  handle: async ({ deps }) => {
    const rows = await listVenues(deps.db);
    const shown = rows.map(({ id, tier, street, officeCode, opens, closes, crossBorder, ...names }) => ({
      id,
      tier,
      street,
      names: { 'zh-Hans': names.nameHans, 'zh-Hant': names.nameHant, en: names.nameEn },
      acceptsApplications: officeCode !== null,
      officeCode: officeCode ?? undefined,
      opens,
      closes,
      crossBorder,
    }));
    return { json: { venues: shown } };
  },
});

export const referenceRoutes: readonly Route[] = [legalClock, venues];
