#!/usr/bin/env node
/**
 * `npm test`: type-check, lint, format, import rules, then every Jest suite
 * with the real system running. The last line counts everything.
 *
 *   npm test -- tests/api      only the suites whose path contains this (no static checks)
 *   npm run test:unit          only what needs no system
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const projectDir = resolve(import.meta.dirname, '..');
const inProject = (path) => join(projectDir, path);
const UNIT_FOLDERS = ['domain/', 'templates/', 'config/'];
const REPORT = inProject('.build/jest-report.json');
const CHECKS = [
  ['type-check', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.']],
  ['lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']],
  ['format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
  [
    'import rules',
    [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
      '.',
    ],
  ],
];

const args = process.argv.slice(2);
const unitOnly = args.includes('--unit');
const chosen = args.filter((argument) => argument !== '--unit');
const totals = { passed: 0, failed: 0 };
// What is under way and must be ended when we are interrupted.
const underWay = new Set();
const interrupted = new globalThis.AbortController();
for (const name of ['SIGINT', 'SIGTERM']) {
  process.on(name, () => {
    interrupted.abort(new Error('Interrupted.'));
    for (const child of underWay) child.kill('SIGTERM');
  });
}

try {
  if (!unitOnly && chosen.length === 0) for (const [name, command] of CHECKS) await check(name, command);
  if (unitOnly) await jest(chosen.length > 0 ? chosen : UNIT_FOLDERS, process.env);
  else await withSystem((env) => jest(chosen, env));
} catch (error) {
  console.error(error.message);
  totals.failed += 1;
}
if (interrupted.signal.aborted) totals.failed = Math.max(totals.failed, 1);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
console.log(`${totals.passed} passed, ${totals.failed} failed`);

async function check(name, command) {
  if (interrupted.signal.aborted) return;
  const began = Date.now();
  const code = await node(command, process.env);
  totals[code === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${name} (${Math.round((Date.now() - began) / 1000)} s)`);
}

/** Starts everything on free ports with an empty data folder, and removes both afterwards. */
async function withSystem(work) {
  const { freeEnvironment } = await import('./lib/free-environment.ts');
  const { startSystem } = await import('./lib/system.ts');
  const { lastLines } = await import('./lib/last-lines.ts');
  const env = await freeEnvironment();
  try {
    const began = Date.now();
    const system = await startSystem({
      env,
      parts: ['postgres', 'temporal', 'simulators', 'worker', 'api'],
      // What a crash of the machine would lose is thrown away in any case.
      postgresSettings: { fsync: 'off' },
      signal: interrupted.signal,
      onEvent: (event) => {
        if (event.kind === 'crashed') console.error(`system: ${event.part}: ${event.why}`);
      },
    }).catch((error) => {
      if (error.logFile) console.error(lastLines(error.logFile));
      throw error;
    });
    console.log(`The system is ready (${Math.round((Date.now() - began) / 1000)} s)`);
    try {
      await work(system.env);
    } finally {
      await system.stop();
    }
  } finally {
    rmSync(env.HELI_DATA, { recursive: true, force: true });
  }
}

async function jest(paths, env) {
  if (interrupted.signal.aborted) return;
  mkdirSync(inProject('.build'), { recursive: true });
  rmSync(REPORT, { force: true });
  const command = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const code = await node([...command, '--json', '--outputFile', REPORT, ...paths], env);
  const report = readReport();
  totals.passed += report.numPassedTests;
  // A suite that could not run at all has no tests to count, yet has failed.
  totals.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  if (report.numPendingTests > 0) console.log(`${report.numPendingTests} tests were skipped`);
  if (code !== 0 && report.numFailedTests + report.numRuntimeErrorTestSuites === 0) totals.failed += 1;
}

function readReport() {
  try {
    return JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 0 };
  }
}

/** Runs a Node program in the project; Jest's report on standard output is left out, it is read from its file. */
function node(command, env) {
  return new Promise((done) => {
    const isJest = command.includes('--json');
    const child = spawn(process.execPath, command, {
      cwd: projectDir,
      env,
      stdio: ['ignore', isJest ? 'ignore' : 'inherit', 'inherit'],
    });
    underWay.add(child);
    child.once('close', (code) => {
      underWay.delete(child);
      done(code ?? 1);
    });
  });
}
