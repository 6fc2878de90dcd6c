/** What arrived in one second of the clock. */
export interface SecondCount {
  /** Epoch seconds. */
  readonly second: number;
  readonly accepted: number;
  readonly refused: number;
}

export interface RateReading {
  /** Messages a second the account may send; null without a limit. */
  readonly perSecond: number | null;
  readonly accepted: number;
  readonly refused: number;
  /** Epoch milliseconds of the first and the last message accepted. */
  readonly first: number | null;
  readonly last: number | null;
  /** Oldest first; seconds in which nothing arrived are left out. */
  readonly seconds: readonly SecondCount[];
}

const LONGEST_KEPT = 3_600;

/**
 * How many messages a second the account may send. Up to one second's allowance may come at once; what comes beyond is
 * refused with 429, as Twilio does, and both are counted.
 */
export class Allowance {
  readonly #now: () => number;
  readonly #seconds = new Map<number, { accepted: number; refused: number }>();
  #perSecond: number | undefined;
  #left = 0;
  #asOf = 0;
  #first: number | undefined;
  #last: number | undefined;
  #accepted = 0;
  #refused = 0;

  /** @param perSecond without it there is no limit */
  constructor(perSecond: number | undefined, now: () => number = Date.now) {
    this.#now = now;
    this.allow(perSecond);
  }

  allow(perSecond: number | undefined): void {
    this.#perSecond = perSecond;
    this.#left = perSecond ?? 0;
    this.#asOf = this.#now();
  }

  /** Counts a message. @returns whether it may be sent */
  take(): boolean {
    const now = this.#now();
    const granted = this.#grant(now);
    const second = this.#secondAt(now);
    if (!granted) {
      second.refused += 1;
      this.#refused += 1;
      return false;
    }
    second.accepted += 1;
    this.#accepted += 1;
    this.#first ??= now;
    this.#last = now;
    return true;
  }

  read(): RateReading {
    return {
      perSecond: this.#perSecond ?? null,
      accepted: this.#accepted,
      refused: this.#refused,
      first: this.#first ?? null,
      last: this.#last ?? null,
      seconds: Array.from(this.#seconds, ([second, counts]) => ({ second, ...counts })),
    };
  }

  /** Forgets what was counted; the limit stays. */
  reset(): void {
    this.#seconds.clear();
    this.#first = undefined;
    this.#last = undefined;
    this.#accepted = 0;
    this.#refused = 0;
  }

  #grant(now: number): boolean {
    if (this.#perSecond === undefined) return true;
    const earned = (Math.max(0, now - this.#asOf) * this.#perSecond) / 1000;
    this.#left = Math.min(this.#perSecond, this.#left + earned);
    this.#asOf = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  #secondAt(now: number): { accepted: number; refused: number } {
    const second = Math.floor(now / 1000);
    let counts = this.#seconds.get(second);
    if (counts === undefined) {
      counts = { accepted: 0, refused: 0 };
      this.#seconds.set(second, counts);
      const oldest = this.#seconds.keys().next().value;
      if (this.#seconds.size > LONGEST_KEPT && oldest !== undefined) this.#seconds.delete(oldest);
    }
    return counts;
  }
}
