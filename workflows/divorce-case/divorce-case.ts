import { allHandlersFinished, condition, continueAsNew, setHandler } from '@temporalio/workflow';
import type { ActInput } from '../../domain/case/act-input.ts';
import { catchUp } from '../../domain/case/catch-up.ts';
import { importRunning } from '../../domain/case/events.ts';
import { nextWake } from '../../domain/case/next-wake.ts';
import { type CaseState, openCase } from '../../domain/case/state.ts';
import { ACTS } from '../../domain/case/vocabulary.ts';
import { awaitsArchive, isFinal } from '../../domain/procedure.ts';
import {
  actUpdates,
  attentionSignal,
  calendarPublishedSignal,
  type CaseStart,
  type CaseStatus,
  counsellingFinishedSignal,
  type ImportedCase,
  statusQuery,
} from '../messages.ts';
import { archiveCase } from './activities.ts';
import { Alarm } from './alarm.ts';
import { CaseDesk, refused } from './case-desk.ts';
import { startCounselling } from './start-counselling.ts';
import { hearAttention, hearCalendar, hearCounselling } from './hear.ts';

/**
 * 协议离婚登记 of one couple, from the draft to the archive. What is lawful when is in `domain/case`; this is
 * what waits for what.
 */
export async function divorceCase(start: CaseStart): Promise<void> {
  const desk = new CaseDesk('carried' in start ? start.carried : openCase(start.opening, Date.now()));
  let moved = true;
  const alarm = new Alarm(() => (moved = true));

  for (const act of ACTS) {
    setHandler(
      actUpdates[act],
      async (input: ActInput) => {
        const answer = await desk.act(input);
        if (input.act === 'refer-counselling') await startCounselling(desk.state, input);
        moved = true;
        return answer;
      },
      { validator: (input: ActInput) => refuse(desk, input) },
    );
  }
  const hear = async (fact: Promise<void>): Promise<void> => {
    await fact;
    moved = true;
  };
  setHandler(calendarPublishedSignal, (fact) => hear(hearCalendar(desk, fact)));
  setHandler(attentionSignal, (fact) => hear(hearAttention(desk, fact)));
  setHandler(counsellingFinishedSignal, (fact) => hear(hearCounselling(desk, fact)));
  setHandler(statusQuery, () => statusOf(desk, moved));

  if ('opening' in start && start.imported) await joinRunning(desk, start.imported);

  while (!isOver(desk.state)) {
    moved = false;
    await desk.advance();
    if (awaitsArchive(desk.state.stage) && desk.state.planned.length === 0) {
      const { seq } = await archiveCase({ caseNumber: desk.state.caseNumber, now: Date.now() });
      desk.archived(seq);
      break;
    }
    if (desk.wantsFreshHistory && desk.quiet) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof divorceCase>({ carried: desk.state });
    }
    // Before acceptance a timer that rings early does no harm; afterwards it is set to the day.
    alarm.set(nextWake(desk.state)?.at, desk.state.clock === undefined);
    // What the clock ended just now needs no further wake-up.
    await condition(() => moved || isOver(desk.state));
  }
  await condition(allHandlersFinished);
}

/** Ended without an archive, and everybody has been told. */
function isOver({ stage, planned }: CaseState): boolean {
  return isFinal(stage) && planned.length === 0;
}

/** Validators are synchronous: a refused act leaves no trace in the history. */
function refuse(desk: CaseDesk, input: ActInput): void {
  const refusal = desk.refusal(input);
  if (refusal) throw refused(refusal);
}

/** A running paper case: its past is taken as given, and only what lies ahead is sent and timed. */
function joinRunning(desk: CaseDesk, imported: ImportedCase): Promise<void> {
  const { actId, actor, acceptingVenueId, sealed } = imported;
  return desk.change(
    (state, now) => {
      const joined = importRunning(state, imported, now);
      const { state: present, steps } = catchUp(joined.state, now);
      const planned = present.planned.filter(({ dueAt }) => dueAt > now);
      return { state: { ...present, planned }, steps: [joined.step, ...steps] };
    },
    { kind: 'import', actId, actor, role: 'supervisor', venueId: acceptingVenueId, sealed },
  );
}

function statusOf(desk: CaseDesk, moved: boolean): CaseStatus {
  const { stage, seq } = desk.state;
  const wake = nextWake(desk.state);
  return {
    stage,
    seq,
    now: Date.now(),
    settled: !moved && desk.quiet && !awaitsArchive(stage),
    ...(wake ? { nextWakeAt: wake.at } : {}),
  };
}
