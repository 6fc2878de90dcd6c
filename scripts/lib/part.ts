import type { ChildProcess } from 'node:child_process';
import { identify, type ProcessIdentity, stopProcess } from './process-identity.ts';

/** What can be started, in the order in which it is started. */
export const PART_NAMES = ['postgres', 'temporal', 'temporal-ui', 'simulators', 'worker', 'api'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** How one part of the system is run. */
export interface PartSpec {
  readonly name: PartName;
  /** Starts the process; called again after every crash. */
  readonly launch: () => Promise<ChildProcess>;
  /** Resolves when the part answers; rejects when `gone` is aborted because it ended before. */
  readonly ready: (child: ChildProcess, gone: AbortSignal) => Promise<void>;
  readonly stopSignal: NodeJS.Signals;
  /** How long it may take to stop, in ms, before it is ended. */
  readonly stopGraceMs: number;
  /** Where a reader finds why it ended. */
  readonly logFile: string;
}

export type PartEvent =
  | {
      readonly kind: 'started';
      readonly part: PartName;
      readonly process: ProcessIdentity;
      readonly ask: NodeJS.Signals;
    }
  | { readonly kind: 'ready'; readonly part: PartName; readonly ms: number }
  | { readonly kind: 'ended'; readonly part: PartName; readonly process: ProcessIdentity }
  | {
      readonly kind: 'crashed';
      readonly part: PartName;
      readonly why: string;
      readonly retryInMs: number;
      readonly log: string;
    };

/** The part ended before it was ready; its log says why. */
export class PartFailedError extends Error {
  readonly part: PartName;
  readonly logFile: string;

  constructor(part: PartName, why: string, logFile: string, options?: ErrorOptions) {
    super(`${part} did not start: ${why}`, options);
    this.name = 'PartFailedError';
    this.part = part;
    this.logFile = logFile;
  }
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;
/** A part that ran this long is taken as healthy: its next crash is retried soon again. */
const HEALTHY_MS = 60_000;

/** One process of the system: started, watched, restarted after a crash, stopped. */
export class Part {
  readonly #spec: PartSpec;
  readonly #tell: (event: PartEvent) => void;
  #process: ProcessIdentity | undefined;
  /** Resolves when what its end entails is done. */
  #ended: Promise<void> = Promise.resolve();
  #wanted = false;
  #retryMs = FIRST_RETRY_MS;
  #retry: NodeJS.Timeout | undefined;
  #isReady = false;

  constructor(spec: PartSpec, tell: (event: PartEvent) => void) {
    this.#spec = spec;
    this.#tell = tell;
  }

  get name(): PartName {
    return this.#spec.name;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** @throws {PartFailedError} when it ends before it is ready; it is not retried then. */
  async start(): Promise<void> {
    if (this.#wanted) return;
    this.#wanted = true;
    try {
      await this.#run();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Stops it and waits until it is gone. */
  async stop(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#retry);
    await this.#end();
  }

  async #end(): Promise<void> {
    const ended = this.#ended;
    if (this.#process) await stopProcess(this.#process, this.#spec.stopSignal, this.#spec.stopGraceMs);
    await ended;
  }

  async #run(): Promise<void> {
    const began = performance.now();
    const child = await this.#spec.launch();
    const gone = new AbortController();
    await this.#watch(child, gone);
    if (!this.#wanted) {
      await this.#end();
      return;
    }
    try {
      await Promise.race([this.#spec.ready(child, gone.signal), rejectWhen(gone.signal)]);
    } catch (error) {
      const why = gone.signal.aborted ? String(gone.signal.reason) : (error as Error).message;
      throw new PartFailedError(this.name, why, this.#spec.logFile, { cause: error });
    }
    this.#isReady = true;
    this.#tell({ kind: 'ready', part: this.name, ms: Math.round(performance.now() - began) });
  }

  async #watch(child: ChildProcess, gone: AbortController): Promise<void> {
    if (child.pid === undefined) {
      const error = await new Promise<Error>((resolve) => child.once('error', resolve));
      throw new PartFailedError(this.name, error.message, this.#spec.logFile, { cause: error });
    }
    const identity = identify(child.pid) ?? { pid: child.pid, began: 'ended' };
    const began = performance.now();
    this.#process = identity;
    this.#tell({ kind: 'started', part: this.name, process: identity, ask: this.#spec.stopSignal });
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#ended = promise;
    child.once('exit', (code, by) => {
      this.#process = undefined;
      const wasReady = this.#isReady;
      this.#isReady = false;
      this.#tell({ kind: 'ended', part: this.name, process: identity });
      const why = by ? `it was ended by ${by}` : `it ended with code ${code ?? 'unknown'}`;
      gone.abort(why);
      if (performance.now() - began > HEALTHY_MS) this.#retryMs = FIRST_RETRY_MS;
      if (this.#wanted && wasReady) this.#retryLater(why);
      resolve(undefined);
    });
  }

  #retryLater(why: string): void {
    const retryInMs = this.#retryMs;
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
    this.#tell({ kind: 'crashed', part: this.name, why, retryInMs, log: this.#spec.logFile });
    this.#retry = setTimeout(() => {
      this.#run().catch(async (error: unknown) => {
        await this.#end();
        if (this.#wanted) this.#retryLater((error as Error).message);
      });
    }, retryInMs);
  }
}

/** Rejects with the signal's reason when it is aborted. */
export const rejectWhen = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const fail = () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
