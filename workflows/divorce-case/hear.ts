import { clearAttention, raiseAttention } from '../../domain/case/attention.ts';
import { catchUp } from '../../domain/case/catch-up.ts';
import { appointmentChanged } from '../../domain/case/appointment-changed.ts';
import { isAppointment } from '../../domain/case/appointment-fact.ts';
import { calendarPublished, counsellingFinished } from '../../domain/case/events.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Step, Stepped } from '../../domain/case/step.ts';
import { ATTENTION_CODES, type AttentionCode } from '../../domain/case/vocabulary.ts';
import type { CalendarFact } from '../messages.ts';
import type { CaseDesk } from './case-desk.ts';

/** Facts from outside. One that makes no sense is recorded and put before a person, never thrown. */

export function hearCalendar(desk: CaseDesk, fact: CalendarFact): Promise<void> {
  return desk.change((state, now) => {
    try {
      const changed = calendarPublished(state, fact.calendar, now, fact.recomputationId);
      const caughtUp = catchUp(changed.state, now);
      return { state: caughtUp.state, steps: [...changed.steps, ...caughtUp.steps] };
    } catch {
      return single(raiseAttention(state, 'BAD_SIGNAL', now));
    }
  });
}

export function hearAttention(
  desk: CaseDesk,
  fact: { readonly code: AttentionCode; readonly raised: boolean },
): Promise<void> {
  return desk.change((state, now) => {
    if (!ATTENTION_CODES.includes(fact.code)) return single(raiseAttention(state, 'BAD_SIGNAL', now));
    return single(
      fact.raised ? raiseAttention(state, fact.code, now) : clearAttention(state, fact.code, now),
    );
  });
}

export function hearCounselling(desk: CaseDesk, fact: { readonly id: string }): Promise<void> {
  return desk.change((state, now) => single(counsellingFinished(state, fact.id, now)));
}

export function hearAppointment(desk: CaseDesk, fact: unknown): Promise<void> {
  return desk.change((state, now) => {
    try {
      if (isAppointment(fact)) return single(appointmentChanged(state, fact, now));
    } catch {
      // An instant that no calendar has: as unfit as a fact without one.
    }
    return single(raiseAttention(state, 'BAD_SIGNAL', now));
  });
}

function single(stepped: Stepped | undefined): { state: CaseState; steps: readonly Step[] } | undefined {
  return stepped && { state: stepped.state, steps: [stepped.step] };
}
