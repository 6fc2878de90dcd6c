import { z } from 'zod';
import { PRINTABLE } from '../../activities/papers/port.ts';
import { PARTIES } from '../../domain/case/vocabulary.ts';
import { may } from '../authorize.ts';
import { auditRead, getCase } from '../cases/load-case.ts';
import { caseParams } from '../cases/schemas.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { availablePapers } from '../documents/available-papers.ts';
import { keepDocument } from '../documents/keep-document.ts';
import { type Route, route } from '../http/route.ts';
import { invalidFields, Problem } from '../problems/problem.ts';
import { findingTexts } from '../texts/finding-texts.ts';
import type { Document } from '../../prisma/generated/client.ts';

const TAG = 'Documents and papers';

const documentSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    party: z.string().optional(),
    pages: z.number(),
    mediaType: z.string(),
    size: z.number(),
    sha256: z.string(),
    name: z.string().optional(),
    uploadedBy: z.string(),
    uploadedAt: z.string(),
  })
  .meta({ id: 'Document' });

const upload = route({
  method: 'post',
  path: '/cases/{caseNumber}/documents',
  tag: TAG,
  summary: 'Upload a document',
  description: 'JPEG, PNG, HEIC or PDF. The same bytes of the same kind again give the same id.',
  access: 'add-document',
  params: caseParams,
  upload: true,
  body: z.object({
    party: z.enum(PARTIES).optional(),
    kind: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/)
      .default('other')
      .meta({ example: 'marriage-certificate' }),
  }),
  answers: { status: 201, description: 'The stored document', schema: documentSchema },
  problems: ['FILE_MISSING', 'FILE_TOO_LARGE', 'FILE_TYPE_NOT_ALLOWED', 'FILE_TYPE_MISMATCH'],
  handle: async ({ deps, actor, params, body, file }) => {
    const { caseNumber } = await getCase(deps, actor, params.caseNumber);
    if (!file) throw invalidFields([{ field: 'file', code: 'FILE_MISSING' }]);
    const kept = await keepDocument(deps, actor, { caseNumber, file, kind: body.kind, party: body.party });
    return {
      status: 201,
      headers: { location: `/api/v1/cases/${caseNumber}/documents/${kept.id}` },
      json: documentView(kept),
    };
  },
});

const list = route({
  method: 'get',
  path: '/cases/{caseNumber}/documents',
  tag: TAG,
  summary: 'Documents of a case',
  access: 'read-case',
  params: caseParams,
  answers: {
    status: 200,
    description: 'In the order of their upload; names for those who may read the documents',
    schema: z.object({
      caseNumber: z.string(),
      documents: z.array(documentSchema),
      papers: z.array(z.string()),
    }),
  },
  handle: async ({ deps, actor, params }) => {
    const row = await getCase(deps, actor, params.caseNumber);
    const { caseNumber } = row;
    const rows = await deps.db.document.findMany({
      where: { caseNumber },
      orderBy: [{ uploadedAt: 'asc' }, { id: 'asc' }],
    });
    const named = may(actor, 'read-document');
    const documents = await Promise.all(
      rows.map(async (each) => ({
        ...documentView(each),
        ...(named ? { name: await nameOf(deps, each) } : {}),
      })),
    );
    await auditRead(deps, actor, caseNumber, 'list-documents');
    return { json: { caseNumber, documents, papers: availablePapers(row) } };
  },
});

const read = route({
  method: 'get',
  path: '/cases/{caseNumber}/documents/{documentId}',
  tag: TAG,
  summary: 'Read a document',
  description: 'Each read is audited.',
  access: 'read-document',
  params: caseParams.extend({ documentId: z.string().max(80) }),
  answers: {
    status: 200,
    description: 'The bytes as they were uploaded',
    mediaType: 'application/octet-stream',
  },
  problems: ['DOCUMENT_UNKNOWN'],
  handle: async ({ deps, actor, params }) => {
    const { caseNumber } = await getCase(deps, actor, params.caseNumber);
    const row = await deps.db.document.findFirst({ where: { id: params.documentId, caseNumber } });
    if (!row) throw new Problem('DOCUMENT_UNKNOWN');
    await auditRead(deps, actor, caseNumber, 'read-document', { documentId: row.id });
    const content = await deps.objects.get(caseNumber, row.objectKey);
    return {
      headers: { 'content-disposition': disposition(await nameOf(deps, row)) },
      bytes: { mediaType: row.mediaType, content },
    };
  },
});

const paper = route({
  method: 'get',
  path: '/cases/{caseNumber}/papers/{kind}.pdf',
  tag: TAG,
  summary: 'A paper of the district: receipt, confirmation of withdrawal, certificate …',
  description: 'Drawn from the record, as PDF/A. Which kinds a case has by now: `papers` of its documents.',
  access: 'read-paper',
  params: caseParams.extend({ kind: z.string().max(60) }),
  answers: { status: 200, description: 'The paper', mediaType: 'application/pdf' },
  problems: ['PAPER_UNKNOWN'],
  handle: async ({ deps, actor, params }) => {
    const row = await getCase(deps, actor, params.caseNumber);
    const printable = PRINTABLE.find((each) => each === params.kind || each === `${params.kind}-a`);
    const content = printable && (await deps.papers.print(row.caseNumber, printable));
    if (!content) throw new Problem('PAPER_UNKNOWN');
    await auditRead(deps, actor, row.caseNumber, 'read-paper', { kind: params.kind });
    return {
      headers: { 'content-disposition': disposition(`${row.caseNumber}-${params.kind}.pdf`, 'inline') },
      bytes: { mediaType: 'application/pdf', content },
    };
  },
});

const findings = route({
  method: 'get',
  path: '/cases/{caseNumber}/findings',
  tag: TAG,
  summary: 'What the automatic checks found',
  access: 'read-findings',
  params: caseParams,
  answers: {
    status: 200,
    description: 'Findings of the last round, and the documents they may speak of',
    schema: z.object({
      caseNumber: z.string(),
      round: z.number(),
      documents: z.array(
        z.object({ id: z.string(), kind: z.string(), fields: z.record(z.string(), z.unknown()) }),
      ),
      findings: z.array(
        z.looseObject({
          code: z.string(),
          severity: z.enum(['blocks', 'person', 'informs']),
          basis: z.string(),
        }),
      ),
    }),
  },
  handle: async ({ deps, actor, params }) => {
    const { caseNumber } = await getCase(deps, actor, params.caseNumber);
    const run = await deps.db.preCheckRun.findFirst({ where: { caseNumber }, orderBy: { round: 'desc' } });
    const round = run?.round ?? 0;
    const [found, documents] = await Promise.all([
      deps.db.finding.findMany({
        where: { caseNumber, round },
        orderBy: [{ severity: 'asc' }, { code: 'asc' }],
      }),
      deps.db.document.findMany({ where: { caseNumber }, select: { id: true, kind: true } }),
    ]);
    await auditRead(deps, actor, caseNumber, 'read-findings');
    const shown = found.map(({ code, severity, basis, ref, documentId }) => ({
      code,
      severity,
      basis,
      messages: findingTexts(code),
      ...(ref ? { party: ref } : {}),
      ...(documentId ? { documentId } : {}),
    }));
    return {
      json: {
        caseNumber,
        round,
        ...(run ? { checkedAt: run.at.toISOString() } : {}),
        documents: documents.map((document) => ({ ...document, fields: {} })),
        findings: shown,
      },
    };
  },
});

function documentView(row: Document) {
  const { id, kind, pages, mediaType, size, sha256, uploadedBy } = row;
  return {
    id,
    kind,
    ...(row.party ? { party: row.party } : {}),
    pages,
    mediaType,
    size,
    sha256,
    uploadedBy,
    uploadedAt: row.uploadedAt.toISOString(),
  };
}

function nameOf(deps: ApiDependencies, row: Document): Promise<string> {
  return deps.cipher.open<string>(row.caseNumber, 'document.name', row.sealedName);
}

/** RFC 6266: a plain name for old clients, the real one in UTF-8. A document is saved, never shown in our origin. */
function disposition(name: string, how: 'attachment' | 'inline' = 'attachment'): string {
  const plain = name.replace(/[^\w.-]+/g, '_') || 'document';
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

export const documentRoutes: readonly Route[] = [upload, list, read, paper, findings];
