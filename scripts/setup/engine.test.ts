import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

/** The part of set-up under test is plain JavaScript; this is all of it that the tests call. */
interface EngineModule {
  readonly obtainEngine: (projectDir: string, env: Record<string, string | undefined>) => Promise<void>;
}
const MODULE = './engine.mjs';
const { obtainEngine } = (await import(MODULE)) as EngineModule;

const VERSION = '9.9.9';
const PLATFORM = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
const SERVER_PATH = `/temporal/releases/download/v${VERSION}/temporal_${VERSION}_${PLATFORM}.tar.gz`;
const UI_PATH = `/ui-server/releases/download/v${VERSION}/ui-server_${VERSION}_${PLATFORM}.tar.gz`;

let root: string;
let server: Server;
let archives: Map<string, Buffer>;
let requests: string[];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'heli-engine-'));
  for (const dir of ['project/.build', 'project/temporal/engine', 'no-go'])
    mkdirSync(join(root, dir), { recursive: true });
  // Programs a set-up needs, without Go: the archive is taken only where nothing can be built.
  const tar = execFileSync('sh', ['-c', 'command -v tar gzip'], { encoding: 'utf8' }).trim().split('\n');
  for (const program of tar) execFileSync('ln', ['-s', program, join(root, 'no-go')]);
  writeFileSync(
    join(root, 'project/temporal/engine/engine.json'),
    JSON.stringify({ server: VERSION, ui: VERSION, go: '1.26.8', packages: {}, archives: {} }),
  );
  archives = new Map();
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const archive = archives.get(request.url ?? '');
    response.statusCode = archive ? 200 : 404;
    response.end(archive);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(root, { recursive: true });
});

function archiveOf(programs: readonly string[]): { bytes: Buffer; sha256: string } {
  const dir = mkdtempSync(join(root, 'archive-'));
  for (const program of programs) {
    writeFileSync(join(dir, program), `#!/bin/sh\necho ${program}\n`);
    chmodSync(join(dir, program), 0o755);
  }
  execFileSync('tar', ['-czf', join(dir, 'a.tar.gz'), '-C', dir, ...programs]);
  const bytes = readFileSync(join(dir, 'a.tar.gz'));
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const env = (more: Record<string, string> = {}): Record<string, string> => ({
  PATH: join(root, 'no-go'),
  XDG_CACHE_HOME: join(root, 'cache'),
  TEMPORAL_DOWNLOAD_BASE: base(),
  ...more,
});
const found = (): { server: string; sqlTool: string; ui: string | null } =>
  JSON.parse(readFileSync(join(root, 'project/.build/engine.json'), 'utf8')) as ReturnType<typeof found>;
const cached = (): string[] =>
  existsSync(join(root, 'cache/heli')) ? readdirSync(join(root, 'cache/heli')) : [];

describe('the release archive', () => {
  it('is fetched once, checked, unpacked and kept', async () => {
    const engine = archiveOf(['temporal-server', 'temporal-sql-tool']);
    const ui = archiveOf(['ui-server']);
    archives.set(SERVER_PATH, engine.bytes).set(UI_PATH, ui.bytes);
    const given = env({ TEMPORAL_DOWNLOAD_SHA256: engine.sha256, TEMPORAL_UI_DOWNLOAD_SHA256: ui.sha256 });
    await obtainEngine(join(root, 'project'), given);
    await obtainEngine(join(root, 'project'), given);
    expect(requests).toEqual([SERVER_PATH, UI_PATH]);
    expect(cached()).toEqual([`temporal-${VERSION}`]);
    expect(execFileSync(found().server, { encoding: 'utf8' })).toBe('temporal-server\n');
    expect(execFileSync(found().ui ?? '', { encoding: 'utf8' })).toBe('ui-server\n');
  });

  it('is thrown away when its checksum is wrong', async () => {
    archives.set(SERVER_PATH, archiveOf(['temporal-server', 'temporal-sql-tool']).bytes);
    const given = env({ TEMPORAL_DOWNLOAD_SHA256: 'a'.repeat(64) });
    await expect(obtainEngine(join(root, 'project'), given)).rejects.toThrow(
      /not the file that was pinned[^]*a{64}/,
    );
    expect(cached()).toEqual([]);
  });

  it('is not fetched without a checksum: the message says what helps', async () => {
    await expect(obtainEngine(join(root, 'project'), env())).rejects.toThrow(
      /Go is not installed[^]*no checksum is pinned[^]*install Go[^]*TEMPORAL_SERVER_BIN/,
    );
    expect(requests).toEqual([]);
  });

  it('that cannot be fetched is named, and nothing half-done stays', async () => {
    const given = env({ TEMPORAL_DOWNLOAD_SHA256: 'a'.repeat(64) });
    await expect(obtainEngine(join(root, 'project'), given)).rejects.toThrow(
      /temporal_9\.9\.9.*the server answered 404/,
    );
    expect(cached()).toEqual([]);
  });

  it('without the sql tool in it is refused', async () => {
    const engine = archiveOf(['temporal-server']);
    archives.set(SERVER_PATH, engine.bytes);
    const given = env({ TEMPORAL_DOWNLOAD_SHA256: engine.sha256 });
    await expect(obtainEngine(join(root, 'project'), given)).rejects.toThrow('could not be unpacked');
    expect(cached()).toEqual([]);
  });
});

describe('TEMPORAL_SERVER_BIN', () => {
  it.each(['temporal-server', ''])('takes the program or its folder (%j)', async (end) => {
    const dir = join(root, 'own');
    mkdirSync(dir);
    for (const name of ['temporal-server', 'temporal-sql-tool'])
      writeFileSync(join(dir, name), '#!/bin/sh\n', { mode: 0o755 });
    await obtainEngine(join(root, 'project'), env({ TEMPORAL_SERVER_BIN: join(dir, end) }));
    expect(found()).toEqual({
      server: join(dir, 'temporal-server'),
      sqlTool: join(dir, 'temporal-sql-tool'),
      ui: null,
    });
    expect(requests).toEqual([]);
  });

  it('without a server there is refused', async () => {
    const given = env({ TEMPORAL_SERVER_BIN: join(root, 'no-go') });
    await expect(obtainEngine(join(root, 'project'), given)).rejects.toThrow('has no temporal-server');
  });
});
