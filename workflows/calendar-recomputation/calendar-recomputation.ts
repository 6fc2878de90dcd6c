import { condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { RecomputationActivities } from '../../activities/calendars/recompute-cases.ts';
import { pauseRecomputationSignal, type RecomputationStart, resumeRecomputationSignal } from '../messages.ts';

const { planRecomputation, tellCases, finishRecomputation } = proxyActivities<RecomputationActivities>({
  // Some pages of the database, or a batch that is told for a few seconds; a killed worker is missed no longer.
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});

/** The next cases are told when those before have had time to change; how many they are is for the activity. */
const PACE_MS = 1_000;
/** Nothing moves: the workers are busy or away, and looking more often would not help them. */
const SLOWEST_PACE_MS = 30_000;

/**
 * 放假安排公布后的批量重算: tells every running case a calendar concerns, a few at a time, until the record shows that
 * each has changed. What has been done is in the database, so that it goes on where it was after any crash, and a
 * pause that was asked for there holds even when its signal was lost.
 */
export async function calendarRecomputation(start: RecomputationStart): Promise<void> {
  const { id } = start;
  let paused = false;
  let resumed = 0;
  setHandler(pauseRecomputationSignal, () => {
    paused = true;
  });
  setHandler(resumeRecomputationSignal, () => {
    paused = false;
    resumed += 1;
  });

  if (!start.planned) await planAll(id);
  let pace = PACE_MS;
  for (;;) {
    await condition(() => !paused);
    const resumedBefore = resumed;
    const { state, waiting, told, moved } = await tellCases({ id });
    if (state === 'done' || state === 'superseded') return;
    if (state === 'paused') {
      // Unless somebody has set it going since the activity looked.
      paused = resumed === resumedBefore;
    } else if (waiting === 0 && told === 0) {
      // Cases accepted under the old calendar while it was being replaced have come onto the record by now.
      await planAll(id);
      if (await finishRecomputation({ id })) return;
    } else {
      pace = moved > 0 ? PACE_MS : Math.min(pace * 1.5, SLOWEST_PACE_MS);
      await condition(() => paused, pace);
    }
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof calendarRecomputation>({ id, planned: true });
    }
  }
}

async function planAll(id: string): Promise<void> {
  let after: string | undefined;
  do {
    ({ after } = await planRecomputation({ id, ...(after === undefined ? {} : { after }) }));
  } while (after !== undefined);
}
