import {
  MANIFEST_PATH,
  manifestBytes,
  readManifest,
  sha256,
  type ManifestEntry,
  type VolumeManifest,
} from './manifest.ts';
import { sealRoot } from './merkle.ts';
import type { VolumeProblem } from './problems.ts';
import { roleOrder } from './roles.ts';
import { readTar, writeTar, type TarFile } from './tar-file.ts';

export type Verification =
  | { readonly ok: true; readonly manifest: VolumeManifest; readonly manifestHash: string }
  | { readonly ok: false; readonly problems: readonly VolumeProblem[] };

/**
 * Checks a volume against its own manifest, needing nothing else: every entry present, unchanged and in its place,
 * nothing added, the manifest in agreement with its seal, no byte of the container altered. A volume rebuilt as a
 * whole passes; that is what the signed seal kept outside is for ({@link verifySeal}).
 */
export async function verifyVolume(bytes: Uint8Array): Promise<Verification> {
  const files = await readTar(bytes).catch(() => undefined);
  if (files === undefined) return failed({ code: 'not-a-tar' });
  const [head, ...entries] = files;
  if (head?.path !== MANIFEST_PATH) return failed({ code: 'manifest-missing', path: MANIFEST_PATH });
  const manifest = parseManifest(head.bytes);
  if (manifest === undefined) return failed({ code: 'manifest-broken', path: MANIFEST_PATH });

  const problems = [...manifestProblems(manifest), ...entryProblems(manifest.entries, entries)];
  if (problems.length === 0 && !(await writeTar(files)).equals(bytes)) {
    problems.push({ code: 'container-altered' });
  }
  if (problems.length > 0) return failed(...problems);
  return { ok: true, manifest, manifestHash: sha256(head.bytes) };
}

function failed(...problems: VolumeProblem[]): Verification {
  return { ok: false, problems };
}

/** Only the one spelling the system writes is a manifest: anything else could hide a second meaning. */
function parseManifest(bytes: Buffer): VolumeManifest | undefined {
  try {
    const manifest = readManifest(JSON.parse(bytes.toString('utf8')));
    return manifest !== undefined && manifestBytes(manifest).equals(bytes) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

function manifestProblems({ metadata, entries, seal }: VolumeManifest): VolumeProblem[] {
  const problems: VolumeProblem[] = [];
  if (sealRoot(metadata, entries) !== seal.root) {
    problems.push({ code: 'seal-mismatch', path: MANIFEST_PATH });
  }
  let reached = 0;
  entries.forEach(({ path, role, order }, index) => {
    if (order !== index + 1 || roleOrder(role) < reached) problems.push({ code: 'role-order', path });
    reached = Math.max(reached, roleOrder(role));
  });
  return problems;
}

function entryProblems(listed: readonly ManifestEntry[], found: readonly TarFile[]): VolumeProblem[] {
  const problems: VolumeProblem[] = [];
  const byPath = new Map<string, TarFile>();
  for (const file of found) {
    if (byPath.has(file.path)) problems.push({ code: 'entry-repeated', path: file.path });
    else byPath.set(file.path, file);
  }
  const listedPaths = new Set(listed.map(({ path }) => path));
  for (const path of byPath.keys()) {
    if (!listedPaths.has(path)) problems.push({ code: 'entry-added', path });
  }
  for (const { path, size, sha256: hash } of listed) {
    const file = byPath.get(path);
    if (file === undefined) problems.push({ code: 'entry-missing', path });
    else if (file.bytes.length !== size || sha256(file.bytes) !== hash) {
      problems.push({ code: 'entry-changed', path });
    }
  }
  return [...problems, ...orderProblems(listed, byPath, listedPaths)];
}

/** Compares the sequence of what is both listed and present, so that one missing paper moves no other. */
function orderProblems(
  listed: readonly ManifestEntry[],
  byPath: ReadonlyMap<string, TarFile>,
  listedPaths: ReadonlySet<string>,
): VolumeProblem[] {
  const sealed = listed.map(({ path }) => path).filter((path) => byPath.has(path));
  const present = [...byPath.keys()].filter((path) => listedPaths.has(path));
  return present
    .filter((path, index) => path !== sealed[index])
    .map((path) => ({ code: 'entry-reordered', path }));
}
