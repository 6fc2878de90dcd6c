import type { ActInput } from '../../domain/case/act-input.ts';
import type { ActAnswer, Realm } from '../../domain/case/state.ts';
import type { AttentionCode, Channel } from '../../domain/case/vocabulary.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import type { CounsellingAct, CounsellingState } from '../../domain/counselling/counselling.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type { Move, Moved } from '../../temporal/rehearsal.ts';
import type { Depth } from '../../activities/reconciliation/port.ts';
import type { CaseStart, CaseStatus } from '../../workflows/messages.ts';

/** Which case, and in which of the two namespaces it lives. */
export interface CaseRef {
  readonly caseNumber: string;
  readonly realm: Realm;
}

export interface CaseToStart extends CaseRef {
  readonly start: CaseStart;
  readonly venueId: string;
  readonly street: string;
  readonly channel: Channel;
}

/** One event of the engine's history, its payloads opened. */
export interface EngineEvent {
  readonly runId: string;
  readonly eventId: number;
  /** UTC instant of the case's own time. */
  readonly time: string;
  readonly type: string;
  readonly attributes: unknown;
}

export interface EngineHealth {
  readonly reachable: boolean;
  /** A worker asks for tasks in every namespace. */
  readonly workers: boolean;
}

/** What the API asks of the workflow engine. All methods may throw {@link EngineUnavailable}. */
export interface CaseEngine {
  /** Starts a reconciliation under this id; one of the same id is left alone. */
  reconcile(runId: string, depth: Depth): Promise<void>;
  /** Starts the case's workflow; one that runs already is left alone. */
  start(start: CaseToStart): Promise<void>;
  /** @throws ActRefusedByCase, CaseNotRunning */
  act(ref: CaseRef, input: ActInput): Promise<ActAnswer>;
  /** @throws ActRefusedByCase, CaseNotRunning */
  counsel(ref: CaseRef, counsellingId: string, act: CounsellingAct): Promise<CounsellingState>;
  /** Undefined when the case's workflow has ended. */
  status(ref: CaseRef): Promise<CaseStatus | undefined>;
  /** A case that has ended is not told. */
  publishCalendar(ref: CaseRef, calendar: WorkCalendar): Promise<void>;
  /** Whether a person still has to look, for this reason. A case that has ended is not told. */
  attention(ref: CaseRef, code: AttentionCode, raised: boolean): Promise<void>;
  /** Every run's events, oldest first; undefined when the engine keeps none. */
  history(ref: CaseRef): Promise<readonly EngineEvent[] | undefined>;
  /** Moves a rehearsal case ahead; throws the named errors of `temporal/rehearsal-errors.ts`. */
  fastForward(ref: CaseRef, move: Move): Promise<Moved>;
  /** The case's own time. */
  caseNow(ref: CaseRef): Promise<EpochMs>;
  /** Name of the namespace, for the link to the engine's console. */
  namespaceOf(ref: CaseRef): string;
  health(): Promise<EngineHealth>;
}

/** The engine did not answer in time; whether the request arrived is not known. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
}

/** The procedure does not allow the act now. */
export class ActRefusedByCase extends Error {
  override readonly name = 'ActRefusedByCase';
  readonly reason: string;
  readonly stage: string;

  constructor(reason: string, stage: string) {
    super(reason);
    this.reason = reason;
    this.stage = stage;
  }
}

/** The workflow has ended or was never started. */
export class CaseNotRunning extends Error {
  override readonly name = 'CaseNotRunning';
}
