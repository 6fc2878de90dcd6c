import { allHandlersFinished, condition, continueAsNew, setHandler } from '@temporalio/workflow';
import type { ActInput } from '../../domain/case/act-input.ts';
import { catchUp } from '../../domain/case/catch-up.ts';
import { afterArchive } from '../../domain/case/after-archive.ts';
import { carriedOn } from '../../domain/case/carried.ts';
import { importRunning, resumed } from '../../domain/case/events.ts';
import { nextWake } from '../../domain/case/next-wake.ts';
import { type CaseState, openCase } from '../../domain/case/state.ts';
import { ACTS } from '../../domain/case/vocabulary.ts';
import { awaitsArchive, isFinal } from '../../domain/procedure.ts';
import {
  actUpdates,
  appointmentChangedSignal,
  attentionSignal,
  calendarPublishedSignal,
  type CaseStart,
  type CaseStatus,
  counsellingFinishedSignal,
  type ImportedCase,
  reconcileUpdate,
  statusQuery,
} from '../messages.ts';
import { archiveCase } from './activities.ts';
import { Alarm } from './alarm.ts';
import { CaseDesk, refused } from './case-desk.ts';
import { startCounselling } from './start-counselling.ts';
import { hearAppointment, hearAttention, hearCalendar, hearCounselling } from './hear.ts';
import { noticeOrders } from '../../domain/case/notice-orders.ts';

/**
 * 协议离婚登记 of one couple, from the draft to the archive. What is lawful when is in `domain/case`; this is
 * what waits for what.
 */
export async function divorceCase(start: CaseStart): Promise<void> {
  const desk = deskOf(start);
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
  setHandler(appointmentChangedSignal, (fact) => hear(hearAppointment(desk, fact)));
  setHandler(reconcileUpdate, async () => {
    await desk.rewrite();
    moved = true;
    return statusOf(desk, alarm, moved);
  });
  setHandler(statusQuery, () => statusOf(desk, alarm, moved));

  if ('opening' in start && start.imported) await joinRunning(desk, start.imported);
  if ('carried' in start && start.resumed) await goOn(desk, start.resumed.runId);

  while (!isOver(desk.state)) {
    moved = false;
    await desk.advance();
    if (desk.isBeingArchived) {
      const { seq } = await archiveCase(archiveOrder(desk.state, Date.now()));
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

/** What is carried on is on record already, unless the record started it again: then all of it is told anew. */
function deskOf(start: CaseStart): CaseDesk {
  if ('opening' in start) {
    const opened = openCase(start.opening, start.opening.openedAt ?? Date.now());
    return new CaseDesk(opened, start.opening.planOnRecord ? opened.planned : []);
  }
  const state = carriedOn(start.carried);
  return new CaseDesk(state, start.resumed ? [] : state.planned);
}

/** The archive and, on record with it, what the couple is told afterwards. */
function archiveOrder(state: CaseState, now: number): Parameters<typeof archiveCase>[0] {
  const after = noticeOrders(state, afterArchive(state, now), now);
  return { caseNumber: state.caseNumber, now, after };
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

/** The engine had lost this case: it goes on from what the record kept. */
function goOn(desk: CaseDesk, runId: string): Promise<void> {
  return desk.rewrite((state, now) => {
    const { state: present, step } = resumed(state, runId, now);
    return { state: present, steps: [step] };
  });
}

function statusOf(desk: CaseDesk, alarm: Alarm, moved: boolean): CaseStatus {
  const { stage, seq } = desk.state;
  const wake = nextWake(desk.state);
  return {
    stage,
    seq,
    now: Date.now(),
    settled: !moved && desk.quiet && !awaitsArchive(stage),
    ...(wake ? { nextWakeAt: wake.at } : {}),
    ...(alarm.at === undefined ? {} : { alarmAt: alarm.at }),
  };
}
