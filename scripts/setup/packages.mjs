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
  const wanted = { lockfile: digest(lockfile), scripts: digest(allowList(manifest)) };
  const stamp = join(projectDir, STAMP);
  const installed = readStamp(stamp);
  if (installed?.lockfile === wanted.lockfile && installed.scripts === wanted.scripts) return;
  const sameScripts = installed === undefined || installed.scripts === wanted.scripts;
  if (sameScripts && matchesInstalled(projectDir, lockfile)) {
    writeFileSync(stamp, JSON.stringify(wanted));
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
    writeFileSync(stamp, JSON.stringify(wanted));
  });
}

const digest = (content) => createHash('sha256').update(content).digest('hex');

/** What was installed last; undefined when it is not known. */
function readStamp(stamp) {
  try {
    return JSON.parse(readFileSync(stamp, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Which packages may run install scripts: a change there needs a new installation. */
const allowList = (manifest) => JSON.stringify(JSON.parse(manifest).allowScripts ?? {});

/** Whether somebody ran `npm ci` or `npm install` with this very lockfile: npm keeps a copy without the root package. */
function matchesInstalled(projectDir, lockfile) {
  const hidden = join(projectDir, 'node_modules/.package-lock.json');
  if (!existsSync(hidden) || !existsSync(join(projectDir, 'node_modules/node/bin'))) return false;
  const versions = (text) =>
    Object.entries(JSON.parse(text).packages)
      .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.link)
      .map(([path, { version }]) => `${path}@${version}`)
      .sort()
      .join();
  return versions(lockfile) === versions(readFileSync(hidden, 'utf8'));
}
