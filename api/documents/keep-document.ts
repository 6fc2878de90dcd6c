import { createHash } from 'node:crypto';
import { appendAudit } from '../../prisma/audit.ts';
import type { Document } from '../../prisma/generated/client.ts';
import type { Actor } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { actIdOf } from '../http/act-id.ts';
import type { UploadedFile } from '../http/route.ts';
import { inspectFile } from './inspect-file.ts';

export interface DocumentToKeep {
  readonly caseNumber: string;
  readonly file: UploadedFile;
  readonly kind: string;
  readonly party: string | undefined;
}

/**
 * Stores an upload, sealed. The same bytes of the same kind are the same document: sending them again, even at the
 * same time, gives the id of the first.
 * @throws Problem 422 for a file that is not what it says
 */
export async function keepDocument(
  deps: ApiDependencies,
  actor: Actor,
  upload: DocumentToKeep,
): Promise<Document> {
  const { caseNumber, file, kind, party } = upload;
  const { mediaType, pages } = await inspectFile(file);
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const same = { caseNumber_sha256_kind: { caseNumber, sha256, kind } };
  const before = await deps.db.document.findUnique({ where: same });
  if (before) return before;
  const stored = await deps.objects.put(caseNumber, file.bytes);
  const sealedName = await deps.cipher.seal(caseNumber, 'document.name', file.name);
  const at = new Date(deps.now());
  const id = actIdOf(caseNumber, sha256, kind);
  await deps.db.$transaction(async (tx) => {
    const { count } = await tx.document.createMany({
      skipDuplicates: true,
      data: [
        {
          id,
          caseNumber,
          party: party ?? null,
          kind,
          sealedName,
          mediaType,
          pages,
          size: stored.size,
          objectKey: stored.objectId,
          sha256,
          uploadedBy: actor.sub,
          uploadedAt: at,
        },
      ],
    });
    if (count === 0) return;
    const detail = { documentId: id, kind };
    await appendAudit(tx, [
      { stream: caseNumber, at, actor: actor.sub, role: actor.role, action: 'add-document', detail },
    ]);
  });
  return deps.db.document.findUniqueOrThrow({ where: same });
}
