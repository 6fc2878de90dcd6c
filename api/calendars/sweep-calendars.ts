import { raiseAlarm, clearAlarm } from '../../prisma/alarms.ts';
import type { Recomputation } from '../../prisma/generated/client.ts';
import { ClockComparer } from '../../domain/clock/clock-comparer.ts';
import { yearVersion, type YearVersion, yearsOfVersion } from '../../domain/clock/calendar-version.ts';
import { calendarShelf } from '../../prisma/queries/calendars.ts';
import { planRecomputation, unfinishedRecomputations } from '../../prisma/queries/recomputations.ts';
import { runningClockGroups } from '../../prisma/queries/running-clocks.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { reasonOf } from '../reason-of.ts';

/** Nothing has moved for this long: the workers are away, or cases do not take their calendar. */
const STALLED_AFTER_MS = 15 * 60_000;
/** Who set a recomputation going that nobody approved. */
const SWEEP = 'sweep';
/** No case runs for longer than its two periods and the holidays between; older years have none that could change. */
const YEARS_BACK = 2;

/** Starts the recomputation's workflow; a start that is lost is repeated by the next sweep. */
export async function startRecomputation(deps: ApiDependencies, id: string): Promise<void> {
  try {
    await deps.recomputations.start(id);
  } catch (error) {
    const reason = reasonOf(error);
    deps.log.warn({ recomputation: id, reason }, 'recomputation not started yet');
  }
}

/** Sees to it that every recomputation under way has its workflow, and raises the alarm over one that does not move. */
export async function sweepRecomputations(deps: ApiDependencies): Promise<void> {
  const unfinished = await unfinishedRecomputations(deps.db);
  for (const { id } of unfinished) await startRecomputation(deps, id);
  const stalled = unfinished.find((each) => isStalled(each, deps.now()));
  if (!stalled) {
    await clearAlarm(deps.db, 'RECOMPUTATION_STALLED', deps.now());
    return;
  }
  const { id, movedAt } = stalled;
  const detail = { recomputation: id, movedAt: movedAt.toISOString() };
  if (await raiseAlarm(deps.db, 'RECOMPUTATION_STALLED', detail, deps.now())) {
    deps.log.error(detail, 'recomputation does not move');
  }
}

function isStalled({ movedAt }: Recomputation, now: number): boolean {
  return now - movedAt.getTime() > STALLED_AFTER_MS;
}

/**
 * Finds running cases whose dates do not follow from the calendar in force, and sets the recomputation of the year in
 * question going: an acceptance that was overtaken by an approval is made good. Cheap: cases share their clocks.
 * @returns the recomputations set going
 */
export async function sweepUntold(deps: ApiDependencies): Promise<string[]> {
  const thisYear = new Date(deps.now()).getUTCFullYear();
  const years = { from: thisYear - YEARS_BACK, to: thisYear };
  const groups = await runningClockGroups(deps.db, years);
  const shelf = await calendarShelf(deps.db, years.from, years.to + 1);
  const comparer = new ClockComparer(shelf.inForce, shelf.known);
  const untold = new Map<number, YearVersion>();
  for (const { clock } of groups) {
    const compared = comparer.compare(clock);
    if (!compared || compared.change === 'unchanged') continue;
    const year = yearToTell(clock.calendarVersion, compared.calendarVersion);
    if (year) untold.set(year.year, year);
  }
  const begun: string[] = [];
  for (const { year, revision } of untold.values()) {
    const at = new Date(deps.now());
    const id = await deps.db.$transaction((tx) =>
      planRecomputation(tx, { year, revision, startedBy: SWEEP, at }),
    );
    await startRecomputation(deps, id);
    begun.push(id);
  }
  return begun;
}

/**
 * The newest published year that a case has in another revision. None for a version that is not of this record, and
 * none where a year is not published: what is provisional is told when it is settled.
 */
function yearToTell(had: string, wanted: string): YearVersion | undefined {
  const before = yearsOfVersion(had)?.map(yearVersion);
  return yearsOfVersion(wanted)
    ?.filter((each) => !each.provisional && before && !before.includes(yearVersion(each)))
    .at(-1);
}
