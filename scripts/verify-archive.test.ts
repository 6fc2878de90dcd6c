import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signSeal } from '../activities/archive/volume/seal-signature.ts';
import { sealVolume } from '../activities/archive/volume/seal-volume.ts';

const SCRIPT = join(import.meta.dirname, 'verify-archive.ts');
const office = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
let folder: string;

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heli-volume-'));
  const volume = await sealVolume({
    metadata: {
      fondsNumber: '0311',
      year: 2026,
      classCode: 'LH',
      roomVolumeNumber: 7,
      caseNumber: '440311-2026-000007',
      outcome: 'deemed-withdrawn',
      retentionYears: 100,
      sealedAt: '2026-12-30T08:15:00Z',
      districtCode: '440311',
    },
    entries: [
      {
        path: 'receipt.pdf',
        role: 'application-paper',
        mediaType: 'application/pdf',
        bytes: Buffer.from('paper'),
        pages: 2,
      },
    ],
    records: { acts: [], notices: [], engineHistory: {} },
  });
  const forged = Buffer.from(volume.bytes);
  forged.set(Buffer.from('forge'), forged.indexOf('paper\0'));
  await writeFile(join(folder, 'sound.tar'), volume.bytes);
  await writeFile(join(folder, 'forged.tar'), forged);
  await writeFile(join(folder, 'seal.json'), JSON.stringify(signSeal(volume, office.privateKey)));
  await writeFile(join(folder, 'office.pem'), office.publicKey.export({ format: 'pem', type: 'spki' }));
  await writeFile(join(folder, 'stranger.pem'), stranger.publicKey.export({ format: 'pem', type: 'spki' }));
});
afterAll(() => rm(folder, { recursive: true }));

describe('verify-archive', () => {
  it('reports a sound volume', () => {
    const { status, stdout } = run('sound.tar');
    expect(stdout).toContain('Volume   0311-2026-LH-0007 · case 440311-2026-000007 · deemed-withdrawn');
    expect(stdout).toMatch(/1 {2}application-paper +receipt\.pdf {2}\(5 bytes, 2 p\.\)/);
    expect(stdout).toContain('VOLUME   intact');
    expect(status).toBe(0);
  });

  it('names what was altered', () => {
    const { status, stdout } = run('forged.tar', '--seal', 'seal.json');
    expect(stdout).toContain('entry-changed  receipt.pdf');
    expect(stdout).not.toContain('intact');
    expect(status).toBe(1);
  });

  it('checks the seal with the given key, or with its own and says so', () => {
    expect(run('sound.tar', '--seal', 'seal.json', '--key', 'office.pem')).toMatchObject({ status: 0 });
    expect(run('sound.tar', '--seal', 'seal.json').stdout).toMatch(
      /SEAL {5}valid\n.*fingerprint: [0-9a-f]{64}/,
    );
    const wrongKey = run('sound.tar', '--seal', 'seal.json', '--key', 'stranger.pem');
    expect(wrongKey.stdout).toContain('SEAL     FAILED: other-key');
    expect(wrongKey.status).toBe(1);
  });

  it.each([
    [[]],
    [['no-such.tar']],
    [['sound.tar', '--seal', 'sound.tar']],
    [['sound.tar', '--key', 'office.pem']],
    [['--what']],
  ])('answers the call %j with 1 and the usage', (args) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(1);
    expect(stderr).toContain('usage:');
  });
});
