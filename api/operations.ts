import { Router } from 'express';
import type { ApiDependencies } from './dependencies.ts';

interface Readiness {
  readonly database: boolean;
  readonly engine: boolean;
  readonly worker: boolean;
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
    const checks = await readiness();
    const ready = checks.database && checks.engine && checks.worker;
    response.status(ready ? 200 : 503).json({ ready, checks });
  });
  router.get('/metrics', async (request, response) => {
    request.routePattern = '/metrics';
    const { registry } = deps.metrics;
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

async function checkReadiness(deps: ApiDependencies): Promise<Readiness> {
  const [database, engine] = await Promise.all([answersDatabase(deps), deps.engine.health()]);
  return { database, engine: engine.reachable, worker: engine.workers };
}

async function answersDatabase({ db }: ApiDependencies): Promise<boolean> {
  try {
    await db.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
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
