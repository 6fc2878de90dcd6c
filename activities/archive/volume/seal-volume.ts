import { canonicalJson, type JsonValue } from './canonical-json.ts';
import {
  checkManifest,
  MANIFEST_PATH,
  manifestBytes,
  sha256,
  VOLUME_SCHEMA,
  type ManifestEntry,
  type VolumeManifest,
  type VolumeMetadata,
} from './manifest.ts';
import { sealRoot } from './merkle.ts';
import { roleOrder, type EntryRole } from './roles.ts';
import { writeTar } from './tar-file.ts';

/** A paper to be bound. */
export interface VolumeEntry {
  /** Relative, with `/`, at most 255 bytes, e.g. `03-marriage-certificate/a.pdf`. */
  readonly path: string;
  readonly role: Exclude<EntryRole, 'process-record'>;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** 页数, where it is known. */
  readonly pages?: number;
}

export interface SealInput {
  readonly metadata: VolumeMetadata;
  /** Bound by role; papers of one role stay in the order given. */
  readonly entries: readonly VolumeEntry[];
  /** What the system recorded of the case. */
  readonly records: {
    readonly acts: JsonValue;
    readonly notices: JsonValue;
    readonly engineHistory: JsonValue;
  };
}

export interface SealedVolume {
  /** The TAR. */
  readonly bytes: Buffer;
  /** SHA-256 of the manifest's bytes, hexadecimal: what a seal signs. */
  readonly manifestHash: string;
  readonly manifest: VolumeManifest;
}

/** The input cannot be bound as it is; retrying does not help. */
export class VolumeInputError extends Error {
  override readonly name = 'VolumeInputError';
}

interface BoundFile {
  readonly path: string;
  readonly role: EntryRole;
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly pages?: number | undefined;
}

const RECORD_PATHS = {
  acts: 'records/acts.json',
  notices: 'records/notices.json',
  engineHistory: 'records/engine-history.json',
} as const;

/**
 * Binds one couple's papers and records into one volume (婚姻登记档案管理办法): an uncompressed, unencrypted TAR that
 * begins with `manifest.json`. The same input gives the same bytes.
 * @throws VolumeInputError for unusable or repeated paths and for metadata outside its form.
 */
export async function sealVolume(input: SealInput): Promise<SealedVolume> {
  const files = bind(input);
  const paths = files.map(({ path }) => path);
  paths.forEach(requireUsablePath);
  requireDistinct([MANIFEST_PATH, ...paths]);
  const manifest = describe(input.metadata, files);
  const head = manifestBytes(manifest);
  const bytes = await writeTar([{ path: MANIFEST_PATH, bytes: head }, ...files]);
  return { bytes, manifestHash: sha256(head), manifest };
}

function bind({ entries, records }: SealInput): BoundFile[] {
  const papers = entries
    .map((entry): BoundFile => ({ ...entry, bytes: Buffer.from(entry.bytes) }))
    .sort((a, b) => roleOrder(a.role) - roleOrder(b.role));
  const recorded = (['acts', 'notices', 'engineHistory'] as const).map((name): BoundFile => ({
    path: RECORD_PATHS[name],
    role: 'process-record',
    mediaType: 'application/json',
    bytes: Buffer.from(canonicalJson(records[name]), 'utf8'),
  }));
  return [...papers, ...recorded];
}

function describe(metadata: VolumeMetadata, files: readonly BoundFile[]): VolumeManifest {
  const entries = files.map(({ path, role, mediaType, bytes, pages }, index): ManifestEntry => ({
    order: index + 1,
    path,
    role,
    mediaType,
    size: bytes.length,
    sha256: sha256(bytes),
    ...(pages === undefined ? {} : { pages }),
  }));
  const seal = { algorithm: 'merkle-sha256', root: sealRoot(metadata, entries) } as const;
  try {
    return checkManifest({ schema: VOLUME_SCHEMA, metadata, entries: [...entries], seal });
  } catch (cause) {
    throw new VolumeInputError('metadata or an entry is outside its form', { cause });
  }
}

function requireUsablePath(path: string): void {
  const segments = path.split('/');
  const isUsable =
    path === path.normalize('NFC') &&
    Buffer.byteLength(path) <= 255 &&
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    !/[\\\u0000-\u001f\u007f]/.test(path) &&
    path.isWellFormed() &&
    segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  if (!isUsable) throw new VolumeInputError('a path is not relative, plain and at most 255 bytes');
}

function requireDistinct(paths: readonly string[]): void {
  if (new Set(paths).size !== paths.length) throw new VolumeInputError('a path is used twice');
}
