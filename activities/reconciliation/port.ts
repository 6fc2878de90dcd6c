import type { CaseState } from '../../domain/case/state.ts';
import type { Channel, Stage } from '../../domain/case/vocabulary.ts';
import type {
  CaseDrift,
  CaseInEngine,
  CaseOnRecord,
  CaseRepair,
} from '../../domain/reconciliation/case-drift.ts';
import type { NoticeDrift, NoticeOnRecord, NoticeRepair } from '../../domain/reconciliation/notice-drift.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';

/** `quick`: lists against rows, every few minutes. `deep`: besides, every open case is asked, every night. */
export const DEPTHS = ['quick', 'deep'] as const;
export type Depth = (typeof DEPTHS)[number];

/** A live case's row, as far as it is compared. */
export interface ComparedCase extends CaseOnRecord {
  readonly caseNumber: string;
}

/** A live case's notice that lacks its outcome. */
export interface ComparedNotice extends NoticeOnRecord {
  readonly id: string;
  readonly caseNumber: string;
}

/** A drift as it is listed. */
export interface Found {
  /** Case number, or id of a notice. */
  readonly ref: string;
  readonly caseNumber: string;
  readonly code: CaseDrift | NoticeDrift;
  /** Codes, numbers and instants: what either side said. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  readonly repair: CaseRepair | NoticeRepair;
}

/** Why a drift is left to a person, or a repair came to nothing. */
export const REPAIR_ERRORS = [
  'NEEDS_A_PERSON',
  'STATE_NOT_KEPT',
  'STATE_IS_OLDER',
  'CALENDAR_UNKNOWN',
  'POLICY_UNKNOWN',
  'NO_ANSWER',
  'GATEWAY_AWAY',
  'STILL_DIFFERENT',
] as const;
export type RepairError = (typeof REPAIR_ERRORS)[number];

/** Where a case's workflow is started from. */
export interface StartPlace {
  readonly venueId: string;
  readonly street: string;
  readonly channel: Channel;
}

/** What a case is started again with, or why it can't be. */
export type Resumable =
  | { readonly ok: true; readonly carried: CaseState; readonly place: StartPlace }
  | { readonly ok: false; readonly error: RepairError };

/** A drift that was found and not seen repaired, in however many runs. */
export interface OpenFinding {
  readonly ref: string;
  readonly code: string;
}

export interface RunCounts {
  readonly cases: number;
  readonly notices: number;
}

/** The record, as reconciliation reads it, and the list of what it found. Live cases only: a rehearsal lives in its own time. */
export interface ReconciliationStore {
  begin(runId: string, depth: Depth, at: EpochMs): Promise<void>;
  /** Counts drifts and repairs from the findings. Clears the alarm of an earlier failure. */
  finish(runId: string, counts: RunCounts, at: EpochMs): Promise<void>;
  /** Keeps why the run came to no end, and raises the alarm. */
  fail(runId: string, error: string, at: EpochMs): Promise<void>;
  /** Forgets runs that began before, with their findings. */
  forgetBefore(at: EpochMs): Promise<void>;

  /** Cases whose stage is not final, in the order of their numbers. */
  openCases(after: string, limit: number): Promise<readonly ComparedCase[]>;
  /** Those of the given live cases that are on record, whatever their stage. */
  casesOf(caseNumbers: readonly string[]): Promise<readonly ComparedCase[]>;
  /** What the workflow of a case is started with; undefined when it has been. */
  startOf(caseNumber: string): Promise<{ readonly start: unknown; readonly place: StartPlace } | undefined>;
  markStarted(caseNumber: string): Promise<void>;
  resumable(caseNumber: string): Promise<Resumable>;

  /** Notices that lack an outcome and may be late, in the order of their ids. */
  lateNotices(after: string, limit: number, now: EpochMs): Promise<readonly ComparedNotice[]>;
  /** Notices on the plan of a later day that their case's own plan does not have, in the order of their ids. */
  strayNotices(after: string, limit: number, now: EpochMs): Promise<readonly ComparedNotice[]>;
  /** Those of the given notices that still lack an outcome. */
  noticesOf(ids: readonly string[]): Promise<readonly ComparedNotice[]>;

  /** Lists drifts; one that stands since an earlier run, or is listed by this one already, is left as it is. */
  list(runId: string, found: readonly Found[]): Promise<void>;
  /**
   * What was found and not seen repaired, each once, in an order that differs from run to run.
   * @param withPersons also what waits for a person
   */
  unrepaired(runId: string, limit: number, withPersons: boolean): Promise<readonly OpenFinding[]>;
  /** Those of the given cases that a person must look at. */
  leftToPersons(caseNumbers: readonly string[]): Promise<ReadonlySet<string>>;
  repaired(findings: readonly OpenFinding[], at: EpochMs): Promise<void>;
  /** Keeps why what stands open of these has not been repaired: the first reason that says more than that it still differs. */
  notRepaired(findings: readonly OpenFinding[], error: RepairError): Promise<void>;
}

/** The engine's side. Every call has its own time-out. */
export interface CaseSight {
  /** All running live cases and the stage each shows, page by page. A list may be seconds behind the engine. */
  running(): AsyncIterable<readonly { readonly caseNumber: string; readonly stage?: Stage }[]>;
  /** The engine's own word on one case, not a list's; with its status when `ask` says so. */
  look(caseNumber: string, ask: boolean): Promise<CaseInEngine>;
  /** The case looks at its own clock and writes its picture again. @throws NoAnswer */
  reconcile(caseNumber: string, runId: string): Promise<void>;
  /** Starts a case's workflow; one that runs, or has run, is left alone. */
  start(caseNumber: string, start: unknown, place: StartPlace): Promise<void>;
  /** Starts a workflow again that the engine has lost; never beside one that runs. */
  resume(caseNumber: string, carried: CaseState, place: StartPlace, runId: string): Promise<void>;
}

/** Asks the gateway what became of a notice that has no receipt, and lets the rules of delivery go on from its answer. */
export interface LateReceipts {
  /** @throws GatewayUnavailable, GatewayRefused */
  settle(noticeId: string): Promise<void>;
}
