import { ClockComparer } from '../../domain/clock/clock-comparer.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type {
  CalendarToTell,
  CaseTeller,
  ConcernedCase,
  RecomputationProgress,
  RecomputationStore,
  RunningClock,
} from './port.ts';

export interface RecomputationActivities {
  /**
   * Finds one page of the cases a calendar concerns and writes them down; repeating it changes nothing.
   * @returns where the next page begins; undefined after the last
   */
  readonly planRecomputation: (input: { id: string; after?: string }) => Promise<{ after?: string }>;
  /** Notes who has changed, and tells the next cases as far as there is room. */
  readonly tellCases: (input: { id: string }) => Promise<RecomputationProgress>;
  /** @returns whether the recomputation is over */
  readonly finishRecomputation: (input: { id: string }) => Promise<boolean>;
}

/** Small enough for one statement; ten thousand cases are ten of them. */
const PAGE = 1_000;
/**
 * Cases told and not yet changed. Each is a turn of its workflow: so many keep the workers busy for a second or two,
 * and an act at a counter waits no longer than that.
 */
const WINDOW = 100;
/** The engine keeps a signal: one whose case has not changed by now met a fault, not a queue. */
const RETELL_AFTER_MS = 120_000;
/** A few connections' worth; the engine is asked by clerks too. */
const AT_ONCE = 10;
/** Calendars are held while a batch is told, and an approval waits for it: what is left then is for the next batch. */
const TELL_FOR_MS = 8_000;

export interface RecomputationParts {
  readonly store: RecomputationStore;
  readonly cases: CaseTeller;
  readonly now: () => EpochMs;
}

export function recomputationActivities({ store, cases, now }: RecomputationParts): RecomputationActivities {
  return {
    async planRecomputation({ id, after }) {
      const found = await store.begin(id, now());
      if (!found) return {};
      const { inForce, known } = await store.calendars(found.year);
      const comparer = new ClockComparer(inForce, known);
      const page = await store.runningClocks(found.year, after, PAGE);
      await store.plan(
        id,
        page.flatMap((each) => concerned(comparer, each)),
        now(),
      );
      const last = page.at(-1);
      return page.length < PAGE || !last ? {} : { after: last.caseNumber };
    },

    async tellCases({ id }) {
      const moved = await store.confirm(id, now());
      const pace = { window: WINDOW, retellAfterMs: RETELL_AFTER_MS };
      await store.tellNext(id, pace, now(), (batch) => tellAll({ cases, now }, id, batch));
      return { ...(await store.progress(id)), moved };
    },

    finishRecomputation: ({ id }) => store.finish(id, now()),
  };
}

function concerned(comparer: ClockComparer, { caseNumber, clock }: RunningClock): ConcernedCase[] {
  const compared = comparer.compare(clock);
  if (!compared || compared.change === 'unchanged') return [];
  const { change, before, after, calendarVersion } = compared;
  return [{ caseNumber, change, before, after: { ...after, calendarVersion } }];
}

/** One that cannot be told does not keep the others waiting: it stays in line and is told with a later batch. */
async function tellAll(
  { cases, now }: Pick<RecomputationParts, 'cases' | 'now'>,
  id: string,
  batch: readonly CalendarToTell[],
): Promise<readonly string[]> {
  const told: string[] = [];
  const until = now() + TELL_FOR_MS;
  let next = 0;
  const teller = async (): Promise<void> => {
    for (let each = batch[next++]; each && now() < until; each = batch[next++]) {
      await cases.tell(each.caseNumber, each.calendar, id);
      told.push(each.caseNumber);
    }
  };
  await Promise.allSettled(Array.from({ length: AT_ONCE }, teller));
  return told;
}
