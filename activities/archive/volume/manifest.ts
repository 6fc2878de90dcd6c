import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, type JsonValue } from './canonical-json.ts';
import { ENTRY_ROLES } from './roles.ts';

export const MANIFEST_PATH = 'manifest.json';
export const VOLUME_SCHEMA = 'heli-archive-volume/1';

/** How a case that is archived can have ended. */
export const OUTCOMES = ['registered', 'withdrawn', 'deemed-withdrawn'] as const;

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

const metadataSchema = z.strictObject({
  /** 全宗号 */
  fondsNumber: z.string().min(1),
  /** 年度 */
  year: z.int().min(1949).max(9999),
  /** 类别; LH is 离婚登记类. */
  classCode: z.literal('LH'),
  /** 室编卷号, restarts at 1 each year. */
  roomVolumeNumber: z.int().positive(),
  caseNumber: z.string().min(1),
  outcome: z.enum(OUTCOMES),
  /** 婚姻登记档案管理办法 art 13: 100 years, extendable. */
  retentionYears: z.int().min(100),
  /** Instant of sealing, `YYYY-MM-DDTHH:MM:SS(.sss)Z`. */
  sealedAt: z.iso.datetime(),
  /** Six-digit division code of the district. */
  districtCode: z.string().regex(/^\d{6}$/),
});
export type VolumeMetadata = Readonly<z.infer<typeof metadataSchema>>;

const manifestEntrySchema = z.strictObject({
  /** Place in the volume, from 1. */
  order: z.int().positive(),
  path: z.string().min(1),
  role: z.enum(ENTRY_ROLES),
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/),
  /** Bytes. */
  size: z.int().nonnegative(),
  sha256: sha256Hex,
  /** 页数, where it is known. */
  pages: z.int().positive().optional(),
});
export type ManifestEntry = Readonly<z.infer<typeof manifestEntrySchema>>;

const manifestSchema = z.strictObject({
  schema: z.literal(VOLUME_SCHEMA),
  metadata: metadataSchema,
  entries: z.array(manifestEntrySchema),
  seal: z.strictObject({ algorithm: z.literal('merkle-sha256'), root: sha256Hex }),
});
export type VolumeManifest = Readonly<z.infer<typeof manifestSchema>>;

/** 档号 全宗号-年度-LH-室编卷号. */
export function archiveNumber(metadata: VolumeMetadata): string {
  const { fondsNumber, year, classCode, roomVolumeNumber } = metadata;
  return `${fondsNumber}-${year}-${classCode}-${String(roomVolumeNumber).padStart(4, '0')}`;
}

/** The only spelling of a manifest. */
export function manifestBytes(manifest: VolumeManifest): Buffer {
  // A manifest holds only what JSON can say; the round trip drops members that are undefined.
  return Buffer.from(canonicalJson(JSON.parse(JSON.stringify(manifest)) as JsonValue), 'utf8');
}

/** A manifest read from JSON; undefined when it has not the shape of one. */
export function readManifest(json: unknown): VolumeManifest | undefined {
  return manifestSchema.safeParse(json).data;
}

/** @throws ZodError when the manifest would not be readable again. */
export function checkManifest(manifest: VolumeManifest): VolumeManifest {
  return manifestSchema.parse(manifest);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
