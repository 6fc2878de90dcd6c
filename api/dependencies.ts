import type { Logger } from 'pino';
import type { ReceiptEffect } from '../activities/notices/apply-receipt.ts';
import type { Deliveries } from '../activities/notices/delivery-port.ts';
import type { DeliveryReceipt, Mailer, ReceiptReader } from '../activities/notices/port.ts';
import type { PaperPress } from '../activities/papers/port.ts';
import type { KeyStore } from '../adapters/key-store/port.ts';
import type { ObjectStore } from '../adapters/object-store/port.ts';
import type { WorkCalendar } from '../domain/clock/calendar.ts';
import type { PolicyBook } from '../config/policy-book.ts';
import type { CaseCipher } from '../prisma/case-cipher.ts';
import type { Database } from '../prisma/database.ts';
import type { IdempotentAnswers } from '../prisma/idempotency.ts';
import type { CodecMessage, CodecOperation } from '../temporal/codec/codec-endpoint.ts';
import type { RecomputationControl } from '../temporal/recomputation.ts';
import type { TokenVerifier } from './auth/verify-token.ts';
import type { CaseEngine } from './engine/port.ts';
import type { ApiMetrics } from './metrics.ts';

/** What is found when a volume is checked. */
export interface VolumeVerdict {
  readonly ok: boolean;
  readonly manifestHash?: string;
  readonly problems: readonly { readonly code: string; readonly path?: string | undefined }[];
}

export interface ApiSettings {
  readonly publicUrl: string;
  /** Demonstration district: test telephone numbers are taken, the codec answers on loopback without a token. */
  readonly demo: boolean;
  /** Where the engine's own console is; it may ask for decoded payloads. */
  readonly webUiUrl: string;
  readonly uploadLimitBytes: number;
  /** How long an act may take before the caller is told to send it again, in ms. */
  readonly actTimeoutMs: number;
  /** Where a token that names no venue is at home. */
  readonly defaultVenue: string;
  readonly version: string;
  /** How often engine and record are compared, in ms. */
  readonly reconcileEveryMs: number;
}

/** Everything the API needs; wired in `main.ts`. */
export interface ApiDependencies {
  readonly settings: ApiSettings;
  readonly log: Logger;
  readonly db: Database;
  readonly keys: KeyStore;
  readonly cipher: CaseCipher;
  readonly engine: CaseEngine;
  readonly recomputations: RecomputationControl;
  readonly objects: ObjectStore;
  readonly answers: IdempotentAnswers;
  readonly verifyToken: TokenVerifier;
  /** Papers the district issues, printed from the record. */
  readonly papers: PaperPress;
  readonly verifyVolume: (bytes: Uint8Array, seal: unknown) => Promise<VolumeVerdict>;
  /** What cases are reminded of, as it is in force. */
  readonly policies: Pick<PolicyBook, 'inForce'>;
  readonly receipts: ReceiptReader;
  /** Notes what became of a message, and starts what follows from it. */
  readonly noteReceipt: (receipt: DeliveryReceipt) => Promise<ReceiptEffect>;
  /** Sees to it that notices put back into the queue leave. */
  readonly deliveries: Deliveries;
  /** Whether these are the digits a new number was sent. */
  readonly isConfirmationCode: (changeId: string, code: string) => Promise<boolean>;
  readonly codec: (operation: CodecOperation, body: unknown) => Promise<CodecMessage>;
  /** For rehearsals: every year counts as published. */
  readonly countAsPublished: (calendar: WorkCalendar) => WorkCalendar;
  readonly metrics: ApiMetrics;
  /** Who is mailed when an alarm is raised; undefined when nobody is. */
  readonly alarmMail: { readonly mailer: Mailer; readonly to: string } | undefined;
  /** Milliseconds since 1970; replaced in tests only. */
  readonly now: () => number;
}
