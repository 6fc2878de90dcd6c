import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Puts a finished folder in its place in the cache. A folder is there whole or
 * not at all; one that another set-up finished meanwhile may be in use already
 * and is as good, so it stays unless it is incomplete.
 * @param {string} draft
 * @param {string} cache
 */
export function moveIntoCache(draft, cache) {
  const complete = ['temporal-server', 'temporal-sql-tool'].every(
    (name) => existsSync(join(cache, name)) || existsSync(join(cache, `${name}.exe`)),
  );
  if (complete) return;
  const old = join(dirname(cache), `${basename(cache)}-incomplete-${process.pid}`);
  if (existsSync(cache)) renameSync(cache, old);
  renameSync(draft, cache);
  rmSync(old, { recursive: true, force: true });
}
