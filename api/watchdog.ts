import { type Depth, DEPTHS } from '../activities/reconciliation/port.ts';
import { detailOfDepths } from '../domain/reconciliation/alarm-detail.ts';
import {
  DEEP_INTERVAL_MS,
  type ReconciliationHealth,
  reconciliationHealth,
  RUN_GRACE_MS,
} from '../domain/reconciliation/health.ts';
import type { EpochMs } from '../domain/zoned-time.ts';
import { reviseAlarm } from '../prisma/alarms.ts';
import { lastFinish, reconcilableSince } from '../prisma/queries/reconciliation-runs.ts';
import { alarmMailing } from './alarms/mail-alarms.ts';
import type { ApiDependencies } from './dependencies.ts';
import { reasonOf } from './reason-of.ts';

const EVERY_MS = 10_000;
/** After a standstill of everything the worker reconciles first; only then is a missing run somebody's business. */
const FIRST_MS = 30_000;

/**
 * Watches over the reconciliation from a process that needs neither engine nor worker for it: a run that is late raises
 * an alarm, the next one of its depth that finishes clears it. Running it in several processes does no harm.
 * @returns stops it and waits for the look in progress
 */
export function startWatchdog(deps: ApiDependencies): () => Promise<void> {
  let running = Promise.resolve();
  let timer: NodeJS.Timeout;
  const mail = alarmMailing(deps);
  const look = (): void => {
    running = watch(deps, mail).catch((error: unknown) => {
      deps.log.warn({ reason: reasonOf(error) }, 'watchdog could not look');
    });
    void running.then(() => (timer = setTimeout(look, EVERY_MS)));
  };
  timer = setTimeout(look, FIRST_MS);
  return async () => {
    clearTimeout(timer);
    await running;
    clearTimeout(timer);
  };
}

/**
 * One look: RECONCILIATION_MISSED says which depths are late, and alarms nobody has been mailed yet are mailed.
 * @param mail as `alarmMailing` makes it
 */
export async function watch(
  deps: Pick<ApiDependencies, 'db' | 'log' | 'now' | 'settings'>,
  mail: () => Promise<void>,
): Promise<void> {
  const { db, log } = deps;
  const now = deps.now();
  const detail = missedDetail(await readHealth(deps, now));
  const turn = await db.$transaction((tx) => reviseAlarm(tx, 'RECONCILIATION_MISSED', now, () => detail));
  const told = { code: 'RECONCILIATION_MISSED', ...detail };
  if (turn === 'cleared') log.info(told, 'reconciliation runs again');
  else if (turn !== 'as-it-was') log.error(told, 'a reconciliation is late');
  await mail();
}

/** Which depths are late, and since when; undefined when none is. */
function missedDetail(health: ReconciliationsHealth) {
  const missed = DEPTHS.filter((depth) => health[depth].state === 'missed').map(
    (depth) => [depth, { lastFinishedAt: isoOrNull(health[depth].lastFinishedAt) }] as const,
  );
  return detailOfDepths(DEPTHS, Object.fromEntries(missed));
}

export type ReconciliationsHealth = Readonly<Record<Depth, ReconciliationHealth>>;

/** Whether reconciliation is looked after, by its record. */
export async function readHealth(
  { db, settings }: Pick<ApiDependencies, 'db' | 'settings'>,
  now: EpochMs,
): Promise<ReconciliationsHealth> {
  const [quick, deep, since] = await Promise.all([
    lastFinish(db, 'quick'),
    lastFinish(db, 'deep'),
    reconcilableSince(db),
  ]);
  const of = (depth: Depth, intervalMs: number, lastFinishedAt: EpochMs | undefined): ReconciliationHealth =>
    reconciliationHealth(
      {
        intervalMs,
        graceMs: RUN_GRACE_MS[depth],
        since: since ?? now,
        ...(lastFinishedAt === undefined ? {} : { lastFinishedAt }),
      },
      now,
    );
  return { quick: of('quick', settings.reconcileEveryMs, quick), deep: of('deep', DEEP_INTERVAL_MS, deep) };
}

function isoOrNull(instant: EpochMs | undefined): string | null {
  return instant === undefined ? null : new Date(instant).toISOString();
}
