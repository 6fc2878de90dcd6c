import { sweepRecomputations, sweepUntold } from './calendars/sweep-calendars.ts';
import { sweepNotStarted } from './cases/start-pending.ts';
import type { ApiDependencies } from './dependencies.ts';
import { KEEP_ANSWERS_MS } from '../prisma/idempotency.ts';
import { reasonOf } from './reason-of.ts';

const EVERY_MS = 60_000;
/** Cases are compared with their calendars at start-up and then this often; approvals have them told at once. */
const COMPARE_EVERY_MS = 3_600_000;

/**
 * Makes good what a crash may have left half done: workflows not started, cases not told of their calendar; and
 * forgets answers nobody will ask for again. Running it in several processes does no harm.
 * @returns stops it and waits for the sweep in progress
 */
export function startSweeping(deps: ApiDependencies): () => Promise<void> {
  let comparedAt = -Infinity;
  let running = Promise.resolve();
  const sweep = async (): Promise<void> => {
    const started = await sweepNotStarted(deps);
    if (started > 0) deps.log.info({ started }, 'started cases whose start was lost');
    await deps.answers.forgetBefore(new Date(deps.now() - KEEP_ANSWERS_MS));
    await sweepRecomputations(deps);
    if (performance.now() - comparedAt < COMPARE_EVERY_MS) return;
    const begun = await sweepUntold(deps);
    comparedAt = performance.now();
    if (begun.length > 0) deps.log.info({ begun }, 'cases found that do not follow from their calendar');
  };
  const run = (): void => {
    running = running.then(sweep).catch((error: unknown) => {
      deps.log.warn({ reason: reasonOf(error) }, 'sweep failed; it runs again');
    });
  };
  run();
  const timer = setInterval(run, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
