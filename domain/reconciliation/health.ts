import type { EpochMs } from '../zoned-time.ts';

const MINUTE = 60_000;
/** Runs may be this many intervals old, and a grace for the run itself, before one is missed. */
const INTERVALS = 2;

/** How long a run may take beyond its interval, in ms: the deep one asks every open case at a bounded rate. */
export const RUN_GRACE_MS = { quick: MINUTE, deep: 60 * MINUTE } as const;
/** The deep run is due once a night. */
export const DEEP_INTERVAL_MS = 24 * 60 * MINUTE;

export interface ReconciliationTimes {
  readonly intervalMs: number;
  readonly graceMs: number;
  /** When the last run of this depth finished. */
  readonly lastFinishedAt?: EpochMs;
  /** Since when there could be runs: the installation's first day, or the watching process's own start. */
  readonly since: EpochMs;
}

export interface ReconciliationHealth {
  readonly state: 'on-time' | 'missed';
  readonly lastFinishedAt?: EpochMs;
  /** When the next run should have finished, at the latest about a run's length later. */
  readonly nextExpectedAt: EpochMs;
  /** From here on a run is missed. */
  readonly missedFrom: EpochMs;
}

/** Whether the reconciliation of one depth is itself looked after. All instants in real time. */
export function reconciliationHealth(times: ReconciliationTimes, now: EpochMs): ReconciliationHealth {
  const { intervalMs, graceMs, lastFinishedAt, since } = times;
  const from = lastFinishedAt ?? since;
  const missedFrom = from + INTERVALS * intervalMs + graceMs;
  return {
    state: now > missedFrom ? 'missed' : 'on-time',
    nextExpectedAt: from + intervalMs,
    missedFrom,
    ...(lastFinishedAt === undefined ? {} : { lastFinishedAt }),
  };
}
