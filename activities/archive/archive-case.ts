import type { KeyObject } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { dateAt, type EpochMs, isoInstant } from '../../domain/zoned-time.ts';
import { ATTEMPTS_BEFORE_ATTENTION, type CaseSignals } from '../case-signals.ts';
import type { Handover } from '../records/handover-port.ts';
import type { NoticeOrder } from '../records/port.ts';
import type { ArchiveStore, Reservation } from './archive-store.ts';
import type { JsonValue } from './volume/canonical-json.ts';
import { signSeal } from './volume/seal-signature.ts';
import { sealVolume, type VolumeEntry } from './volume/seal-volume.ts';

export interface ArchiveDependencies {
  readonly store: ArchiveStore;
  /** The district's own papers of the case (receipt, review form, certificate …), as they were issued. */
  readonly papers: (caseNumber: string) => Promise<VolumeEntry[]>;
  /** The engine's history of the case up to now, decoded. */
  readonly history: (caseNumber: string) => Promise<JsonValue>;
  readonly sealKey: () => Promise<KeyObject>;
  readonly handover: Pick<Handover, 'notices'>;
  readonly signals: CaseSignals;
  readonly attempt: () => number;
  /** Waits this many milliseconds; heartbeats meanwhile. */
  readonly pause: (ms: number) => Promise<void>;
}

export interface ArchiveActivities {
  archiveCase(input: {
    readonly caseNumber: string;
    readonly now: EpochMs;
    /** To be written on record with the archive, and sent at their hour; the archive does not wait for them. */
    readonly after?: readonly NoticeOrder[];
  }): Promise<{ readonly seq: number }>;
}

/** 婚姻登记档案管理办法 art 13: 100 years, extendable to permanent. */
const RETENTION_YEARS = 100;
/** A notice is usually handed over within a moment; waiting here is cheaper than another attempt. */
const NOTICE_POLL_MS = 100;
const NOTICE_POLLS = 100;

/** Binds and seals a case's one volume. Repeating it finds what an earlier attempt has done. */
export function archiveActivities(deps: ArchiveDependencies): ArchiveActivities {
  return {
    async archiveCase({ caseNumber, now, after = [] }) {
      try {
        const seq = await archive(deps, caseNumber, now, after);
        // On record by now; an attempt that died in between is repeated, and what was handed over is left alone.
        if (after.length > 0) await deps.handover.notices(after);
        if (deps.attempt() >= ATTEMPTS_BEFORE_ATTENTION)
          await deps.signals.attention(caseNumber, 'ARCHIVE_DELAYED', false);
        return { seq };
      } catch (error) {
        if (deps.attempt() === ATTEMPTS_BEFORE_ATTENTION)
          await deps.signals.attention(caseNumber, 'ARCHIVE_DELAYED', true);
        throw error;
      }
    },
  };
}

async function archive(
  deps: ArchiveDependencies,
  caseNumber: string,
  now: EpochMs,
  after: readonly NoticeOrder[],
): Promise<number> {
  await noticesHandedOver(deps, caseNumber);
  const reservation = await deps.store.reserve(caseNumber, now);
  if (reservation.sealed) return deps.store.archivedAt(caseNumber);
  const [papers, documents, records, engineHistory] = await Promise.all([
    deps.papers(caseNumber),
    deps.store.documents(caseNumber),
    deps.store.records(caseNumber),
    deps.history(caseNumber),
  ]);
  const volume = await sealVolume({
    metadata: metadataOf(reservation, caseNumber, now),
    entries: [...papers, ...documents],
    records: { ...records, engineHistory },
  });
  const seal = signSeal(volume, await deps.sealKey());
  const objectKey = await deps.store.keep(caseNumber, volume.bytes);
  const facts = {
    objectKey,
    manifestHash: volume.manifestHash,
    seal,
    size: volume.bytes.length,
    at: now,
    retainUntil: retainUntil(now),
  };
  return deps.store.conclude(caseNumber, facts, after);
}

async function noticesHandedOver(deps: ArchiveDependencies, caseNumber: string): Promise<void> {
  for (let poll = 0; poll < NOTICE_POLLS; poll += 1) {
    if ((await deps.store.unsentNotices(caseNumber)) === 0) return;
    await deps.pause(NOTICE_POLL_MS);
  }
  throw ApplicationFailure.create({
    type: 'NoticesPending',
    message: 'notices of the case are still being sent',
  });
}

function metadataOf(
  reservation: Reservation,
  caseNumber: string,
  now: EpochMs,
): Parameters<typeof sealVolume>[0]['metadata'] {
  const { fondsNumber, year, roomVolumeNumber, districtCode, outcome } = reservation;
  return {
    fondsNumber,
    year,
    classCode: 'LH',
    roomVolumeNumber,
    caseNumber,
    outcome,
    retentionYears: RETENTION_YEARS,
    sealedAt: isoInstant(now),
    districtCode,
  };
}

/** Counted from 1 January after the year of sealing, as file retention is. */
function retainUntil(now: EpochMs): string {
  return `${Number(dateAt(now).slice(0, 4)) + RETENTION_YEARS}-12-31`;
}
