import type { ApiDependencies } from '../dependencies.ts';

/** Longer than a healthy engine takes, and short enough for whoever waits for the answer. */
const LONGEST_MS = 3_000;

/**
 * Starts what follows from an act that is on record already. The act is done whatever becomes of this: when the engine
 * is away, the reconciler starts what is due. Only the log is told, by codes.
 */
export async function followUp(
  { log }: Pick<ApiDependencies, 'log'>,
  what: string,
  start: () => Promise<void>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new FollowUpTooSlow());
    }, LONGEST_MS);
  });
  try {
    await Promise.race([start(), deadline]);
  } catch (error) {
    log.warn({ what, cause: error instanceof Error ? error.name : typeof error }, 'not started after an act');
  } finally {
    clearTimeout(timer);
  }
}

class FollowUpTooSlow extends Error {
  override readonly name = 'FollowUpTooSlow';
}
