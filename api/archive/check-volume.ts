import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { parseSeal, verifySeal } from '../../activities/archive/volume/seal-signature.ts';
import { verifyVolume } from '../../activities/archive/volume/verify-volume.ts';
import type { KeyStore } from '../../adapters/key-store/port.ts';
import type { VolumeVerdict } from '../dependencies.ts';

/** DER of an Ed25519 private key up to its 32-byte seed (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Checks a volume's bytes against their manifest, and the seal against the keys this office has ever sealed with.
 */
export function volumeChecker(
  keys: Pick<KeyStore, 'keysOf'>,
): (bytes: Uint8Array, seal: unknown) => Promise<VolumeVerdict> {
  return async (bytes, sealJson) => {
    const verified = await verifyVolume(bytes);
    if (!verified.ok) {
      return { ok: false, problems: verified.problems.map((each) => ({ code: each.code, path: each.path })) };
    }
    const { manifest, manifestHash } = verified;
    const seal = parseSeal(sealJson);
    if (!seal) return { ok: false, manifestHash, problems: [{ code: 'seal-malformed' }] };
    const checks = (await officeKeys(keys)).map((key) => verifySeal(seal, { manifest, manifestHash }, key));
    if (checks.some(({ ok }) => ok)) return { ok: true, manifestHash, problems: [] };
    const refused = checks.flatMap((check) => (check.ok ? [] : [check.problem]));
    // With another office key the seal may be fine in itself; what is wrong with it under its own key says more.
    const code = refused.find((problem) => problem !== 'other-key') ?? 'other-key';
    return { ok: false, manifestHash, problems: [{ code }] };
  };
}

async function officeKeys(keys: Pick<KeyStore, 'keysOf'>): Promise<KeyObject[]> {
  return (await keys.keysOf('archive-seal')).map(({ key }) =>
    createPublicKey(
      createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, key]), format: 'der', type: 'pkcs8' }),
    ),
  );
}
