import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ObjectIdInvalid, ObjectStoreUnavailable } from './errors.ts';
import type { BlobStore } from './port.ts';

export interface FileBlobStoreOptions {
  /** Directory that holds everything; made when missing, readable by its owner only. */
  readonly root: string;
  /** Longest time for one read or write, in milliseconds; default 30 000. */
  readonly timeoutMs?: number;
}

/** Blobs as files, in two levels of directories named by the first digits, so that none grows large. */
export class FileBlobStore implements BlobStore {
  readonly #root: string;
  readonly #timeoutMs: number;

  constructor(options: FileBlobStoreOptions) {
    this.#root = options.root;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(name);
    const temporary = `${path}.${randomUUID()}.part`;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeDurably(temporary, bytes, this.#timeoutMs);
      await rename(temporary, path);
      await syncDirectory(dirname(path));
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw unavailable('write', error);
    }
  }

  async read(name: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.#pathOf(name), { signal: AbortSignal.timeout(this.#timeoutMs) });
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw unavailable('read', error);
    }
  }

  async exists(name: string): Promise<boolean> {
    try {
      await access(this.#pathOf(name));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw unavailable('look up', error);
    }
  }

  async remove(name: string): Promise<void> {
    try {
      await rm(this.#pathOf(name), { force: true });
    } catch (error) {
      throw unavailable('remove', error);
    }
  }

  #pathOf(name: string): string {
    // The name becomes a path: anything but digits could lead out of the root.
    if (!/^[0-9a-f]{64}$/u.test(name)) throw new ObjectIdInvalid();
    return join(this.#root, name.slice(0, 2), name.slice(2, 4), name);
  }
}

async function writeDurably(path: string, bytes: Uint8Array, timeoutMs: number): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes, { signal: AbortSignal.timeout(timeoutMs) });
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is durable only once its directory is. Windows cannot open directories, and needs not. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('name' in error && (error.name === 'AbortError' || error.name === 'TimeoutError')) return 'TIMEOUT';
  return 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function unavailable(operation: string, error: unknown): Error {
  if (error instanceof ObjectIdInvalid) return error;
  return new ObjectStoreUnavailable(operation, codeOf(error), error);
}
