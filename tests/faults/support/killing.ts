import type { PartName } from '../../../scripts/lib/part.ts';
import { pause } from '../../support/cases/eventually.ts';
import type { OwnSystem } from '../../support/cases/own-system.ts';
import { between, type Random, shuffled } from './seeded.ts';

/** From the moment the part killed last runs again. */
const PAUSE_MS = { least: 1_000, most: 7_000 } as const;

/**
 * Kills each of these parts so many times, at moments and in an order drawn from `random`. Whoever looks after them
 * waits longer each time before it starts one again, so they are not many.
 */
export async function killAtRandom(
  own: OwnSystem,
  times: Readonly<Partial<Record<PartName, number>>>,
  random: Random,
): Promise<void> {
  const all = (Object.entries(times) as [PartName, number][]).flatMap(([part, count]) =>
    Array.from({ length: count }, () => part),
  );
  for (const part of shuffled(random, all)) {
    await pause(between(random, PAUSE_MS.least, PAUSE_MS.most));
    await own.kill(part);
  }
}
