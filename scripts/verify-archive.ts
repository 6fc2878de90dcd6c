/**
 * Checks an archive volume offline: `node scripts/verify-archive.ts <file.tar> [--seal <file>] [--key <public.pem>]`.
 * Ends with 0 when the volume (and its seal, if given) holds, with 1 when not or when the call is wrong.
 */
import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { archiveNumber, type VolumeManifest } from '../activities/archive/volume/manifest.ts';
import { PROBLEM_MEANINGS } from '../activities/archive/volume/problems.ts';
import { keyFingerprint, parseSeal, verifySeal } from '../activities/archive/volume/seal-signature.ts';
import { verifyVolume } from '../activities/archive/volume/verify-volume.ts';

const USAGE = 'usage: node scripts/verify-archive.ts <file.tar> [--seal <seal.json>] [--key <public.pem>]';

interface Verified {
  readonly manifest: VolumeManifest;
  readonly manifestHash: string;
}

function report({ manifest, manifestHash }: Verified): void {
  const { metadata, entries } = manifest;
  console.log(`Volume   ${archiveNumber(metadata)} · case ${metadata.caseNumber} · ${metadata.outcome}`);
  console.log(
    `Sealed   ${metadata.sealedAt} · district ${metadata.districtCode} · keep ${metadata.retentionYears} years`,
  );
  console.log(`Manifest ${manifestHash}`);
  for (const { order, path, role, size, pages } of entries) {
    const extent = pages === undefined ? `${size} bytes` : `${size} bytes, ${pages} p.`;
    console.log(`  ${String(order).padStart(3)}  ${role.padEnd(25)}  ${path}  (${extent})`);
  }
}

async function checkSeal(volume: Verified, sealFile: string, keyFile: string | undefined): Promise<boolean> {
  const seal = parseSeal(JSON.parse(await readFile(sealFile, 'utf8')));
  if (seal === undefined) {
    console.log('SEAL     FAILED: the file is not a seal');
    return false;
  }
  const key = keyFile === undefined ? undefined : createPublicKey(await readFile(keyFile));
  const result = verifySeal(seal, volume, key);
  console.log(result.ok ? 'SEAL     valid' : `SEAL     FAILED: ${result.problem}`);
  if (result.ok && key === undefined) {
    console.log(
      `         by the key it names itself; compare its fingerprint: ${keyFingerprint(seal) ?? 'none'}`,
    );
  }
  return result.ok;
}

async function main(): Promise<boolean> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { seal: { type: 'string' }, key: { type: 'string' } },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0 || (values.key !== undefined && values.seal === undefined)) {
    console.error(USAGE);
    return false;
  }
  const result = await verifyVolume(await readFile(file));
  if (!result.ok) {
    for (const { code, path } of result.problems) {
      console.log(`  ${code}${path === undefined ? '' : `  ${path}`}: ${PROBLEM_MEANINGS[code]}`);
    }
    console.log(`VOLUME   FAILED: ${result.problems.length} problem(s)`);
    return false;
  }
  report(result);
  console.log('VOLUME   intact');
  return values.seal === undefined || (await checkSeal(result, values.seal, values.key));
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(`cannot verify: ${error instanceof Error ? error.message : String(error)}`);
  console.error(USAGE);
  process.exitCode = 1;
}
