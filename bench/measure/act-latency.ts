import { sendBare, startBare } from '../bare/bare-life.ts';
import type { BenchSystem } from '../bench-system.ts';
import type { Couples } from '../case/couples.ts';
import { accept, prepareCase } from '../case/standard-case.ts';
import { inFlight } from '../in-flight.ts';
import type { Sizes } from '../sizes.ts';
import { percentile } from '../stats.ts';

/** Milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

export interface ActLatency {
  readonly samples: number;
  /** `accept` over REST, from the request to the answer. */
  readonly act: Latency;
  /** An Update of the bare workflow through the engine's client. */
  readonly update: Latency;
}

/** The first answers of each kind open connections and fill caches. */
const LEFT_OUT = 0.1;

/** One at a time, each on a workflow of its own that waits for it; the two kinds in turn. */
export async function measureActLatency(
  bench: BenchSystem,
  couples: Couples,
  sizes: Sizes,
): Promise<ActLatency> {
  const { desk, main } = bench;
  const ready = await inFlight(sizes.acts, sizes.width, () => prepareCase(desk, couples.next()));
  const waiting = await inFlight(sizes.acts, sizes.width, () => startBare(main));
  // Starting them left work behind that must not be in the way of the first samples.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const acts: number[] = [];
  const updates: number[] = [];
  for (const [index, caseNumber] of ready.entries()) {
    acts.push(await timed(() => accept(desk, caseNumber)));
    const handle = waiting[index];
    if (handle) updates.push(await timed(() => sendBare(handle, 'first')));
  }
  await inFlight(waiting.length, sizes.width, async (index) => {
    const handle = waiting[index];
    if (handle) await sendBare(handle, 'second');
  });
  const skipped = Math.floor(sizes.acts * LEFT_OUT);
  return {
    samples: sizes.acts - skipped,
    act: latencyOf(acts.slice(skipped)),
    update: latencyOf(updates.slice(skipped)),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function latencyOf(samples: readonly number[]): Latency {
  return { p50: percentile(samples, 0.5), p99: percentile(samples, 0.99) };
}
