import type { BenchSystem } from '../bench-system.ts';
import type { Couples } from '../case/couples.ts';
import { applicationOf } from '../case/couple.ts';
import { type Cost, costOf } from '../counters/cost.ts';
import { inFlight } from '../in-flight.ts';

const DAY_MS = 86_400_000;

export interface IdleMoves {
  readonly cases: number;
  /** Of each case. */
  readonly moves: number;
  readonly width: number;
}

/**
 * What moving a case in time costs by itself: drafts, to which nothing happens for thirty days, are moved a day at a
 * time. In a real life nobody moves a case, so this share is told apart.
 */
export async function idleMoves(bench: BenchSystem, couples: Couples, wanted: IdleMoves): Promise<Cost> {
  const { desk } = bench;
  const { cases, moves, width } = wanted;
  const opened = await inFlight(cases, width, () => desk.openRehearsal(applicationOf(couples.next())));
  const began = Date.now();
  return costOf(bench, async () => {
    await inFlight(cases, width, async (index) => {
      const caseNumber = opened[index]?.caseNumber ?? '';
      for (let move = 1; move <= moves; move += 1) await desk.move(caseNumber, began + move * DAY_MS);
    });
  });
}
