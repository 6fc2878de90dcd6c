import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freeEnvironment } from './free-environment.ts';
import { applyMigrations, writeMigration } from './migrate.ts';
import { Part } from './part.ts';
import { MIGRATIONS_DIR } from './paths.ts';
import { ensureDatabases, postgresPart, withClient } from './postgres.ts';

let dataDir: string;
let migrations: string;
let url: string;
let postgres: Part;

beforeAll(async () => {
  const env = await freeEnvironment();
  dataDir = env.HELI_DATA;
  migrations = mkdtempSync(join(tmpdir(), 'heli-migrations-'));
  url = `postgresql://heli:test@127.0.0.1:${env['HELI_POSTGRES_PORT'] ?? ''}/heli`;
  postgres = new Part(await postgresPart({ dataDir, url, settings: { fsync: 'off' } }), () => undefined);
  await postgres.start();
  await ensureDatabases(url, ['heli', 'second']);
});
afterAll(async () => {
  await postgres.stop();
  for (const dir of [dataDir, migrations]) rmSync(dir, { recursive: true, force: true });
});

describe('migrations', () => {
  it('are written from the schema, once', async () => {
    const name = await writeMigration(url, 'first', migrations);
    expect(name).toMatch(/^\d{14}_first$/);
    expect(readdirSync(migrations)).toEqual([name, 'migration_lock.toml']);
    expect(readFileSync(join(migrations, name ?? '', 'migration.sql'), 'utf8')).toContain('CREATE TABLE');
    expect(await writeMigration(url, 'second', migrations)).toBeUndefined();
  });

  it('are applied in order, once, with the usual table', async () => {
    mkdirSync(join(migrations, '20990101000000_later'));
    writeFileSync(join(migrations, '20990101000000_later/migration.sql'), 'create table later (id int);');
    const applied = await applyMigrations(url, migrations);
    expect(applied).toEqual([expect.stringMatching(/_first$/), '20990101000000_later']);
    expect(await applyMigrations(url, migrations)).toEqual([]);
    const { rows } = await withClient(url, (client) =>
      client.query('select migration_name from _prisma_migrations where finished_at is not null order by 1'),
    );
    expect(rows.map((row: { migration_name: string }) => row.migration_name)).toEqual(applied);
  });

  it('changed after they were applied are refused by name', async () => {
    writeFileSync(join(migrations, '20990101000000_later/migration.sql'), 'create table other (id int);');
    await expect(applyMigrations(url, migrations)).rejects.toThrow('20990101000000_later');
  });

  it('of the project lead to its schema', async () => {
    const second = url.replace(/heli$/, 'second');
    expect((await applyMigrations(second)).length).toBe(readdirSync(MIGRATIONS_DIR).length - 1);
  });
});
