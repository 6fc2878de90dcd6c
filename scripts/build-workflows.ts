import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Logger } from '@temporalio/worker';
import { PROJECT_DIR, WORKFLOW_BUNDLE } from './lib/paths.ts';
import { runScript } from './lib/script.ts';

const ENTRY = join(PROJECT_DIR, 'workflows/index.ts');
/** Part of the bundle too, so that failures are encoded there as they are in the worker. */
const FAILURE_CONVERTER = join(PROJECT_DIR, 'temporal/codec/failure-converter.ts');
const SOURCES = ['workflows', 'domain', 'temporal/codec', 'package-lock.json'];
const STAMP = `${WORKFLOW_BUNDLE}.stamp`;

/** Builds the workflow bundle the worker runs, unless it is up to date. */
await runScript(async () => {
  const wanted = fingerprint();
  if (existsSync(WORKFLOW_BUNDLE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  // Loaded only now: it takes longer than all the rest when nothing has changed.
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: ENTRY,
    failureConverterPath: FAILURE_CONVERTER,
    logger: quietLogger(),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, extensions: ['.ts', ...(config.resolve?.extensions ?? [])] },
    }),
  });
  mkdirSync(dirname(WORKFLOW_BUNDLE), { recursive: true });
  writeFileSync(`${WORKFLOW_BUNDLE}.part`, code);
  renameSync(`${WORKFLOW_BUNDLE}.part`, WORKFLOW_BUNDLE);
  writeFileSync(STAMP, wanted);
  console.log(`Workflow bundle written (${Math.round(code.length / 1024)} KB)`);
});

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) addTo(hash, source);
  return hash.digest('hex');
}

/** Adds a source file, or all of a folder's, to the fingerprint. */
function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  const full = join(PROJECT_DIR, path);
  if (!existsSync(full)) return;
  if (/\.(ts|json)$/.test(path)) {
    if (!path.endsWith('.test.ts')) hash.update(path).update(readFileSync(full));
    return;
  }
  const names = readdirSync(full, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts'))
    .map(({ name }) => name)
    .sort();
  for (const name of names) addTo(hash, `${path}/${name}`);
}

/** The bundler reports its progress as log lines; only what goes wrong is of interest here. */
function quietLogger(): Logger {
  const silent = () => undefined;
  const print = (message: string) => console.error(message);
  return { log: silent, trace: silent, debug: silent, info: silent, warn: print, error: print };
}
