import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../prisma/database.ts';
import { countByStage } from '../prisma/queries/cases.ts';

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
  return { registry, requestSeconds };
}
