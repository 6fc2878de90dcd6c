import { Readable } from 'node:stream';
import { extract, pack } from 'tar-stream';

/** One file in a TAR. */
export interface TarFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Every header says the same but for name and size: no owner, read-only, and a fixed time, because TAR writers
 * count seconds in 32 bits and a volume outlives 2038. The real time of sealing is in the manifest.
 */
const HEADER = {
  type: 'file',
  mode: 0o444,
  uid: 0,
  gid: 0,
  uname: '',
  gname: '',
  mtime: new Date(0),
} as const;

/** An uncompressed POSIX TAR of `files` in their order; the same files give the same bytes. */
export async function writeTar(files: readonly TarFile[]): Promise<Buffer> {
  const tar = pack();
  const chunks: Buffer[] = [];
  const collected = (async () => {
    for await (const chunk of tar) chunks.push(chunk as Buffer);
  })();
  for (const { path, bytes } of files) {
    await new Promise<void>((resolve, reject) => {
      tar.entry({ ...HEADER, name: path, size: bytes.length }, bytes, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }
  tar.finalize();
  await collected;
  return Buffer.concat(chunks);
}

/** The files of a TAR in their order; links and folders are given as empty files. @throws Error when it is no TAR. */
export async function readTar(bytes: Uint8Array): Promise<TarFile[]> {
  const files: TarFile[] = [];
  const reader = extract();
  const fed = Readable.from([Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)]).pipe(reader);
  for await (const entry of fed) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files.push({ path: entry.header.name, bytes: Buffer.concat(chunks) });
  }
  return files;
}
