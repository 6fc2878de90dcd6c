/** A small map that forgets: at most `capacity` entries, each for at most `ttlMs` milliseconds. */
export class KeyCache {
  readonly #entries = new Map<string, { key: Buffer; until: number }>();
  readonly #capacity: number;
  readonly #ttlMs: number;
  readonly #now: () => number;

  constructor(options: { capacity: number; ttlMs: number; now: () => number }) {
    this.#capacity = options.capacity;
    this.#ttlMs = options.ttlMs;
    this.#now = options.now;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): Buffer | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    if (entry.until > this.#now()) return entry.key;
    this.#entries.delete(id);
    return undefined;
  }

  /** Remembers a key; the oldest makes room. */
  set(id: string, key: Buffer): void {
    this.#entries.delete(id);
    const oldest = this.#entries.keys().next();
    if (this.#entries.size >= this.#capacity && oldest.done !== true) this.#entries.delete(oldest.value);
    this.#entries.set(id, { key, until: this.#now() + this.#ttlMs });
  }

  delete(id: string): void {
    this.#entries.delete(id);
  }
}
