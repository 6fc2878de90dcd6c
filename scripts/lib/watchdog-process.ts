import { createInterface } from 'node:readline';
import { type ProcessIdentity, stopProcess } from './process-identity.ts';

/**
 * Runs beside the supervisor and outlives it only to clear up: when the pipe
 * to the supervisor closes without a farewell, it stops what is still running,
 * last started first. Foreign programs cannot notice by themselves that their
 * supervisor was killed.
 */
interface Watched extends ProcessIdentity {
  readonly ask: NodeJS.Signals;
}

export type WatchdogMessage = { readonly watch: Watched } | { readonly forget: number };

const GRACE_MS = 10_000;
const watched = new Map<number, Watched>();

// Ctrl-C is for the supervisor, which tells us when it has finished.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as WatchdogMessage;
  if ('watch' in message) watched.set(message.watch.pid, message.watch);
  else watched.delete(message.forget);
}

for (const left of [...watched.values()].reverse()) await stopProcess(left, left.ask, GRACE_MS);
