import { z } from 'zod';
import type { ArchiveVolume } from '../../prisma/generated/client.ts';
import { auditRead, getCase } from '../cases/load-case.ts';
import { caseParams } from '../cases/schemas.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { type Route, route } from '../http/route.ts';
import { Problem } from '../problems/problem.ts';

const TAG = 'Archive';

/** A volume that has been sealed: a reserved place on the shelf has no bytes yet. */
type SealedVolume = ArchiveVolume & { readonly objectKey: string; readonly sealedAt: Date };

async function getVolume(deps: ApiDependencies, caseNumber: string): Promise<SealedVolume> {
  const row = await deps.db.archiveVolume.findUnique({ where: { caseNumber } });
  if (!row?.objectKey || row.sealedAt === null) throw new Problem('VOLUME_UNKNOWN');
  return row as SealedVolume;
}

function referenceOf({ fonds, year, roomNumber }: ArchiveVolume): string {
  return `${fonds}-${year}-LH-${String(roomNumber).padStart(4, '0')}`;
}

const metadata = route({
  method: 'get',
  path: '/cases/{caseNumber}/archive',
  tag: TAG,
  summary: 'The sealed volume of a case',
  access: 'read-archive',
  params: caseParams,
  answers: {
    status: 200,
    description: 'Place on the shelf, hash of the manifest, and the seal kept outside the volume',
    schema: z.looseObject({
      caseNumber: z.string(),
      fonds: z.string(),
      year: z.number(),
      roomNumber: z.number(),
      reference: z.string(),
      manifestHash: z.string(),
      size: z.number(),
      sealedAt: z.string(),
      retainUntil: z.string(),
    }),
  },
  problems: ['VOLUME_UNKNOWN'],
  handle: async ({ deps, actor, params }) => {
    const { caseNumber } = await getCase(deps, actor, params.caseNumber);
    const row = await getVolume(deps, caseNumber);
    await auditRead(deps, actor, caseNumber, 'read-archive');
    const { fonds, year, roomNumber, manifestHash, size, seal, retainUntil } = row;
    return {
      json: {
        caseNumber,
        fonds,
        year,
        roomNumber,
        reference: referenceOf(row),
        manifestHash,
        size,
        seal,
        sealedAt: row.sealedAt.toISOString(),
        retainUntil,
        links: { volume: `/api/v1/cases/${caseNumber}/archive/volume` },
      },
    };
  },
});

const volume = route({
  method: 'get',
  path: '/cases/{caseNumber}/archive/volume',
  tag: TAG,
  summary: 'The volume itself, a TAR',
  description: 'Each read is audited.',
  access: 'read-archive',
  params: caseParams,
  answers: { status: 200, description: 'The volume', mediaType: 'application/x-tar' },
  problems: ['VOLUME_UNKNOWN'],
  handle: async ({ deps, actor, params }) => {
    const { caseNumber } = await getCase(deps, actor, params.caseNumber);
    const row = await getVolume(deps, caseNumber);
    await auditRead(deps, actor, caseNumber, 'read-volume');
    const content = await deps.objects.get(caseNumber, row.objectKey);
    return {
      headers: { 'content-disposition': `attachment; filename="${caseNumber}.tar"` },
      bytes: { mediaType: 'application/x-tar', content },
    };
  },
});

const verify = route({
  method: 'post',
  path: '/cases/{caseNumber}/archive/verify',
  tag: TAG,
  summary: 'Check the volume against its manifest and its seal',
  access: 'read-archive',
  params: caseParams,
  answers: {
    status: 200,
    description: 'Whether every entry is present and unchanged and the seal is ours; else what is wrong',
    schema: z.object({
      ok: z.boolean(),
      manifestHash: z.string().optional(),
      problems: z.array(z.looseObject({ code: z.string() })),
    }),
  },
  problems: ['VOLUME_UNKNOWN'],
  handle: async ({ deps, actor, params }) => {
    const { caseNumber } = await getCase(deps, actor, params.caseNumber);
    const row = await getVolume(deps, caseNumber);
    const verdict = await deps.verifyVolume(await deps.objects.get(caseNumber, row.objectKey), row.seal);
    const agrees = verdict.manifestHash === undefined || verdict.manifestHash === row.manifestHash;
    const problems = agrees ? verdict.problems : [...verdict.problems, { code: 'other-manifest-recorded' }];
    const ok = verdict.ok && agrees;
    await auditRead(deps, actor, caseNumber, 'verify-volume', { ok });
    return { json: { ok, manifestHash: verdict.manifestHash, problems } };
  },
});

export const archiveRoutes: readonly Route[] = [metadata, volume, verify];
