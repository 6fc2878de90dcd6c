import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../prisma/database.ts';
import { ALARM_CODES } from '../domain/alarms.ts';
import { openAlarms } from '../prisma/alarms.ts';
import { countByStage } from '../prisma/queries/cases.ts';
import { countOverdueNotices } from '../prisma/queries/reconciliation-notices.ts';
import { lastFinish, lastFinishedRun } from '../prisma/queries/reconciliation-runs.ts';

export interface ApiMetrics {
  readonly registry: Registry;
  readonly requestSeconds: Histogram<'method' | 'route' | 'status'>;
}

/** Counts and durations for monitoring: stages and states, never a case or a person. */
export function apiMetrics(db: Database): ApiMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'heli_api_' });
  const requestSeconds = new Histogram({
    name: 'heli_api_request_seconds',
    help: 'Time to answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers: [registry],
  });
  new Gauge({
    name: 'heli_cases',
    help: 'Cases by realm and stage.',
    labelNames: ['realm', 'stage'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { realm, stage, count } of await countByStage(db)) this.set({ realm, stage }, count);
    },
  });
  new Gauge({
    name: 'heli_cases_needing_attention',
    help: 'Live cases a person must look at.',
    registers: [registry],
    async collect() {
      this.set(await db.caseRecord.count({ where: { realm: 'live', needsAttention: true } }));
    },
  });
  new Gauge({
    name: 'heli_cases_not_started',
    help: 'Cases whose workflow has not been started yet.',
    registers: [registry],
    async collect() {
      this.set(await db.caseRecord.count({ where: { engineStarted: false } }));
    },
  });
  new Gauge({
    name: 'heli_notices',
    help: 'Notices by kind and state.',
    labelNames: ['kind', 'state'],
    registers: [registry],
    async collect() {
      this.reset();
      const rows = await db.notice.groupBy({ by: ['kind', 'state'], _count: { _all: true } });
      for (const { kind, state, _count } of rows) this.set({ kind, state }, _count._all);
    },
  });
  reconciliationMetrics(registry, db);
  return { registry, requestSeconds };
}

/** Whether what is promised is also proven. */
function reconciliationMetrics(registry: Registry, db: Database): void {
  const registers = [registry];
  new Gauge({
    name: 'heli_alarm',
    help: '1 while an alarm of this code stands.',
    labelNames: ['code'],
    registers,
    async collect() {
      const standing = new Set((await openAlarms(db)).map(({ code }) => code));
      for (const code of ALARM_CODES) this.set({ code }, standing.has(code) ? 1 : 0);
    },
  });
  new Gauge({
    name: 'heli_reconciliation_age_seconds',
    help: 'Time since a quick reconciliation finished; absent before the first.',
    registers,
    async collect() {
      const finished = await lastFinish(db, 'quick');
      this.reset();
      if (finished === undefined) this.remove();
      else this.set((Date.now() - finished) / 1_000);
    },
  });
  new Gauge({
    name: 'heli_reconciliation_drifts',
    help: 'Drifts the last finished reconciliation saw repaired, and those standing at its end.',
    labelNames: ['repaired'],
    registers,
    async collect() {
      const run = await lastFinishedRun(db);
      this.set({ repaired: 'true' }, run?.repaired ?? 0);
      // A drift that lasts is listed once: what stands counts, whichever run listed it.
      this.set({ repaired: 'false' }, run?.open ?? 0);
    },
  });
  new Gauge({
    name: 'heli_notices_overdue',
    help: 'Live notices that should have been ordered or sent by now.',
    registers,
    async collect() {
      this.set(await countOverdueNotices(db, Date.now()));
    },
  });
}
