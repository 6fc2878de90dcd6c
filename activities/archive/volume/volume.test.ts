import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';
import { archiveNumber, manifestBytes, sha256, type VolumeMetadata } from './manifest.ts';
import { ENTRY_ROLES, roleOrder } from './roles.ts';
import { sealVolume, VolumeInputError, type SealInput, type VolumeEntry } from './seal-volume.ts';
import { readTar, writeTar, type TarFile } from './tar-file.ts';
import { verifyVolume } from './verify-volume.ts';

const METADATA: VolumeMetadata = {
  fondsNumber: '0311',
  year: 2026,
  classCode: 'LH',
  roomVolumeNumber: 12,
  caseNumber: '440311-2026-000123',
  outcome: 'registered',
  retentionYears: 100,
  sealedAt: '2026-12-30T08:15:00.000Z',
  districtCode: '440311',
};

function paper(path: string, role: VolumeEntry['role'], text: string): VolumeEntry {
  return { path, role, mediaType: 'application/pdf', bytes: Buffer.from(text, 'utf8'), pages: 1 };
}

const INPUT: SealInput = {
  metadata: METADATA,
  entries: [
    paper('application/申请书.pdf', 'application-paper', 'application'),
    paper('identity/b.pdf', 'identity-copy', 'second'),
    paper('identity/a.pdf', 'identity-copy', 'first'),
    paper('agreement.pdf', 'agreement', 'x'.repeat(512)),
    paper('review-form.pdf', 'review-form', ''),
  ],
  records: { acts: [{ act: 'accept', at: 1 }], notices: [], engineHistory: { events: [{ id: 1 }] } },
};

async function codesOf(bytes: Uint8Array): Promise<string[]> {
  const result = await verifyVolume(bytes);
  return result.ok
    ? []
    : result.problems.map(({ code, path }) => (path === undefined ? code : `${code} ${path}`));
}

/** Takes a sound volume apart and puts it together again after `change`. */
async function tampered(change: (files: TarFile[]) => TarFile[]): Promise<Buffer> {
  const { bytes } = await sealVolume(INPUT);
  return writeTar(change(await readTar(bytes)));
}

describe('a sealed volume', () => {
  it('verifies, bound in the lawful order, manifest first', async () => {
    const { bytes, manifest, manifestHash } = await sealVolume(INPUT);
    expect(await verifyVolume(bytes)).toEqual({ ok: true, manifest, manifestHash });
    expect((await readTar(bytes)).map(({ path }) => path)).toEqual([
      'manifest.json',
      'review-form.pdf',
      'agreement.pdf',
      'identity/b.pdf',
      'identity/a.pdf',
      'application/申请书.pdf',
      'records/acts.json',
      'records/notices.json',
      'records/engine-history.json',
    ]);
    expect(manifest.entries[1]).toMatchObject({ order: 2, size: 512, pages: 1, role: 'agreement' });
    expect(archiveNumber(manifest.metadata)).toBe('0311-2026-LH-0012');
  });

  it('gives the same bytes for the same input', async () => {
    const again = {
      ...INPUT,
      metadata: Object.fromEntries(Object.entries(METADATA).reverse()) as VolumeMetadata,
    };
    expect((await sealVolume(again)).bytes.equals((await sealVolume(INPUT)).bytes)).toBe(true);
  });

  it.each([
    '../a',
    '/a',
    'a//b',
    './a',
    'a\\b',
    'a\nb',
    '',
    'e\u0301',
    'x'.repeat(256),
    'manifest.json',
    'records/acts.json',
  ])('refuses the path %j', async (path) => {
    await expect(sealVolume({ ...INPUT, entries: [paper(path, 'other', 'x')] })).rejects.toThrow(
      VolumeInputError,
    );
  });

  it('refuses a path used twice and a retention below 100 years', async () => {
    const twice = [paper('a.pdf', 'other', 'x'), paper('a.pdf', 'other', 'y')];
    await expect(sealVolume({ ...INPUT, entries: twice })).rejects.toThrow(VolumeInputError);
    const short = { ...METADATA, retentionYears: 30 };
    await expect(sealVolume({ ...INPUT, metadata: short })).rejects.toThrow(VolumeInputError);
  });
});

describe('verification names', () => {
  it('a changed entry', async () => {
    const bytes = await tampered((files) =>
      files.map((file) => (file.path === 'agreement.pdf' ? { ...file, bytes: Buffer.from('forged') } : file)),
    );
    expect(await codesOf(bytes)).toEqual(['entry-changed agreement.pdf']);
  });

  it('a missing entry, and no other', async () => {
    const bytes = await tampered((files) => files.filter(({ path }) => path !== 'agreement.pdf'));
    expect(await codesOf(bytes)).toEqual(['entry-missing agreement.pdf']);
  });

  it('an added and a repeated entry', async () => {
    const extra = { path: 'extra.pdf', bytes: Buffer.from('x') };
    expect(await codesOf(await tampered((files) => [...files, extra]))).toEqual(['entry-added extra.pdf']);
    const bytes = await tampered((files) => [
      ...files,
      ...files.filter(({ path }) => path === 'agreement.pdf'),
    ]);
    expect(await codesOf(bytes)).toEqual(['entry-repeated agreement.pdf']);
  });

  it('reordered entries', async () => {
    const bytes = await tampered(([head, first, second, ...rest]) =>
      [head, second, first, ...rest].filter(isPresent),
    );
    expect(await codesOf(bytes)).toEqual([
      'entry-reordered agreement.pdf',
      'entry-reordered review-form.pdf',
    ]);
  });

  it('a manifest that is missing, not JSON, spelt otherwise, or out of step with its seal', async () => {
    expect(await codesOf(await tampered((files) => files.slice(1)))).toEqual([
      'manifest-missing manifest.json',
    ]);
    const broken = await withManifest(() => Buffer.from('{'));
    expect(await codesOf(broken)).toEqual(['manifest-broken manifest.json']);
    const spaced = await withManifest((bytes) => Buffer.concat([bytes, Buffer.from(' ')]));
    expect(await codesOf(spaced)).toEqual(['manifest-broken manifest.json']);
    const outcome = await withManifest((bytes) =>
      Buffer.from(bytes.toString().replace('"registered"', '"withdrawn"')),
    );
    expect(await codesOf(outcome)).toEqual(['seal-mismatch manifest.json']);
  });

  it('a changed entry even when its hash in the manifest was changed with it', async () => {
    const forged = Buffer.from('y'.repeat(512));
    const bytes = await tampered((files) =>
      files.map((file) => {
        if (file.path === 'agreement.pdf') return { ...file, bytes: forged };
        if (file.path !== 'manifest.json') return file;
        const text = file.bytes.toString().replace(sha256(Buffer.from('x'.repeat(512))), sha256(forged));
        return { ...file, bytes: Buffer.from(text) };
      }),
    );
    expect(await codesOf(bytes)).toEqual(['seal-mismatch manifest.json']);
  });

  it('what is no TAR, an empty file and a volume cut short', async () => {
    const { bytes } = await sealVolume(INPUT);
    expect(await codesOf(Buffer.from('not a volume '.repeat(100)))).toEqual(['not-a-tar']);
    expect(await codesOf(Buffer.alloc(0))).toEqual(['manifest-missing manifest.json']);
    for (const length of [100, 512, 700, 1024, bytes.length - 1, bytes.length - 512, bytes.length - 1024]) {
      expect(await codesOf(bytes.subarray(0, length))).not.toEqual([]);
    }
    expect(await codesOf(Buffer.concat([bytes, Buffer.alloc(512)]))).toEqual(['container-altered']);
  });
});

describe('properties', () => {
  const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<SealInput['records']['acts']>;
  const entry = fc.record({
    role: fc.constantFrom(...ENTRY_ROLES.filter((role) => role !== 'process-record')),
    bytes: fc.uint8Array({ maxLength: 1100 }),
    name: fc.stringMatching(/^[a-z离合-]{1,60}$/u),
  });
  const input = fc
    .record({ entries: fc.array(entry, { maxLength: 5 }), acts: json, notices: json, engineHistory: json })
    .map(({ entries, ...records }): SealInput => ({
      metadata: METADATA,
      entries: entries.map(({ role, bytes, name }, index) => ({
        role,
        bytes,
        path: `${index}/${name}.bin`,
        mediaType: 'application/octet-stream',
      })),
      records,
    }));

  it('whatever is sealed verifies and comes out again', async () => {
    await fc.assert(
      fc.asyncProperty(input, async (one) => {
        const { bytes } = await sealVolume(one);
        const result = await verifyVolume(bytes);
        if (!result.ok) throw new Error(JSON.stringify(result.problems));
        const orders = result.manifest.entries.map(({ role }) => roleOrder(role));
        expect(orders).toEqual([...orders].sort((a, b) => a - b));
        expect(result.manifest.entries).toHaveLength(one.entries.length + 3);
      }),
      { seed: 20261123, numRuns: 60 },
    );
  });

  it('any single changed byte of any volume is found', async () => {
    await fc.assert(
      fc.asyncProperty(input, fc.nat(), fc.integer({ min: 1, max: 255 }), async (one, at, mask) => {
        const { bytes } = await sealVolume(one);
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ mask;
        expect((await verifyVolume(bytes)).ok).toBe(false);
      }),
      { seed: 20261123, numRuns: 400 },
    );
  });

  it('a flip of the lowest and of the highest bit is found at every byte of one volume', async () => {
    const { bytes } = await sealVolume({ ...INPUT, entries: INPUT.entries.slice(0, 1) });
    for (let index = 0; index < bytes.length; index += 1) {
      for (const mask of [0x01, 0x80]) {
        const flipped = Buffer.from(bytes);
        flipped[index] = (flipped[index] ?? 0) ^ mask;
        if ((await verifyVolume(flipped)).ok) throw new Error(`byte ${index} ^ ${mask} went unnoticed`);
      }
    }
  });

  it('canonical JSON is read back as it was and does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text) as typeof value)).toBe(text);
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(text);
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });
});

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

async function withManifest(change: (bytes: Buffer) => Buffer): Promise<Buffer> {
  return tampered((files) =>
    files.map((file) => (file.path === 'manifest.json' ? { ...file, bytes: change(file.bytes) } : file)),
  );
}

it('writes one spelling of a manifest', async () => {
  const { manifest } = await sealVolume(INPUT);
  expect(manifestBytes(manifest).toString()).toMatch(
    /^\{"entries":\[\{"mediaType":"application\/pdf","order":1,/,
  );
});
