import type { EpochMs } from '../../domain/zoned-time.ts';
import type { NoticeOrder } from '../records/port.ts';
import type { JsonValue } from './volume/canonical-json.ts';
import type { VolumeEntry } from './volume/seal-volume.ts';
import type { Seal } from './volume/seal-signature.ts';

/** The number a volume has before it is bound; reserved once, so that the shelf has no gaps. */
export interface Reservation {
  readonly fondsNumber: string;
  readonly year: number;
  readonly roomVolumeNumber: number;
  readonly districtCode: string;
  readonly outcome: 'registered' | 'withdrawn' | 'deemed-withdrawn';
  /** The volume is sealed already: an earlier attempt got this far. */
  readonly sealed: boolean;
}

export interface ArchiveRecords {
  readonly acts: JsonValue;
  readonly notices: JsonValue;
}

export interface SealedFacts {
  readonly objectKey: string;
  readonly manifestHash: string;
  readonly seal: Seal;
  readonly size: number;
  readonly at: EpochMs;
  readonly retainUntil: string;
}

export interface ArchiveStore {
  /** Notices of the procedure that may still reach a gateway; a volume is sealed when there are none. */
  unsentNotices(caseNumber: string): Promise<number>;
  reserve(caseNumber: string, at: EpochMs): Promise<Reservation>;
  records(caseNumber: string): Promise<ArchiveRecords>;
  /** What the parties uploaded, opened. */
  documents(caseNumber: string): Promise<VolumeEntry[]>;
  /** Stores the volume's bytes under the case's key. */
  keep(caseNumber: string, bytes: Buffer): Promise<string>;
  /**
   * One transaction: the seal, the step to `archived`, the audit entry, and the notices that follow. Answers the
   * step's number.
   */
  conclude(caseNumber: string, facts: SealedFacts, after: readonly NoticeOrder[]): Promise<number>;
  /** The step's number of a case archived before. */
  archivedAt(caseNumber: string): Promise<number>;
}
