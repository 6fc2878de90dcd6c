import { Router } from 'express';
import { openAlarms } from '../prisma/alarms.ts';
import type { ApiDependencies } from './dependencies.ts';

interface Readiness {
  readonly database: boolean;
  readonly engine: boolean;
  readonly worker: boolean;
}

/** What a probe is told: alarms are for people, so one that stands takes no process out of service. */
interface Report {
  readonly checks: Readiness;
  readonly alarms: readonly string[];
}

/** Probes may come from several watchers at once; the engine is asked at most this often, in ms. */
const FRESH_MS = 1_500;

/** What operators watch: alive, ready, counted. */
export function operations(deps: ApiDependencies): Router {
  const router = Router();
  const readiness = remembered(() => checkReadiness(deps));
  router.get('/healthz', (request, response) => {
    request.routePattern = '/healthz';
    response.json({ ok: true });
  });
  router.get('/readyz', async (request, response) => {
    request.routePattern = '/readyz';
    const { checks, alarms } = await readiness();
    const ready = checks.database && checks.engine && checks.worker;
    response.status(ready ? 200 : 503).json({ ready, checks, alarms });
  });
  router.get('/metrics', async (request, response) => {
    request.routePattern = '/metrics';
    const { registry } = deps.metrics;
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

async function checkReadiness(deps: ApiDependencies): Promise<Report> {
  const [alarms, engine] = await Promise.all([alarmsOf(deps), deps.engine.health()]);
  const checks = { database: alarms !== undefined, engine: engine.reachable, worker: engine.workers };
  return { checks, alarms: alarms ?? [] };
}

/** The alarms that stand; undefined when the database does not answer. */
async function alarmsOf({ db }: ApiDependencies): Promise<readonly string[] | undefined> {
  try {
    return (await openAlarms(db)).map(({ code }) => code);
  } catch {
    return undefined;
  }
}

function remembered<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked = -Infinity;
  let answer: Promise<T> | undefined;
  return () => {
    const now = performance.now();
    if (!answer || now - asked > FRESH_MS) {
      asked = now;
      answer = ask();
    }
    return answer;
  };
}
