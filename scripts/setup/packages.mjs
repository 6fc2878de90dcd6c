import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, step } from './progress.mjs';
import { run } from './run.mjs';

const STAMP = 'node_modules/.heli-installed';

/**
 * Installs the packages when the lockfile differs from what was installed last.
 * @param {string} projectDir
 */
export async function installPackages(projectDir) {
  const lockfile = readFileSync(join(projectDir, 'package-lock.json'));
  const manifest = readFileSync(join(projectDir, 'package.json'), 'utf8');
  const wanted = createHash('sha256').update(lockfile).update(allowList(manifest)).digest('hex');
  const stamp = join(projectDir, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!existsSync(stamp) && matchesInstalled(projectDir, lockfile)) {
    writeFileSync(stamp, wanted);
    return;
  }
  await step('Installing packages', 'one to three minutes with an empty cache', async () => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const { code, output } = await run(npm, ['ci', '--no-audit', '--no-fund'], { cwd: projectDir });
    if (code !== 0) {
      throw new SetupError(
        `npm ci failed:\n${output}\n\nIt needs npm and a way to the package registry. Try it by hand: npm ci`,
      );
    }
    writeFileSync(stamp, wanted);
  });
}

/** Which packages may run install scripts: a change there needs a new installation. */
const allowList = (manifest) => JSON.stringify(JSON.parse(manifest).allowScripts ?? {});

/** Whether somebody ran `npm ci` or `npm install` with this very lockfile: npm keeps a copy without the root package. */
function matchesInstalled(projectDir, lockfile) {
  const hidden = join(projectDir, 'node_modules/.package-lock.json');
  if (!existsSync(hidden) || !existsSync(join(projectDir, 'node_modules/.bin/node'))) return false;
  const versions = (text) =>
    Object.entries(JSON.parse(text).packages)
      .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.link)
      .map(([path, { version }]) => `${path}@${version}`)
      .sort()
      .join();
  return versions(lockfile) === versions(readFileSync(hidden, 'utf8'));
}
