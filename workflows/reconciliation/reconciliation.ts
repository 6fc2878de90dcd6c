import { ContinueAsNew, continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { Depth } from '../../activities/reconciliation/port.ts';
import type { ReconciliationActivities } from '../../activities/reconciliation/reconcile.ts';
import { LOOK_TWICE_MS } from '../../domain/reconciliation/slack.ts';

/** What is done one after the other; `question` and `stray` belong to a deep run only. */
const PHASES = ['compare', 'question', 'late', 'stray', 'again'] as const;
type Phase = (typeof PHASES)[number];
const DEEP_ONLY: readonly Phase[] = ['question', 'stray'];

export interface ReconciliationStart {
  readonly depth: Depth;
  /** How far an earlier run of the engine's had come. */
  readonly progress?: Progress;
}

interface Progress {
  readonly phase: Phase;
  /** The last case or notice that was looked at; '' to begin. */
  readonly after: string;
  readonly cases: number;
  readonly notices: number;
}

const steps = proxyActivities<ReconciliationActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '1 minute',
  // Longer away than this, and the run has failed: the next one begins anew, and a person is told.
  scheduleToCloseTimeout: '15 minutes',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});

/** The last word of a run; it may take as long as the database is away. */
const { failReconciliation } = proxyActivities<ReconciliationActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 20 },
});

/**
 * Proves that every open live case has its next wake-up in the engine and on record, and every due notice an outcome;
 * what has not is listed and repaired. A rehearsed case lives in a time of its own, which nothing here could be
 * compared with. See docs/decisions/0032-reconciliation.md.
 */
export async function reconciliation({ depth, progress }: ReconciliationStart): Promise<void> {
  const { workflowId: runId } = workflowInfo();
  try {
    if (!progress) await steps.beginReconciliation({ runId, depth });
    const done = await walk(runId, depth, progress ?? { phase: PHASES[0], after: '', cases: 0, notices: 0 });
    if (done.more) return await continueAsNew<typeof reconciliation>({ depth, progress: done.progress });
    const { cases, notices } = done.progress;
    await steps.finishReconciliation({ runId, cases, notices });
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    await failReconciliation({ runId, error: codeOf(error) });
    throw error;
  }
}

/** Goes through the phases until all are done or the history has grown long. */
async function walk(
  runId: string,
  depth: Depth,
  from: Progress,
): Promise<{ readonly progress: Progress; readonly more: boolean }> {
  let progress = from;
  for (const phase of PHASES.slice(PHASES.indexOf(from.phase))) {
    if (phase !== progress.phase) progress = { ...progress, phase, after: '' };
    if (depth === 'quick' && DEEP_ONLY.includes(phase)) continue;
    for (;;) {
      const { cases, notices, next } = await step({ runId, depth }, phase, progress.after);
      progress = {
        phase,
        after: next ?? '',
        cases: progress.cases + cases,
        notices: progress.notices + notices,
      };
      if (next === undefined) break;
      if (workflowInfo().continueAsNewSuggested) return { progress, more: true };
    }
  }
  return { progress, more: false };
}

interface Run {
  readonly runId: string;
  readonly depth: Depth;
}

interface Stepped {
  readonly cases: number;
  readonly notices: number;
  readonly next?: string | undefined;
}

async function step(run: Run, phase: Phase, after: string): Promise<Stepped> {
  const { runId } = run;
  switch (phase) {
    case 'compare':
      return settled(run, await steps.compareOpenCases({ after }));
    case 'question':
      return settled(run, await steps.questionOpenCases({ after }));
    case 'late':
      return { cases: 0, ...(await steps.settleLateNotices({ runId, after })) };
    case 'stray':
      return { cases: 0, ...(await steps.settleStrayNotices({ runId, after })) };
    case 'again':
      await steps.lookAgainAtFindings(run);
      return { cases: 0, notices: 0 };
  }
}

/** A suspicion is looked at twice: a turn in progress explains most of them. */
async function settled(
  run: Run,
  { cases, suspects, next }: Awaited<ReturnType<ReconciliationActivities['compareOpenCases']>>,
): Promise<Stepped> {
  if (suspects.length > 0) {
    await sleep(LOOK_TWICE_MS);
    await steps.settleSuspects({ ...run, suspects });
  }
  return { cases, notices: 0, next };
}

/** The failure's type, which is a name of ours; its text may quote anything. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const type = cause instanceof Error && 'type' in cause ? cause.type : undefined;
  return typeof type === 'string' && type !== '' ? type : cause instanceof Error ? cause.name : 'unknown';
}
