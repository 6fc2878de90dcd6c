import { liveBare } from '../bare/bare-life.ts';
import type { BenchSystem } from '../bench-system.ts';
import type { Couples } from '../case/couples.ts';
import { liveCase } from '../case/standard-case.ts';
import { inFlight } from '../in-flight.ts';
import type { Sizes } from '../sizes.ts';

export const IN_FLIGHT = 50;

/** Whole lives a second. */
export interface Throughput {
  readonly cases: number;
  readonly bare: number;
  /** Requests the API was too busy to take at once. */
  readonly repeated: number;
}

export async function measureThroughput(
  bench: BenchSystem,
  couples: Couples,
  sizes: Sizes,
): Promise<Throughput> {
  const { desk, main, rehearsal } = bench;
  const before = desk.repeated();
  const bare = await perSecond(2 * sizes.throughput, () => liveBare(main));
  const cases = await perSecond(sizes.throughput, () => liveCase(desk, rehearsal, couples.next()));
  return { bare, cases, repeated: desk.repeated() - before };
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await inFlight(count, IN_FLIGHT, work);
  return count / ((performance.now() - began) / 1000);
}
