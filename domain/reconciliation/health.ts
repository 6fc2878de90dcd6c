import type { EpochMs } from '../zoned-time.ts';

/** Quick runs may be this many intervals old, and a minute more for the run itself, before one is missed. */
const INTERVALS = 2;
const GRACE_MS = 60_000;

export interface ReconciliationTimes {
  readonly intervalMs: number;
  /** When the last quick run finished. */
  readonly lastFinishedAt?: EpochMs;
  /** Since when there could be runs: the installation's first day, or the watching process's own start. */
  readonly since: EpochMs;
}

export interface ReconciliationHealth {
  readonly state: 'on-time' | 'missed';
  readonly lastFinishedAt?: EpochMs;
  /** When the next quick run should have finished, at the latest about a run's length later. */
  readonly nextExpectedAt: EpochMs;
  /** From here on a run is missed. */
  readonly missedFrom: EpochMs;
}

/** Whether the reconciliation itself is looked after. All instants in real time. */
export function reconciliationHealth(times: ReconciliationTimes, now: EpochMs): ReconciliationHealth {
  const { intervalMs, lastFinishedAt, since } = times;
  const from = lastFinishedAt ?? since;
  const missedFrom = from + INTERVALS * intervalMs + GRACE_MS;
  return {
    state: now > missedFrom ? 'missed' : 'on-time',
    nextExpectedAt: from + intervalMs,
    missedFrom,
    ...(lastFinishedAt === undefined ? {} : { lastFinishedAt }),
  };
}
