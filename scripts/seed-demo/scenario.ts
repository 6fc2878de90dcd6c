import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ACTS, CHANNELS, LOCALES, OUTCOMES, PARTIES, ROLES, STAGES } from '../../domain/case/vocabulary.ts';
import { PROJECT_DIR } from '../lib/paths.ts';

/** Couples by the documents they hold; every one but the mainland's makes a cross-border case. */
export const COUPLES = ['mainland', 'hong-kong', 'macau', 'taiwan', 'foreign'] as const;
export type Couple = (typeof COUPLES)[number];

const receivedSchema = z.discriminatedUnion('phase', [
  /** `at`: 0 is the oldest receipt day of that phase, 1 the latest. */
  z.object({ phase: z.enum(['cooling-off', 'confirmation', 'over']), at: z.number().min(0).max(1) }),
  /** The reminder before the end of cooling-off is the next one to go out. */
  z.object({ phase: z.literal('reminder-next') }),
  /** A period that ends in a year whose calendar is not published, if there is one now. */
  z.object({ phase: z.literal('provisional') }),
]);
export type ReceivedWhen = z.output<typeof receivedSchema>;

const scenarioSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Where the case comes to rest on a working day. */
  stage: z.enum(STAGES),
  outcome: z.enum(OUTCOMES).optional(),
  channel: z.enum(CHANNELS),
  locale: z.enum(LOCALES),
  venue: z.string(),
  couple: z.enum(COUPLES).default('mainland'),
  /** The same two people as in that scenario. */
  coupleOf: z.string().optional(),
  /** Number of the marriage certificate, where an unusual one is wanted. */
  certificate: z.string().optional(),
  /** Ages in years. */
  children: z.array(z.number().int().min(0).max(17)).default([]),
  /** Who gave an e-mail address. */
  email: z.array(z.enum(PARTIES)).default([]),
  /** Both gave an address that does not exist. */
  mailBounces: z.boolean().default(false),
  /** Who must be protected from the other. */
  safety: z.enum(PARTIES).optional(),
  /** Imported as a running case with this day of receipt; otherwise the case begins as a draft. */
  received: receivedSchema.optional(),
  acts: z
    .array(
      z.strictObject({
        act: z.enum(ACTS),
        role: z.enum(ROLES),
        body: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .default([]),
});
export type Scenario = z.output<typeof scenarioSchema>;

export const SCENARIOS_FILE = join(PROJECT_DIR, 'deploy/seed/demo/scenarios.json');

/** The scenarios of the demonstration district, in the order in which they are used; they repeat after the last. */
export function loadScenarios(file = SCENARIOS_FILE): Scenario[] {
  return z
    .array(scenarioSchema)
    .min(1)
    .parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** One case to be made: its place in the district and what is to become of it. */
export interface PlannedCase {
  /** From 1; with the scenario it fixes everything about the case but its dates. */
  readonly number: number;
  readonly scenario: Scenario;
  /** Number of the case whose couple it has: usually its own. */
  readonly coupleNumber: number;
}

/** The first `count` cases of the district. A larger district begins with the cases of a smaller one. */
export function planDistrict(scenarios: readonly Scenario[], count: number): PlannedCase[] {
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / scenarios.length) * scenarios.length;
    const scenario = scenarios[index - round];
    if (!scenario) throw new Error('there are no scenarios');
    const of = scenarios.findIndex(({ id }) => id === scenario.coupleOf);
    return { number: index + 1, scenario, coupleNumber: of < 0 ? index + 1 : round + of + 1 };
  });
}
