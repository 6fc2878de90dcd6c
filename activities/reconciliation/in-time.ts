import type { EpochMs } from '../../domain/zoned-time.ts';

/**
 * Each piece of work that asks the engine or a gateway ends within this, in ms: what is asked may take its whole
 * time-out, and the engine gives an activity, of two such pieces at most, ten minutes. What is left over is found again by the next run.
 */
export const WORK_MS = 4 * 60_000;

/** Cases that are asked at once: one that does not answer must not hold up the others. */
const AT_ONCE = 8;

export interface InTime {
  readonly now: () => EpochMs;
  /** Tells the engine that the activity lives, and how far it has come. */
  readonly beat: (done: number) => void;
}

/**
 * Does `work` for each item, a few at once, until all are done or the time is over.
 * @param done how many an earlier attempt had done
 * @returns how many are done
 */
export async function eachInTime<T>(
  { now, beat }: InTime,
  items: readonly T[],
  work: (item: T) => Promise<void>,
  done = 0,
): Promise<number> {
  const until = now() + WORK_MS;
  let next = done;
  while (next < items.length && now() < until) {
    const some = items.slice(next, next + AT_ONCE);
    await Promise.all(some.map(work));
    next += some.length;
    beat(next);
  }
  return Math.min(next, items.length);
}
