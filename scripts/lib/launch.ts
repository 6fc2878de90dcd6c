import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, openSync, closeSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Account } from './run-as.ts';

const LOG_LIMIT_BYTES = 20_000_000;

export interface LaunchOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly account?: Account;
}

/** `<dataDir>/logs/<name>.log`. */
export const logFileOf = (dataDir: string, name: string): string => join(dataDir, 'logs', `${name}.log`);

/**
 * Starts a program that writes straight to its log file. It gets a process
 * group of its own: Ctrl-C in a terminal reaches the supervisor alone, which
 * then stops its parts in order.
 */
export function launchProgram({ program, args, env, logFile, account = {} }: LaunchOptions): ChildProcess {
  prepareLog(logFile);
  const log = openSync(logFile, 'a');
  try {
    return spawn(program, [...args], {
      ...account,
      env,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** Starts one of our own processes with the Node that runs us. Its standard output is watched for `{"ready":true}`. */
export function launchOwn(
  file: string,
  env: NodeJS.ProcessEnv,
  logFile: string,
  cwd: string,
  args: readonly string[] = [],
): ChildProcess {
  prepareLog(logFile);
  const child = spawn(process.execPath, [file, ...args], {
    env,
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  child.once('close', () => log.end());
  return child;
}

/** Resolves when one of our own processes has printed its `{"ready":true}` line. */
export function announcesReady(child: ChildProcess): Promise<void> {
  const { stdout } = child;
  if (!stdout) return Promise.reject(new Error('its standard output is not connected'));
  return new Promise((resolve) => {
    createInterface({ input: stdout }).on('line', (line) => {
      if (isReadyLine(line)) resolve();
    });
  });
}

function isReadyLine(line: string): boolean {
  if (!line.includes('"ready"')) return false;
  try {
    return (JSON.parse(line) as { ready?: unknown }).ready === true;
  } catch {
    return false;
  }
}

function prepareLog(logFile: string): void {
  mkdirSync(dirname(logFile), { recursive: true });
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.old`);
}
