import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { PROJECT_DIR } from './paths.ts';

const foundSchema = z.object({ server: z.string(), sqlTool: z.string(), ui: z.string().nullable() });
const pinnedSchema = z.object({ schema: z.object({ temporal: z.string(), visibility: z.string() }) });

/** The engine's programs as set-up found or built them; `ui` is null where there is none. */
export type EnginePrograms = z.output<typeof foundSchema>;

/** @throws when set-up has not run. */
export function enginePrograms(): EnginePrograms {
  const file = resolve(PROJECT_DIR, '.build/engine.json');
  try {
    return foundSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error('The Temporal server is not set up yet. Run: node scripts/setup.mjs', { cause: error });
  }
}

/** Schema versions the pinned server expects of its two databases. */
export const pinnedSchemaVersions = (): z.output<typeof pinnedSchema>['schema'] =>
  pinnedSchema.parse(JSON.parse(readFileSync(resolve(PROJECT_DIR, 'temporal/engine/engine.json'), 'utf8')))
    .schema;
