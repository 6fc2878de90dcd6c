import { loadConfig } from '../config/config.ts';
import { applyMigrations } from './lib/migrate.ts';
import { runScript } from './lib/script.ts';

/** `npm run migrate`: brings the database of this configuration up to date. */
await runScript(async () => {
  const applied = await applyMigrations(loadConfig(process.env).database.url);
  console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The database is up to date.');
});
