import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { moveIntoCache } from './move-into-cache.mjs';
import { SetupError, step } from './progress.mjs';
import { run } from './run.mjs';

const OFFICIAL_BASE = 'https://github.com/temporalio';
const STALLED_MS = 60_000;
const EXE = process.platform === 'win32' ? '.exe' : '';

/**
 * Fetches Temporal's release archive for this platform, and the Web UI's, into
 * `cache`, all or nothing. Nothing is unpacked before its SHA-256 is right.
 * @returns {Promise<{ ok: true } | { ok: false, why: string }>} not ok when there is no archive or no checksum
 */
export async function downloadEngine({ pinned, cache, env }) {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const sums = pinned.archives[platform] ?? {};
  const serverSum = env.TEMPORAL_DOWNLOAD_SHA256 || sums.server;
  if (!serverSum) {
    return {
      ok: false,
      why:
        `no checksum is pinned for ${platform}. Give the one of temporal_${pinned.server}_${platform}.tar.gz from ` +
        "the release's checksums.txt in TEMPORAL_DOWNLOAD_SHA256 (and the Web UI's in TEMPORAL_UI_DOWNLOAD_SHA256).",
    };
  }
  const base = (env.TEMPORAL_DOWNLOAD_BASE || OFFICIAL_BASE).replace(/\/+$/, '');
  const draft = mkdtempSync(join(dirname(cache), 'downloading-'));
  try {
    await fetchArchive({
      title: `Downloading the Temporal server ${pinned.server}`,
      url: `${base}/temporal/releases/download/v${pinned.server}/temporal_${pinned.server}_${platform}.tar.gz`,
      sha256: serverSum,
      programs: { 'temporal-server': 'temporal-server', 'temporal-sql-tool': 'temporal-sql-tool' },
      draft,
    });
    const uiSum = env.TEMPORAL_UI_DOWNLOAD_SHA256 || sums.ui;
    if (uiSum) {
      await fetchArchive({
        title: `Downloading the Temporal Web UI ${pinned.ui}`,
        url: `${base}/ui-server/releases/download/v${pinned.ui}/ui-server_${pinned.ui}_${platform}.tar.gz`,
        sha256: uiSum,
        programs: { 'ui-server': 'temporal-ui' },
        draft,
      });
    } else {
      console.log(
        'The Temporal Web UI is left out: no checksum is pinned for its archive (TEMPORAL_UI_DOWNLOAD_SHA256).',
      );
    }
    moveIntoCache(draft, cache);
    return { ok: true };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function fetchArchive({ title, url, sha256, programs, draft }) {
  const archive = join(draft, 'archive.tar.gz');
  await step(title, 'about 100 MB; a minute or two', async (progress) => {
    await download(url, archive, progress);
    progress.update('checking its SHA-256');
    await assertChecksum(archive, sha256, url);
    progress.update('unpacking');
    const names = Object.keys(programs).map((name) => name + EXE);
    const { code, output } = await run('tar', ['-xzf', archive, '-C', draft, ...names]);
    if (code !== 0) throw new SetupError(`${url} could not be unpacked:\n${output}`);
    for (const [from, to] of Object.entries(programs)) {
      if (!existsSync(join(draft, from + EXE))) throw new SetupError(`${url} has no ${from} in it`);
      renameSync(join(draft, from + EXE), join(draft, to + EXE));
      chmodSync(join(draft, to + EXE), 0o755);
    }
    rmSync(archive);
  });
}

async function download(url, file, progress) {
  const stalled = new globalThis.AbortController();
  let timer = setTimeout(() => stalled.abort(), STALLED_MS);
  try {
    const response = await fetch(url, { signal: stalled.signal });
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? 0);
    let received = 0;
    const count = new Transform({
      transform(chunk, _, done) {
        received += chunk.length;
        clearTimeout(timer);
        timer = setTimeout(() => stalled.abort(), STALLED_MS);
        progress.update(`${mb(received)}${total ? ` of ${mb(total)}` : ''} MB`);
        done(undefined, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body), count, createWriteStream(file));
  } catch (error) {
    const why = stalled.signal.aborted
      ? `nothing arrived for ${STALLED_MS / 1000} s`
      : (error.cause?.message ?? error.message);
    throw new SetupError(
      `${url} could not be fetched: ${why}.\nInstall Go (https://go.dev/dl) to build the server instead, ` +
        'name a mirror in TEMPORAL_DOWNLOAD_BASE, or give a server you have in TEMPORAL_SERVER_BIN.',
    );
  } finally {
    clearTimeout(timer);
  }
}

async function assertChecksum(file, wanted, url) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual !== wanted.toLowerCase()) {
    throw new SetupError(
      `${url} is not the file that was pinned and was thrown away:\n  expected SHA-256 ${wanted}\n  received         ${actual}`,
    );
  }
}

const mb = (bytes) => Math.round(bytes / 1_000_000);
