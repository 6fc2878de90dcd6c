import type { ArchiveStore, Reservation } from '../activities/archive/archive-store.ts';
import type { JsonValue } from '../activities/archive/volume/canonical-json.ts';
import type { VolumeEntry } from '../activities/archive/volume/seal-volume.ts';
import type { ObjectStore } from '../adapters/object-store/port.ts';
import { withoutNoticeAttention } from '../domain/case/attention.ts';
import type { Attention, Realm } from '../domain/case/state.ts';
import type { AttentionCode, Flag } from '../domain/case/vocabulary.ts';
import { AFTER_ARCHIVE_KINDS } from '../domain/reminders/kinds.ts';
import { yearOf } from '../domain/plain-date.ts';
import { dateAt } from '../domain/zoned-time.ts';
import { appendAudit } from './audit.ts';
import { nextNumber } from './counters.ts';
import type { Database, Transaction } from './database.ts';
import { type Document, Prisma } from './generated/client.ts';
import { cancelOthers, orderNotices } from './record-plan.ts';

/** Notices that have not reached a gateway and may still do so. */
const UNSENT = ['queued', 'sending'];

export function archiveStore(db: Database, objects: ObjectStore): ArchiveStore {
  return {
    unsentNotices: (caseNumber) =>
      db.notice.count({
        where: { caseNumber, state: { in: UNSENT }, kind: { notIn: [...AFTER_ARCHIVE_KINDS] } },
      }),
    reserve: (caseNumber, at) => db.$transaction((tx) => reserve(tx, caseNumber, yearOf(dateAt(at)))),
    records: async (caseNumber) => ({
      acts: asJson(
        await db.caseStep.findMany({
          where: { caseNumber },
          orderBy: { seq: 'asc' },
          omit: { sealed: true },
        }),
      ),
      notices: asJson(
        await db.notice.findMany({
          where: { caseNumber },
          orderBy: { id: 'asc' },
          omit: { sealedText: true, sealedNote: true, claimedBy: true, claimedUntil: true },
          // Every attempt with its receipt: what proves who was told, and when.
          include: {
            tries: { orderBy: { n: 'asc' }, omit: { noticeId: true, sealedText: true, addressIndex: true } },
          },
        }),
      ),
    }),
    documents: async (caseNumber) => {
      const rows = await db.document.findMany({ where: { caseNumber }, orderBy: { id: 'asc' } });
      return Promise.all(rows.map((row) => documentEntry(objects, row)));
    },
    keep: async (caseNumber, bytes) => (await objects.put(caseNumber, bytes)).objectId,
    conclude: (caseNumber, facts, after) =>
      db.$transaction(async (tx) => {
        const row = await lock(tx, caseNumber);
        if (row.stage === 'archived') return row.actSeq;
        const seq = row.actSeq + 1;
        const at = new Date(facts.at);
        const { attention, flags } = withoutNoticeAttention(row);
        const cleared = row.attention.map(({ code }) => code).filter((code) => !has(attention, code));
        const clearing = cleared.length > 0 ? { cleared } : {};
        const { objectKey, manifestHash, size, retainUntil } = facts;
        await tx.archiveVolume.update({
          where: { caseNumber },
          data: { objectKey, manifestHash, size, retainUntil, seal: facts.seal, sealedAt: at },
        });
        await tx.caseStep.create({
          data: {
            caseNumber,
            seq,
            actId: `archive-${seq}`,
            kind: 'archive',
            actor: 'clock',
            role: 'system',
            at,
            fromStage: row.stage,
            toStage: 'archived',
            detail: { manifestHash: facts.manifestHash, retainUntil: facts.retainUntil, ...clearing },
          },
        });
        await tx.caseRecord.update({
          where: { caseNumber },
          data: {
            stage: 'archived',
            stageSince: at,
            actSeq: seq,
            // Whom a notice did not reach stays provable by the notices; in the case nobody can act on it any more.
            attention: attention as unknown as Prisma.InputJsonArray,
            needsAttention: attention.length > 0,
            flags: [...flags],
            nextDeadline: null,
            nextDeadlineKind: null,
            // Nothing will ever be started again from it.
            resumeState: Prisma.DbNull,
            updatedAt: new Date(),
          },
        });
        const turn = { realm: row.realm, current: true, now: Date.now() };
        await cancelOthers(tx, caseNumber, [], 'CASE_ENDED');
        await orderNotices(tx, caseNumber, after, row.policyVersion, turn);
        await appendAudit(tx, [
          {
            stream: caseNumber,
            at,
            actor: 'clock',
            role: 'system',
            action: 'archive',
            detail: { seq, manifestHash: facts.manifestHash, ...clearing },
          },
        ]);
        return seq;
      }),
    archivedAt: async (caseNumber) => {
      const row = await db.caseRecord.findUniqueOrThrow({ where: { caseNumber }, select: { actSeq: true } });
      return row.actSeq;
    },
  };
}

interface LockedCase {
  readonly stage: string;
  readonly actSeq: number;
  readonly realm: Realm;
  readonly policyVersion: string | null;
  readonly attention: readonly Attention[];
  readonly flags: readonly Flag[];
}

function has(attention: readonly Attention[], code: AttentionCode): boolean {
  return attention.some((each) => each.code === code);
}

async function lock(tx: Transaction, caseNumber: string): Promise<LockedCase> {
  const [row] = await tx.$queryRaw<LockedCase[]>`
    SELECT stage, act_seq AS "actSeq", realm, policy_version AS "policyVersion", attention, flags
    FROM case_record WHERE case_number = ${caseNumber} FOR UPDATE`;
  if (!row) throw new Error(`no case ${caseNumber}`);
  return row;
}

/** Takes the next place on the shelf of this year, or finds the one taken before. */
async function reserve(tx: Transaction, caseNumber: string, year: number): Promise<Reservation> {
  await lock(tx, caseNumber);
  const row = await tx.caseRecord.findUniqueOrThrow({
    where: { caseNumber },
    select: { realm: true, outcome: true, venue: { select: { divisionCode: true } }, volume: true },
  });
  const districtCode = row.venue.divisionCode;
  const fonds = row.realm === 'rehearsal' ? `R${districtCode}` : districtCode;
  const outcome = row.outcome as Reservation['outcome'];
  const { volume } = row;
  if (volume) {
    const sealed = volume.sealedAt !== null;
    return {
      fondsNumber: volume.fonds,
      year: volume.year,
      roomVolumeNumber: volume.roomNumber,
      districtCode,
      outcome,
      sealed,
    };
  }
  const roomNumber = await nextNumber(tx, `volume:${fonds}:${year}`);
  await tx.archiveVolume.create({ data: { caseNumber, fonds, year, roomNumber } });
  return { fondsNumber: fonds, year, roomVolumeNumber: roomNumber, districtCode, outcome, sealed: false };
}

const ROLES: Readonly<Record<string, VolumeEntry['role']>> = {
  'marriage-certificate': 'marriage-certificate-copy',
  agreement: 'agreement',
  'id-card': 'identity-copy',
};
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
};

/** Named by kind and id: the name a person gave a file may say anything. */
async function documentEntry(objects: ObjectStore, row: Document): Promise<VolumeEntry> {
  const role = ROLES[row.kind] ?? 'other';
  return {
    path: `documents/${row.kind}-${row.id}.${EXTENSIONS[row.mediaType] ?? 'bin'}`,
    role,
    mediaType: row.mediaType,
    bytes: await objects.get(row.caseNumber, row.objectKey),
    pages: row.pages,
  };
}

/** Rows as they will be read in a hundred years: instants as text. */
function asJson(rows: unknown): JsonValue {
  return JSON.parse(JSON.stringify(rows)) as JsonValue;
}
