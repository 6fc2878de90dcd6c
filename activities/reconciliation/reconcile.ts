import { KEEP_RUNS_MS, LOOK_AGAIN_MS } from '../../domain/reconciliation/slack.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type { Deliveries } from '../notices/delivery-port.ts';
import { compareCases, type Compared, questionCases } from './compare-cases.ts';
import { eachInTime } from './in-time.ts';
import { lookAgain } from './look-again.ts';
import type { CaseSight, Depth, LateReceipts, ReconciliationStore, RunCounts } from './port.ts';
import { settleCase } from './repair-cases.ts';
import { type NoticesSettled, settleNotices } from './repair-notices.ts';

export interface ReconciliationDependencies {
  readonly store: ReconciliationStore;
  readonly sight: CaseSight;
  readonly deliveries: Deliveries;
  readonly receipts: LateReceipts;
  /** Tells cases what a crash kept from them: that one of their notices has reached nobody. */
  readonly tellUntold: () => Promise<void>;
  /** Cases a deep run may ask each second. */
  readonly perSecond: number;
  readonly now: () => EpochMs;
  /** Tells the engine that the activity lives, and how far it has come. */
  readonly beat: (done?: number) => void;
  /** How far an earlier attempt had come; 0 when there was none. */
  readonly done: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

export interface ReconciliationActivities {
  beginReconciliation(run: { readonly runId: string; readonly depth: Depth }): Promise<void>;
  compareOpenCases(at: { readonly after: string }): Promise<Compared>;
  questionOpenCases(at: { readonly after: string }): Promise<Compared>;
  settleSuspects(of: {
    readonly runId: string;
    readonly depth: Depth;
    readonly suspects: readonly string[];
  }): Promise<void>;
  settleLateNotices(of: { readonly runId: string; readonly after: string }): Promise<NoticesSettled>;
  settleStrayNotices(of: { readonly runId: string; readonly after: string }): Promise<NoticesSettled>;
  lookAgainAtFindings(run: { readonly runId: string; readonly depth: Depth }): Promise<void>;
  finishReconciliation(run: { readonly runId: string } & RunCounts): Promise<void>;
  failReconciliation(run: { readonly runId: string; readonly error: string }): Promise<void>;
}

/** Cases asked by one activity of a deep run, and notices settled by one. */
const ASK_BATCH = 200;
const NOTICE_BATCH = 500;

/** The steps of a reconciliation. Each is bounded, tells that it lives, and may be repeated. */
export function reconciliationActivities(deps: ReconciliationDependencies): ReconciliationActivities {
  const { store, now } = deps;
  const at = { ...deps, beat: () => deps.beat() };
  return {
    async beginReconciliation({ runId, depth }) {
      await store.begin(runId, depth, now());
      await store.forgetBefore(now() - KEEP_RUNS_MS);
    },
    compareOpenCases: ({ after }) => compareCases(at, after),
    questionOpenCases: ({ after }) => questionCases(at, after, ASK_BATCH),
    async settleSuspects({ runId, depth, suspects }) {
      // Asking again what a person must look at would take its time-out, every few minutes; the night's run does.
      const left = depth === 'quick' ? await store.leftToPersons(suspects) : new Set<string>();
      const settle = (each: string) => (left.has(each) ? Promise.resolve() : settleCase(deps, runId, each));
      await eachInTime(deps, suspects, settle, deps.done());
    },
    async settleLateNotices({ runId, after }) {
      if (after === '') await deps.tellUntold();
      return settleNotices(at, runId, (...page) => store.lateNotices(...page), after, NOTICE_BATCH);
    },
    settleStrayNotices: ({ runId, after }) =>
      settleNotices(at, runId, (...page) => store.strayNotices(...page), after, NOTICE_BATCH),
    lookAgainAtFindings: ({ runId, depth }) => lookAgain(at, runId, depth, LOOK_AGAIN_MS),
    finishReconciliation: ({ runId, cases, notices }) => store.finish(runId, { cases, notices }, now()),
    failReconciliation: ({ runId, error }) => store.fail(runId, error, now()),
  };
}
