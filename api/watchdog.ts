import { type ReconciliationHealth, reconciliationHealth } from '../domain/reconciliation/health.ts';
import type { EpochMs } from '../domain/zoned-time.ts';
import { clearAlarm, raiseAlarm } from '../prisma/alarms.ts';
import { lastQuickFinish, reconcilableSince } from '../prisma/queries/reconciliation-runs.ts';
import { mailAlarms } from './alarms/mail-alarms.ts';
import type { ApiDependencies } from './dependencies.ts';

const EVERY_MS = 10_000;
/** After a standstill of everything the worker reconciles first; only then is a missing run somebody's business. */
const FIRST_MS = 30_000;

/**
 * Watches over the reconciliation from a process that needs neither engine nor worker for it: a run that is late raises
 * an alarm, one that finishes clears it. Running it in several processes does no harm.
 * @returns stops it and waits for the look in progress
 */
export function startWatchdog(deps: ApiDependencies): () => Promise<void> {
  let running = Promise.resolve();
  let timer: NodeJS.Timeout;
  const look = (): void => {
    running = watch(deps).catch((error: unknown) => {
      deps.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'watchdog could not look');
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

/** One look: raises or clears RECONCILIATION_MISSED, and mails alarms nobody has been mailed yet. */
export async function watch(
  deps: Pick<ApiDependencies, 'db' | 'log' | 'now' | 'settings' | 'alarmMail'>,
): Promise<void> {
  const { db, log, settings } = deps;
  const now = deps.now();
  const health = await readHealth(deps, now);
  if (health.state === 'missed') {
    const detail = { lastFinishedAt: isoOrNull(health.lastFinishedAt), everyMs: settings.reconcileEveryMs };
    const raised = await raiseAlarm(db, 'RECONCILIATION_MISSED', detail, now);
    if (raised) log.error({ code: 'RECONCILIATION_MISSED', ...detail }, 'a reconciliation is late');
  } else if (await clearAlarm(db, 'RECONCILIATION_MISSED', now)) {
    log.info({ code: 'RECONCILIATION_MISSED' }, 'reconciliation runs again');
  }
  await mailAlarms(deps);
}

/** Whether reconciliation is looked after, by its record. */
export async function readHealth(
  { db, settings }: Pick<ApiDependencies, 'db' | 'settings'>,
  now: EpochMs,
): Promise<ReconciliationHealth> {
  const [lastFinishedAt, since] = await Promise.all([lastQuickFinish(db), reconcilableSince(db)]);
  return reconciliationHealth(
    {
      intervalMs: settings.reconcileEveryMs,
      since: since ?? now,
      ...(lastFinishedAt === undefined ? {} : { lastFinishedAt }),
    },
    now,
  );
}

function isoOrNull(instant: EpochMs | undefined): string | null {
  return instant === undefined ? null : new Date(instant).toISOString();
}
