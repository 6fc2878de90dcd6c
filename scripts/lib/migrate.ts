import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MIGRATIONS_DIR, SCHEMA_FILE } from './paths.ts';
import { MIGRATION_LOCK, NO_FILTER, withSchemaEngine, readMigrations } from './schema-engine.ts';

/**
 * Applies the migrations this database does not have yet.
 *
 * @returns their names, in order; empty when the database is up to date.
 * @throws when a migration fails or an applied one was edited since: the message names it.
 */
export async function applyMigrations(url: string, migrationsDir = MIGRATIONS_DIR): Promise<string[]> {
  const migrationsList = await readMigrations(migrationsDir);
  if (migrationsList.migrationDirectories.length === 0) return [];
  return withSchemaEngine(url, async (engine) => {
    const state = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: NO_FILTER,
    });
    if (state.editedMigrationNames.length > 0) {
      throw new Error(
        `these migrations were changed after they were applied: ${state.editedMigrationNames.join(', ')}`,
      );
    }
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTER });
    return appliedMigrationNames;
  });
}

/**
 * Writes the migration from the migrations folder to `schema.prisma`.
 *
 * @param url a server where a shadow database may be made.
 * @returns the new folder's name; undefined when nothing has changed.
 */
export async function writeMigration(
  url: string,
  migrationName: string,
  migrationsDir = MIGRATIONS_DIR,
): Promise<string | undefined> {
  if (!existsSync(SCHEMA_FILE)) throw new Error('prisma/schema.prisma does not exist');
  const from = { tag: 'migrations' as const, ...(await readMigrations(migrationsDir)) };
  const files = [{ path: SCHEMA_FILE, content: await readFile(SCHEMA_FILE, 'utf8') }];
  const { exitCode, stdout } = await withSchemaEngine(url, (engine) =>
    engine.diff({
      from,
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: NO_FILTER,
    }),
  );
  if (exitCode === 0 || !stdout) return undefined;
  const folder = `${timestamp(new Date())}_${migrationName}`;
  await mkdir(join(migrationsDir, folder), { recursive: true });
  await writeFile(join(migrationsDir, folder, 'migration.sql'), stdout);
  await writeFile(join(migrationsDir, 'migration_lock.toml'), MIGRATION_LOCK);
  return folder;
}

/** `YYYYMMDDHHMMSS` in UTC, as Prisma names migrations. */
const timestamp = (now: Date): string => now.toISOString().replace(/\D/g, '').slice(0, 14);
