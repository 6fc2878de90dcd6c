import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Changes that need not survive a crash are written together, this often. */
const WRITE_EVERY_MS = 500;

/**
 * What must survive a restart, as JSON lines: one entry for each change, the last one for a key counts.
 * Without a directory nothing is kept.
 */
export class Journal<Entry extends { readonly key: string }> {
  readonly #path: string | undefined;
  readonly #waiting = new Map<string, Entry>();
  #file: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(directory: string | undefined, name: string) {
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
    this.#path = directory === undefined ? undefined : join(directory, `${name}.jsonl`);
  }

  /** The entries as they stood last, oldest first. A line cut off by a crash is left out. */
  load(): Entry[] {
    if (this.#path === undefined) return [];
    const entries = new Map<string, Entry>();
    for (const line of readLines(this.#path)) {
      const change = parse(line) as { put?: Entry; remove?: string } | undefined;
      if (change?.put !== undefined) entries.set(change.put.key, change.put);
      else if (change?.remove !== undefined) entries.delete(change.remove);
    }
    return [...entries.values()];
  }

  /** Rewrites the file with these entries only. */
  compact(entries: readonly Entry[]): void {
    if (this.#path === undefined) return;
    this.#waiting.clear();
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    writeFileSync(`${this.#path}.new`, entries.map((put) => `${JSON.stringify({ put })}\n`).join(''));
    renameSync(`${this.#path}.new`, this.#path);
  }

  /** On the disk when it returns. */
  put(entry: Entry): void {
    this.#waiting.delete(entry.key);
    this.#append(lineOf(entry));
  }

  /** On the disk half a second later: for what is only done again when a crash loses it. */
  putSoon(entry: Entry): void {
    if (this.#path === undefined) return;
    this.#waiting.set(entry.key, entry);
    this.#timer ??= setTimeout(() => this.flush(), WRITE_EVERY_MS).unref();
  }

  remove(key: string): void {
    this.#waiting.delete(key);
    this.#append(`${JSON.stringify({ remove: key })}\n`);
  }

  /** Writes what still waits; to be called at the end. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.size === 0) return;
    const lines = Array.from(this.#waiting.values(), lineOf).join('');
    this.#waiting.clear();
    this.#append(lines);
  }

  #append(lines: string): void {
    if (this.#path === undefined) return;
    this.#file ??= openSync(this.#path, 'a');
    writeSync(this.#file, lines);
  }
}

function lineOf(put: object): string {
  return `${JSON.stringify({ put })}\n`;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
