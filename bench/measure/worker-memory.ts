import { setTimeout as sleep } from 'node:timers/promises';
import type { Control } from '../../simulators/control.ts';
import type { BenchSystem } from '../bench-system.ts';
import { residentMb } from '../counters/memory.ts';

/** Memory of the worker when a share of the messages had been handed over, in MB. */
export interface WorkerMemory {
  readonly atTenth: number;
  readonly atHalf: number;
  readonly atEnd: number;
  readonly most: number;
}

const EVERY_MS = 500;

/** Looks at the worker's memory until stopped. */
export function watchMemory(
  bench: BenchSystem,
  simulators: Control,
  messages: number,
): { stop(): Promise<WorkerMemory> } {
  const samples: { readonly share: number; readonly mb: number }[] = [];
  const over = new AbortController();
  const look = async (): Promise<void> => {
    const { accepted } = await simulators.rate();
    samples.push({ share: accepted / messages, mb: residentMb(bench.system.pid('worker') ?? 0) });
  };
  const watching = (async () => {
    while (!over.signal.aborted) {
      await look();
      await sleep(EVERY_MS);
    }
  })();
  // Told when it is stopped.
  watching.catch(() => undefined);
  const at = (share: number): number => samples.find((sample) => sample.share >= share)?.mb ?? NaN;
  return {
    async stop() {
      over.abort();
      await watching;
      await look();
      return {
        atTenth: at(0.1),
        atHalf: at(0.5),
        atEnd: at(1),
        most: Math.max(...samples.map(({ mb }) => mb)),
      };
    },
  };
}
