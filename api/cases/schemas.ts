import { z } from 'zod';
import { ACTS, CHANNELS, FLAGS, LOCALES, PARTIES, STAGES } from '../../domain/case/vocabulary.ts';
import { ID_TYPES } from '../../domain/identity/id-types.ts';
import { parsePlainDate, type PlainDate } from '../../domain/plain-date.ts';

/** Control characters but tab and line ends, none of which a person types. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** Text a person typed: trimmed, bounded, without control characters. */
export const text = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine((value) => !CONTROL.test(value), 'FORMAT_WRONG');

export const plainDateSchema = z
  .string()
  .refine((value) => parsePlainDate(value) !== undefined, 'DATE_INVALID')
  .transform((value) => value as PlainDate)
  .meta({ format: 'date', example: '2026-11-23' });

export const instantSchema = z.iso.datetime({ offset: true, error: 'INSTANT_INVALID' });
export const partySchema = z.enum(PARTIES);
/** Venues, staff and kinds are named by short ids, never by people's names. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][\w.:@-]{0,79}$/);
export const caseParams = z.object({ caseNumber: z.string().max(40).meta({ example: 'GM01-2026-000123' }) });

const partyInput = z.object({
  name: text(100).meta({ example: '张三' }),
  idType: z.enum(ID_TYPES),
  idNumber: text(40).meta({ example: '440399199003070014' }),
  mobile: text(30).meta({ example: '10012345678' }),
  email: text(254).optional(),
  address: text(300).optional(),
  safety: z.boolean().optional().describe('This party must be protected from the other'),
});

/** The clause itself, `true` that it is agreed, or a structured clause, which is kept as its JSON. */
const section = z
  .union([text(20_000), z.boolean(), z.array(z.unknown()).max(100), z.record(z.string(), z.unknown())])
  .transform((value) => (typeof value === 'object' ? JSON.stringify(value) : value));
const bornOn = text(10).meta({ format: 'date', example: '2018-05-06' });

/** Dates of the marriage and of births are judged by the domain, which has a code for each fault. */
export const marriageInput = z.object({
  certificateNumber: text(80).meta({ example: 'J440399-2015-000123' }),
  registeredOn: text(10).meta({ format: 'date', example: '2015-06-01' }),
  office: text(100),
});
export const agreementInput = z.object({
  voluntary: z.boolean(),
  children: section.optional(),
  property: section.optional(),
  debts: section.optional(),
});
export const minorChildrenInput = z.array(z.object({ bornOn })).max(20);

/** The body of `POST /cases`. */
export const applicationInput = z
  .object({
    channel: z.enum(CHANNELS),
    locale: z.enum(LOCALES).default('zh-Hans'),
    venueId: idSchema.meta({ example: 'gm-centre' }),
    parties: z.tuple([partyInput, partyInput], {
      error: (issue) => (Array.isArray(issue.input) ? 'LIST_LENGTH_WRONG' : undefined),
    }),
    marriage: marriageInput,
    agreement: agreementInput,
    minorChildren: minorChildrenInput.default([]),
  })
  .meta({ id: 'Application' });

/** New values of one party's fields. */
export const partyCorrection = partyInput.partial();

export const clockSchema = z
  .object({
    receivedOn: z.string(),
    coolingOffLastDay: z.string(),
    claimFirstDay: z.string(),
    claimFirstWorkingDay: z.string(),
    claimLastDay: z.string(),
    provisional: z.boolean(),
    provisionalDates: z.array(z.string()),
    calendarVersion: z.string(),
    basis: z.array(
      z.object({
        code: z.string(),
        rule: z.string(),
        from: z.string(),
        text: z.record(z.enum(LOCALES), z.string()),
      }),
    ),
  })
  .meta({ id: 'Clock' });

/** What every act answers, and the head of every case. */
export const caseHead = z
  .object({
    caseNumber: z.string(),
    stage: z.enum(STAGES),
    flags: z.array(z.enum(FLAGS)),
    clock: clockSchema.optional(),
    allowedActs: z.array(z.enum(ACTS)),
    receiptNumber: z.string().optional(),
    certificateNumber: z.string().optional(),
    now: z.string().describe("The case's own time"),
    links: z.record(z.string(), z.string()),
  })
  .meta({ id: 'CaseHead' });
