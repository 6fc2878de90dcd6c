import { setTimeout as sleep } from 'node:timers/promises';
import { liveBare } from '../bare/bare-life.ts';
import type { BenchSystem } from '../bench-system.ts';
import type { Couples } from '../case/couples.ts';
import { liveCase, MOVES, requireStandard } from '../case/standard-case.ts';
import { addCosts, type Cost, costOf } from '../counters/cost.ts';
import { type HistorySize, historySize } from '../counters/history.ts';
import { inFlight } from '../in-flight.ts';
import type { Sizes } from '../sizes.ts';
import { idleMoves } from './idle-moves.ts';

export interface PerCase {
  readonly pieces: number;
  readonly cases: Cost;
  readonly bare: Cost;
  /** As many moves as the cases took, of cases to which nothing happens on the way. */
  readonly moves: Cost;
  readonly history: HistorySize;
  readonly bareHistory: HistorySize;
}

const SENT_WITHIN_MS = 60_000;

/** Fully used processes are measured, not starting ones. @throws when a case did not do what a case does */
export async function warmUp(bench: BenchSystem, couples: Couples, sizes: Sizes): Promise<void> {
  const { desk, rehearsal, main } = bench;
  await inFlight(sizes.warmUp, sizes.width, () => liveBare(main));
  const lived = await inFlight(sizes.warmUp, sizes.width, () => liveCase(desk, rehearsal, couples.next()));
  for (const caseNumber of lived) await requireStandard(desk, caseNumber);
}

/**
 * Standard cases and bare workflows in turn, twice each, so that a drift of the machine meets both.
 * Whatever one case leaves behind (deliveries, receipts) is let finish before counting ends.
 */
export async function measurePerCase(bench: BenchSystem, couples: Couples, sizes: Sizes): Promise<PerCase> {
  const { desk, rehearsal, main } = bench;
  const { round, width } = sizes;
  const lived: string[] = [];
  const bareLived: string[] = [];
  const cases = () =>
    costOf(bench, async () => {
      lived.push(...(await inFlight(round, width, () => liveCase(desk, rehearsal, couples.next()))));
      await settle(bench);
    });
  const bare = () =>
    costOf(bench, async () => {
      const handles = await inFlight(round, width, () => liveBare(main));
      bareLived.push(...handles.map(({ workflowId }) => workflowId));
      await settle(bench);
    });
  const rounds = [await bare(), await cases(), await bare(), await cases()] as const;
  const moves = await idleMoves(bench, couples, { cases: round, moves: MOVES, width });
  return {
    pieces: 2 * round,
    bare: addCosts(rounds[0], rounds[2]),
    cases: addCosts(rounds[1], rounds[3]),
    moves: addCosts(moves, moves),
    history: await historySize(rehearsal, `case-${lived.at(-1) ?? ''}`),
    bareHistory: await historySize(main, bareLived.at(-1) ?? ''),
  };
}

/** Waits until nothing that is due is still to be sent, and a second for the receipts. */
async function settle({ counters }: BenchSystem): Promise<void> {
  const until = performance.now() + SENT_WITHIN_MS;
  for (;;) {
    const { rows } = await counters.query<{ waiting: string }>(
      "select count(*) as waiting from notice where state in ('queued', 'sending') and send_at <= now()",
    );
    if (Number(rows[0]?.waiting) === 0) break;
    if (performance.now() > until) throw new Error(`${rows[0]?.waiting ?? '?'} notices are not sent yet`);
    await sleep(200);
  }
  await sleep(1_000);
}
