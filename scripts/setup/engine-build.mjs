import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { moveIntoCache } from './move-into-cache.mjs';
import { SetupError, step } from './progress.mjs';
import { run } from './run.mjs';

const EXE = process.platform === 'win32' ? '.exe' : '';

/**
 * Builds the engine with Go into `cache`, all or nothing.
 * @returns {Promise<{ ok: true } | { ok: false, why: string }>} not ok when Go is missing or too old
 */
export async function buildEngine({ projectDir, pinned, cache, env }) {
  const version = await goVersion(env);
  if (!version) return { ok: false, why: 'Go is not installed.' };
  if (isOlder(version, pinned.go)) return { ok: false, why: `Go ${version} is older than ${pinned.go}.` };
  const draft = mkdtempSync(join(dirname(cache), 'building-'));
  try {
    await step(
      `Building the Temporal server ${pinned.server} with Go ${version}`,
      'once for each user; about 5 minutes on 2 cores, under a minute when Go has built it before',
      (progress) => compile({ projectDir, pinned, draft, env, progress }),
    );
    moveIntoCache(draft, cache);
    return { ok: true };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function compile({ projectDir, pinned, draft, env, progress }) {
  const cwd = join(projectDir, 'temporal/engine');
  const goEnv = { ...env, GOFLAGS: '-mod=readonly', GOWORK: 'off' };
  const packages = Object.entries(pinned.packages);
  progress.update('listing its packages (and fetching their modules, if need be)');
  const total = await countPackages(packages, cwd, goEnv, progress);
  let built = 0;
  for (const [name, path] of packages) {
    const args = ['build', '-v', '-trimpath', '-ldflags=-s -w', '-o', join(draft, name + EXE), path];
    const { code, output } = await run('go', args, {
      cwd,
      env: goEnv,
      onLine: (line) => {
        built += 1;
        progress.update(`${name}: ${built} of at most ${total} packages compiled · ${line}`);
      },
    });
    if (code !== 0) throw buildFailed(name, output);
  }
}

async function countPackages(packages, cwd, env, progress) {
  let total = 0;
  const { code, output } = await run('go', ['list', '-deps', ...packages.map(([, path]) => path)], {
    cwd,
    env,
    onLine: (line) => {
      if (line.startsWith('go: downloading')) progress.update(line.replace('go: ', ''));
      else total += 1;
    },
  });
  if (code !== 0) throw buildFailed('the engine', output);
  return total;
}

const buildFailed = (what, output) =>
  new SetupError(
    `go build of ${what} failed:\n${output}\n\n` +
      'If modules could not be fetched, check the way to the Go module proxy (go env GOPROXY) and try again: ' +
      'what was fetched and compiled is kept. If the disk is full, about 3 GB are needed.',
  );

async function goVersion(env) {
  const { code, output } = await run('go', ['env', 'GOVERSION'], { env });
  return code === 0 ? /go(\d+\.\d+(\.\d+)?)/.exec(output)?.[1] : undefined;
}

function isOlder(version, wanted) {
  const [a, b] = [version, wanted].map((text) => text.split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
