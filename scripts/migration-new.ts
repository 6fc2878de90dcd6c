import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeMigration } from './lib/migrate.ts';
import { Part } from './lib/part.ts';
import { findFreePorts } from './lib/ports.ts';
import { ensureDatabases, postgresPart } from './lib/postgres.ts';
import { runScript } from './lib/script.ts';

/** `npm run migration:new -- <name>`: writes what has changed in schema.prisma as the next migration. */
await runScript(async () => {
  const name = process.argv[2];
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error('a name is needed, in lower case: npm run migration:new -- add_ratings');
  }
  const written = await withThrowawayPostgres((url) => writeMigration(url, name));
  console.log(
    written ? `Wrote prisma/migrations/${written}` : 'schema.prisma and the migrations agree already.',
  );
});

/** A PostgreSQL server of its own, gone afterwards: the shadow database touches nobody's data. */
async function withThrowawayPostgres<T>(work: (url: string) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'heli-migration-'));
  chmodSync(dataDir, 0o755);
  const url = `postgresql://heli:shadow@127.0.0.1:${await findFreePorts(1)}/heli`;
  const part = new Part(await postgresPart({ dataDir, url, settings: { fsync: 'off' } }), () => undefined);
  try {
    await part.start();
    await ensureDatabases(url, ['heli']);
    return await work(url);
  } finally {
    await part.stop();
    rmSync(dataDir, { recursive: true });
  }
}
