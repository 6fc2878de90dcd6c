import { Mixed } from './mixed-faults.ts';
import { isRecipient } from './recipient.ts';

/**
 * Faults that can be switched on while the simulators run: for each outside system one, or a mix.
 */
export const MODES = {
  twilio: [
    'down',
    'slow',
    'error',
    'timeout-after-accept',
    'reject-recipient',
    'undelivered',
    'failed',
    'no-callback',
    'duplicate-callbacks',
    'late-callbacks',
    'disordered-callbacks',
  ],
  smtp: ['down', 'slow', 'error', 'timeout-after-accept', 'reject-recipient'],
  'marriage-register': ['down', 'slow', 'error', 'timeout-after-accept'],
  'household-register': ['down', 'slow', 'error', 'timeout-after-accept'],
} as const satisfies Record<string, readonly string[]>;

export type Target = keyof typeof MODES;
export type Mode = (typeof MODES)[Target][number];
export const TARGETS = Object.keys(MODES) as Target[];

export interface Fault {
  readonly mode: Mode;
  /** Milliseconds: of `slow` (default 5,000) and of `late-callbacks` (default 30,000). */
  readonly delayMs?: number;
  /** HTTP status or SMTP reply of `error` and `reject-recipient`. */
  readonly status?: number;
  /** Provider's code of `error`, `reject-recipient`, `undelivered` and `failed`. */
  readonly code?: number;
  /** Seconds in the Retry-After header of `error`. */
  readonly retryAfter?: number;
  /** How many times it strikes before it is over; without it, until switched off. */
  readonly count?: number;
  /** Share of the requests it strikes, 0 to 1; evenly spread, so that runs repeat. Default: every one. */
  readonly rate?: number;
  /** Only messages to this number or address. */
  readonly to?: string;
}

/** Several faults of one system at a time, each striking its `rate` by a draw that depends on the seed alone. */
export interface FaultMix {
  readonly seed: number;
  readonly mix: readonly Fault[];
}

/** What is on at one system; a mix shows its faults with how often each has struck. */
export type FaultReading = Partial<Omit<Fault, 'mode'>> & {
  readonly mode: Mode | 'none' | 'mix';
  readonly left?: number;
  readonly struck: number;
  readonly seed?: number;
  readonly mix?: readonly (Fault & { readonly struck: number })[];
};

interface Running {
  readonly fault: Fault;
  left: number;
  due: number;
}

/** The faults that are on. */
export class Faults {
  readonly #running = new Map<Target, Running>();
  readonly #mixes = new Map<Target, Mixed>();
  readonly #struck = new Map<Target, number>();

  set(target: Target, fault: Fault): void {
    this.#mixes.delete(target);
    this.#running.set(target, { fault, left: fault.count ?? Infinity, due: 0 });
  }

  setMix(target: Target, mix: FaultMix): void {
    this.#running.delete(target);
    this.#mixes.set(target, new Mixed(mix));
  }

  clear(target?: Target): void {
    if (target === undefined) {
      this.#running.clear();
      this.#mixes.clear();
    } else {
      this.#running.delete(target);
      this.#mixes.delete(target);
    }
  }

  /** The fault to strike now, if one of `modes` is on; using it up. */
  take(target: Target, modes: readonly Mode[], to?: string): Fault | undefined {
    const fault = this.#mixes.get(target)?.take(modes, to) ?? this.#takeSingle(target, modes, to);
    if (fault !== undefined) this.#struck.set(target, (this.#struck.get(target) ?? 0) + 1);
    return fault;
  }

  #takeSingle(target: Target, modes: readonly Mode[], to?: string): Fault | undefined {
    const running = this.#running.get(target);
    if (running === undefined || !modes.includes(running.fault.mode)) return undefined;
    if (running.fault.to !== undefined && !isRecipient(to ?? '', running.fault.to)) return undefined;
    running.due += running.fault.rate ?? 1;
    // A hair below 1, or ten times a tenth would not be one.
    if (running.due < 1 - 1e-9) return undefined;
    running.due -= 1;
    running.left -= 1;
    if (running.left <= 0) this.#running.delete(target);
    return running.fault;
  }

  /** Every system with its fault, how often it may still strike and how often faults have struck. */
  list(): Record<Target, FaultReading> {
    const rows = TARGETS.map((target) => {
      const running = this.#running.get(target);
      const mixed = this.#mixes.get(target);
      const struck = this.#struck.get(target) ?? 0;
      if (mixed !== undefined) return [target, { mode: 'mix', ...mixed.list(), struck }];
      if (running === undefined) return [target, { mode: 'none', struck }];
      const left = Number.isFinite(running.left) ? { left: running.left } : {};
      return [target, { ...running.fault, ...left, struck }];
    });
    return Object.fromEntries(rows) as ReturnType<Faults['list']>;
  }
}
