import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { archiveNumber, type VolumeManifest } from './manifest.ts';

export const SEAL_SCHEMA = 'heli-archive-seal/1';

const statementSchema = z.strictObject({
  schema: z.literal(SEAL_SCHEMA),
  /** 档号 of the volume. */
  archiveNumber: z.string().min(1),
  caseNumber: z.string().min(1),
  /** SHA-256 of the manifest's bytes, hexadecimal. */
  manifestHash: z.string().regex(/^[0-9a-f]{64}$/),
  sealedAt: z.iso.datetime(),
});

const sealSchema = z.strictObject({
  statement: statementSchema,
  algorithm: z.literal('Ed25519'),
  /** DER (SPKI), base64. */
  publicKey: z.base64(),
  /** Over the canonical JSON of the statement, base64. */
  signature: z.base64(),
});
export type Seal = Readonly<z.infer<typeof sealSchema>>;

/** Why a seal does not hold. */
export const SEAL_PROBLEMS = ['seal-malformed', 'other-volume', 'other-key', 'signature-invalid'] as const;
export type SealProblem = (typeof SEAL_PROBLEMS)[number];

/**
 * Signs a sealed volume. The seal stays outside the volume (电子档案管理办法: archived without digital signature; it
 * is kept as evidence).
 * @throws TypeError when the key is not a private Ed25519 key.
 */
export function signSeal(
  volume: { manifest: VolumeManifest; manifestHash: string },
  privateKey: KeyObject,
): Seal {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'ed25519') {
    throw new TypeError('a seal is signed with a private Ed25519 key');
  }
  const { metadata } = volume.manifest;
  const statement = {
    schema: SEAL_SCHEMA,
    archiveNumber: archiveNumber(metadata),
    caseNumber: metadata.caseNumber,
    manifestHash: volume.manifestHash,
    sealedAt: metadata.sealedAt,
  } as const;
  return {
    statement,
    algorithm: 'Ed25519',
    publicKey: spki(createPublicKey(privateKey)).toString('base64'),
    signature: sign(null, Buffer.from(canonicalJson(statement), 'utf8'), privateKey).toString('base64'),
  };
}

/** Reads a seal from JSON; undefined when it has not the shape of one. */
export function parseSeal(json: unknown): Seal | undefined {
  return sealSchema.safeParse(json).data;
}

/**
 * Whether `seal` was made for this volume. With `publicKey` it must be that key's; without, the key the seal itself
 * names is used, and its {@link keyFingerprint} has to be compared with the office's.
 */
export function verifySeal(
  seal: Seal,
  volume: { manifest: VolumeManifest; manifestHash: string },
  publicKey?: KeyObject,
): { ok: true } | { ok: false; problem: SealProblem } {
  const named = readPublicKey(seal);
  if (named === undefined) return { ok: false, problem: 'seal-malformed' };
  if (publicKey !== undefined && !spki(publicKey).equals(spki(named)))
    return { ok: false, problem: 'other-key' };
  const statement = Buffer.from(canonicalJson(seal.statement), 'utf8');
  if (!verify(null, statement, named, Buffer.from(seal.signature, 'base64'))) {
    return { ok: false, problem: 'signature-invalid' };
  }
  const { metadata } = volume.manifest;
  const isSameVolume =
    seal.statement.manifestHash === volume.manifestHash &&
    seal.statement.archiveNumber === archiveNumber(metadata) &&
    seal.statement.caseNumber === metadata.caseNumber &&
    seal.statement.sealedAt === metadata.sealedAt;
  return isSameVolume ? { ok: true } : { ok: false, problem: 'other-volume' };
}

/** SHA-256 of the key a seal names (DER, SPKI), hexadecimal; undefined when it names none. */
export function keyFingerprint(seal: Seal): string | undefined {
  const key = readPublicKey(seal);
  return key && createHash('sha256').update(spki(key)).digest('hex');
}

function readPublicKey(seal: Seal): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(seal.publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

function spki(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' });
}
