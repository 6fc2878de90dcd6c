import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PROJECT_DIR } from '../../scripts/lib/paths.ts';

/** `npm start` gave up, or took longer than anybody waits. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed';
}

const LONGEST_MS = 120_000;

/** Milliseconds from `npm start` on the data of an earlier run to its word that it is ready; then it is stopped. */
export async function measureSecondStart(env: Readonly<Record<string, string>>): Promise<number> {
  const began = performance.now();
  // A group of its own, so that the signal reaches npm and what it runs as Ctrl-C would.
  const child = spawn('npm', ['start'], {
    cwd: PROJECT_DIR,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const late = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGINT'), LONGEST_MS);
  const seen: string[] = [];
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      seen.push(line);
      if (line.startsWith('Ready after')) return performance.now() - began;
    }
  } finally {
    clearTimeout(late);
    // What it still prints must not block it.
    child.stdout.resume();
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    await ended;
  }
  throw new StartFailed(`npm start did not get ready:\n${seen.slice(-20).join('\n')}`);
}
