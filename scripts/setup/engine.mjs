import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { downloadEngine } from './engine-archive.mjs';
import { buildEngine } from './engine-build.mjs';
import { SetupError } from './progress.mjs';

const EXE = process.platform === 'win32' ? '.exe' : '';

/**
 * Finds, builds or downloads the Temporal server and writes where it is to
 * `.build/engine.json`. Ways, in this order: TEMPORAL_SERVER_BIN, the per-user
 * cache, `go build`, the official release archive.
 * @param {string} projectDir
 * @param {NodeJS.ProcessEnv} env
 */
export async function obtainEngine(projectDir, env) {
  if (env.TEMPORAL_ADDRESS) return;
  const pinned = JSON.parse(readFileSync(join(projectDir, 'temporal/engine/engine.json'), 'utf8'));
  const found = env.TEMPORAL_SERVER_BIN
    ? givenEngine(env.TEMPORAL_SERVER_BIN)
    : await cachedEngine(projectDir, pinned, env);
  const file = join(projectDir, '.build/engine.json');
  const text = `${JSON.stringify(found, null, 2)}\n`;
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

function givenEngine(path) {
  const full = resolve(path);
  const isFolder = statSync(full, { throwIfNoEntry: false })?.isDirectory() === true;
  const dir = isFolder ? full : dirname(full);
  const server = isFolder ? join(dir, `temporal-server${EXE}`) : full;
  const engine = programsIn(dir, server);
  if (!isProgram(engine.server) || !isProgram(engine.sqlTool)) {
    throw new SetupError(
      `TEMPORAL_SERVER_BIN=${path} has no temporal-server with temporal-sql-tool beside it.\n` +
        'Give the temporal-server program, or the folder both are in.',
    );
  }
  return engine;
}

async function cachedEngine(projectDir, pinned, env) {
  const cache = join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'heli', `temporal-${pinned.server}`);
  const engine = () => programsIn(cache, join(cache, `temporal-server${EXE}`));
  if (isProgram(engine().server) && isProgram(engine().sqlTool)) return engine();
  mkdirSync(dirname(cache), { recursive: true });
  const built = await buildEngine({ projectDir, pinned, cache, env });
  if (!built.ok) {
    const downloaded = await downloadEngine({ projectDir, pinned, cache, env });
    if (!downloaded.ok) throw new SetupError(nothingWorked(pinned, built.why, downloaded.why));
  }
  return engine();
}

function programsIn(dir, server) {
  const ui = join(dir, `temporal-ui${EXE}`);
  return { server, sqlTool: join(dir, `temporal-sql-tool${EXE}`), ui: isProgram(ui) ? ui : null };
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const nothingWorked = (pinned, whyNotBuilt, whyNotDownloaded) =>
  `The Temporal server ${pinned.server} could not be obtained.\n\n` +
  `Building it: ${whyNotBuilt}\n\nDownloading it: ${whyNotDownloaded}\n\n` +
  'One of these helps:\n' +
  `  - install Go ${pinned.go} or newer (https://go.dev/dl) and try again\n` +
  '  - give a server you have: TEMPORAL_SERVER_BIN=<folder with temporal-server and temporal-sql-tool>\n' +
  '  - use a server that runs elsewhere: TEMPORAL_ADDRESS=<host:port>';
