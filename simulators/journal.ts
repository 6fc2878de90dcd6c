import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What must survive a restart, as JSON lines: one entry for each change, the last one for a key counts.
 * Without a directory nothing is kept.
 */
export class Journal<Entry extends { readonly key: string }> {
  readonly #file: string | undefined;

  constructor(directory: string | undefined, name: string) {
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
    this.#file = directory === undefined ? undefined : join(directory, `${name}.jsonl`);
  }

  /** The entries as they stood last, oldest first. A line cut off by a crash is left out. */
  load(): Entry[] {
    if (this.#file === undefined) return [];
    const entries = new Map<string, Entry>();
    for (const line of readLines(this.#file)) {
      const change = parse(line) as { put?: Entry; remove?: string } | undefined;
      if (change?.put !== undefined) entries.set(change.put.key, change.put);
      else if (change?.remove !== undefined) entries.delete(change.remove);
    }
    return [...entries.values()];
  }

  /** Rewrites the file with these entries only. */
  compact(entries: readonly Entry[]): void {
    if (this.#file === undefined) return;
    writeFileSync(`${this.#file}.new`, entries.map((put) => `${JSON.stringify({ put })}\n`).join(''));
    renameSync(`${this.#file}.new`, this.#file);
  }

  put(entry: Entry): void {
    this.#append({ put: entry });
  }

  remove(key: string): void {
    this.#append({ remove: key });
  }

  #append(change: object): void {
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(change)}\n`);
  }
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
