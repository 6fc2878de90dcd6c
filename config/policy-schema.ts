import { z } from 'zod';
import { parsePlainDate, type PlainDate } from '../domain/plain-date.ts';
import { CHANNELS, NOTICE_KINDS, URGENCIES } from '../domain/reminders/kinds.ts';
import { DATE_ANCHORS, EVENT_ANCHORS, RECIPIENTS } from '../domain/reminders/policy.ts';
import type { PolicyProblemCode } from './policy-problems.ts';

/** Texts here are worded to follow "expected". */
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `one of ${values.join(', ')}` });
const wholeNumber = (least: number, most: number) => {
  const expected = `a whole number from ${least} to ${most}`;
  return z.int({ error: expected }).min(least, expected).max(most, expected);
};
const line = (most: number) => {
  const expected = `a text of 1 to ${most} characters`;
  return z.string({ error: expected }).trim().min(1, expected).max(most, expected);
};
const time = (expected: string, pattern: RegExp) =>
  z.string({ error: expected }).regex(pattern, { error: expected });
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
/**
 * A window opens at midnight and its notice is due in the morning: ordered before midnight, it would wake the case
 * once for itself and once more for the window.
 */
const LONGEST_LEAD_MINUTES = 480;
const CIVIL_DATE = 'a day of the calendar, YYYY-MM-DD';

export const ANCHORS = [...DATE_ANCHORS, ...EVENT_ANCHORS] as const;

export const ruleSchema = z.strictObject({
  kind: oneOf(NOTICE_KINDS),
  on: oneOf(ANCHORS),
  days: wholeNumber(-60, 60).optional(),
  minutes: wholeNumber(-1_440, 0).optional(),
  at: time('a time HH:MM from 00:00 to 23:59', TIME).optional(),
  channels: z
    .array(oneOf(CHANNELS), { error: 'a list of channels' })
    .min(1, `at least one of ${CHANNELS.join(', ')}`),
  to: oneOf(RECIPIENTS),
  urgency: oneOf(URGENCIES),
  optional: z.boolean({ error: 'true or false' }).optional(),
  template: oneOf(NOTICE_KINDS).optional(),
});
export type RuleShape = z.output<typeof ruleSchema>;

const policySchema = z.strictObject({
  version: z
    .string({ error: 'a version' })
    .regex(/^[\w.-]{1,60}$/, { error: 'a version of letters, digits, dots and dashes, at most 60' }),
  from: z
    .string({ error: CIVIL_DATE })
    .refine((text) => parsePlainDate(text) !== undefined, { error: CIVIL_DATE })
    .transform((text) => text as PlainDate),
  basis: line(300),
  sendingHours: z
    .strictObject({
      from: time('a time HH:MM from 00:00 to 23:59', TIME),
      until: time('a time HH:MM from 00:01 to 24:00', /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
    })
    .refine(({ from, until }) => from < until, { error: 'a beginning before its end' }),
  leadMinutes: wholeNumber(0, LONGEST_LEAD_MINUTES),
  rules: z.array(ruleSchema, { error: 'a list of rules' }).min(1, 'at least one rule'),
});

/** The shape of a policy file; what its parts mean to each other is checked in `policy-checks.ts`. */
export const districtSchema = z.strictObject({
  district: z.string({ error: 'a division code' }).regex(/^\d{6}$/, { error: 'a division code of 6 digits' }),
  policies: z.array(policySchema, { error: 'a list of policies' }).min(1, 'at least one policy'),
});

const CODES: Readonly<Record<string, PolicyProblemCode>> = {
  kind: 'KIND_UNKNOWN',
  on: 'ANCHOR_UNKNOWN',
  template: 'TEMPLATE_UNKNOWN',
  channels: 'CHANNEL_UNKNOWN',
  leadMinutes: 'LEAD_MINUTES_INVALID',
};

/** The code of a value that has not the shape it should have, by the field it stands in. */
export function shapeCode(path: readonly PropertyKey[]): PolicyProblemCode {
  const field = path.findLast((key) => typeof key === 'string');
  const inList = typeof path.at(-1) === 'number';
  if (field === 'channels' && !inList) return 'VALUE_INVALID';
  return (typeof field === 'string' ? CODES[field] : undefined) ?? 'VALUE_INVALID';
}
