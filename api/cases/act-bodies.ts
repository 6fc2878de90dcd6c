import { z } from 'zod';
import { type Act, SETTLED_BY_PERSON } from '../../domain/case/vocabulary.ts';
import {
  REFUSAL_REASON_CODES,
  type RefusalReasonCode,
  type RefusalStage,
  refusableAt,
} from '../../domain/refusal-reasons.ts';
import {
  agreementInput,
  idSchema,
  marriageInput,
  minorChildrenInput,
  partyCorrection,
  partySchema,
  plainDateSchema,
  text,
} from './schemas.ts';

/** Every act may name the venue it is done at, and carry a note. */
const common = {
  venueId: idSchema.optional().describe('Where it is done; without it, the home venue of the token'),
  note: text(2_000).optional().describe('Free text for the file; sealed'),
};
const present = z.array(partySchema).max(2);
const ground = (stage: RefusalStage) =>
  z
    .enum(REFUSAL_REASON_CODES)
    .refine((code: RefusalReasonCode) => refusableAt(code, stage), 'REASON_NOT_APPLICABLE');

/** Codes of what is missing: kinds of documents or fields, never free text. */
const missingCodes = z
  .array(z.string().regex(/^[A-Za-z][\w.-]{0,59}$/))
  .min(1)
  .max(30);

/** What each act takes. Where the law asks for a declaration the field is a boolean, so that "no" can be refused. */
export const ACT_BODIES = {
  submit: z.object({ ...common }),
  pass: z.object({ ...common }),
  return: z.object({ ...common, missing: missingCodes }),
  reject: z.object({ ...common, reason: ground('acceptance') }),
  accept: z.object({
    ...common,
    presentParties: present,
    receivedOn: plainDateSchema.optional(),
    place: z.enum(['counter', 'home']).default('counter'),
  }),
  'refuse-acceptance': z.object({ ...common, reason: ground('acceptance') }),
  withdraw: z.object({ ...common, party: partySchema, reason: text(2_000).optional() }),
  'check-in': z.object({ ...common, presentParties: present.default(['a', 'b']) }),
  review: z.object({
    ...common,
    separatelyQuestioned: z.boolean().default(true),
    agreementFinal: z.boolean().default(true),
  }),
  register: z.object({
    ...common,
    presentParties: present,
    separatelyQuestioned: z.boolean(),
    agreementFinal: z.boolean(),
    registrar: idSchema.optional().describe('Staff id; without it, whoever acts'),
  }),
  'refuse-registration': z.object({ ...common, reason: ground('review') }),
  'refer-counselling': z.object({
    ...common,
    party: z.enum(['a', 'b', 'both']),
    topic: z.enum(['emotional', 'legal', 'family']),
    immediate: z.boolean().default(false),
    counsellor: idSchema.optional(),
  }),
  correct: z.object({
    ...common,
    reason: text(2_000).min(1),
    parties: z.object({ a: partyCorrection.optional(), b: partyCorrection.optional() }).optional(),
    marriage: marriageInput.partial().optional(),
    agreement: agreementInput.partial().optional(),
    minorChildren: minorChildrenInput.optional(),
  }),
  expire: z.object({ ...common }),
  settle: z.object({
    ...common,
    code: z.enum(SETTLED_BY_PERSON).describe('What a person has dealt with; how, belongs in the note'),
  }),
} as const satisfies Record<Act, z.ZodType>;

export type ActBody<A extends Act> = z.output<(typeof ACT_BODIES)[A]>;
