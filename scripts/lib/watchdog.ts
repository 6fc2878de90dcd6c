import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ProcessIdentity } from './process-identity.ts';
import type { WatchdogMessage } from './watchdog-process.ts';

/** Sees to it that no part outlives a supervisor that was killed. */
export class Watchdog {
  readonly #watched = new Map<number, WatchdogMessage>();
  #child: ChildProcess | undefined;
  #closed = false;

  constructor() {
    this.#spawn();
  }

  watch(identity: ProcessIdentity, ask: NodeJS.Signals): void {
    const message: WatchdogMessage = { watch: { ...identity, ask } };
    this.#watched.set(identity.pid, message);
    this.#send(message);
  }

  forget(pid: number): void {
    this.#watched.delete(pid);
    this.#send({ forget: pid });
  }

  /** Ends the watchdog; what it still watches is stopped by it. */
  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    await ended;
  }

  #spawn(): void {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'watchdog-process.ts')], {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin.on('error', () => undefined);
    child.once('exit', () => {
      if (!this.#closed) this.#spawn();
    });
    this.#child = child;
    for (const message of this.#watched.values()) this.#send(message);
  }

  #send(message: WatchdogMessage): void {
    this.#child?.stdin?.write(`${JSON.stringify(message)}\n`);
  }
}
