import { type ChangeCounts, countChanges } from '../../domain/clock/calendar-change.ts';
import { ClockComparer, type ComparedCase } from '../../domain/clock/clock-comparer.ts';
import type { CalendarYear } from '../../prisma/generated/client.ts';
import { calendarShelf } from '../../prisma/queries/calendars.ts';
import { type ReceivedIn, runningClockGroups, runningClocks } from '../../prisma/queries/running-clocks.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { cursorOf } from '../http/case-cursor.ts';

/** Cases of one answer; the rest follow by the cursor. */
export const LISTED = 1_000;

export type AffectedCase = Pick<ComparedCase, 'before' | 'after' | 'change'> & {
  readonly caseNumber: string;
};

export interface Preview {
  readonly counts: ChangeCounts;
  readonly affected: readonly AffectedCase[];
  readonly nextCursor?: string;
}

/** A year's calendar concerns cases received in it and in the year before. */
export const concernedYears = (year: number): ReceivedIn => ({ from: year - 1, to: year });

/** What a proposal would change, counted over all running cases. Reads only. */
export async function countAffected(deps: ApiDependencies, proposal: CalendarYear): Promise<ChangeCounts> {
  return (await compared(deps, proposal)).counts;
}

/**
 * Whom a proposal would concern, as of now.
 * @param after case number of the last one of the page before
 */
export async function previewProposal(
  deps: ApiDependencies,
  proposal: CalendarYear,
  { after, limit = LISTED }: { readonly after?: string | undefined; readonly limit?: number } = {},
): Promise<Preview> {
  const { counts, comparer, receivedOn } = await compared(deps, proposal);
  const affected: AffectedCase[] = [];
  let from = after;
  while (receivedOn.length > 0 && affected.length <= limit) {
    const page = await runningClocks(deps.db, concernedYears(proposal.year), {
      after: from,
      limit: LISTED,
      receivedOn,
    });
    for (const { caseNumber, clock } of page) {
      const found = comparer.compare(clock);
      if (!found || found.change === 'unchanged') continue;
      const { before, after: then, change } = found;
      affected.push({ caseNumber, before, after: then, change });
    }
    from = page.at(-1)?.caseNumber;
    if (page.length < LISTED) break;
  }
  const listed = affected.slice(0, limit);
  const last = listed.at(-1);
  return {
    counts,
    affected: listed,
    ...(affected.length > limit && last ? { nextCursor: cursorOf(last.caseNumber) } : {}),
  };
}

/** Counts by the few clocks that all cases share, and the days of receipt on which somebody is concerned. */
async function compared(deps: ApiDependencies, proposal: CalendarYear) {
  const { year } = proposal;
  const shelf = await calendarShelf(deps.db, year - 1, year + 1);
  const comparer = new ClockComparer(shelf.with(proposal), shelf.known);
  const groups = await runningClockGroups(deps.db, concernedYears(year));
  const changes = groups.map(({ clock, count }) => ({
    receivedOn: clock.receivedOn,
    change: comparer.compare(clock)?.change ?? ('unchanged' as const),
    count,
  }));
  const receivedOn = changes.filter(({ change }) => change !== 'unchanged').map(({ receivedOn: day }) => day);
  return { counts: countChanges(changes), comparer, receivedOn: [...new Set(receivedOn)] };
}
