import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ActInput } from '../domain/case/act-input.ts';
import type { AppointmentFact } from '../domain/case/appointment-fact.ts';
import type { ActAnswer } from '../domain/case/state.ts';
import { ACTS, type Act, type AttentionCode, type Stage } from '../domain/case/vocabulary.ts';
import type { WorkCalendar } from '../domain/clock/calendar.ts';
import type {
  CounsellingAct,
  CounsellingOpening,
  CounsellingState,
} from '../domain/counselling/counselling.ts';
import type { EpochMs } from '../domain/zoned-time.ts';

/** A case's live state, for those who need it fresher than the database's copy. */
export interface CaseStatus {
  readonly stage: Stage;
  readonly seq: number;
  /** The case's own time when the workflow last ran. */
  readonly now: EpochMs;
  /** Nothing is in progress: the case waits for people or for a date. */
  readonly settled: boolean;
  readonly nextWakeAt?: EpochMs;
  /** When the timer that the engine holds will ring; undefined when none is running. */
  readonly alarmAt?: EpochMs;
}

/** The failure type of a refused act; its details are one {@link RefusalDetail}. */
export const ACT_REFUSED = 'ActRefused';
export interface RefusalDetail {
  readonly reason: string;
  readonly stage: Stage;
}

/** Updates, because whoever acts at a counter needs the answer: the new stage or the reason against it. */
export const actUpdates = Object.fromEntries(
  ACTS.map((act) => [act, defineUpdate<ActAnswer, [ActInput]>(act)]),
) as { readonly [A in Act]: ReturnType<typeof defineUpdate<ActAnswer, [ActInput<A>]>> };

/** A signal, because it is a fact from the State Council; nobody waits for the case's answer. */
export const calendarPublishedSignal = defineSignal<[CalendarFact]>('calendarPublished');
export interface CalendarFact {
  readonly calendar: WorkCalendar;
  /** The batch that tells it; told twice by the same batch, a case changes once. */
  readonly recomputationId?: string;
}
/** A fact from an activity that has tried long enough for a person to be told, or that has recovered. */
export const attentionSignal = defineSignal<[{ code: AttentionCode; raised: boolean }]>('attention');
/** A fact from the counselling workflow. */
export const counsellingFinishedSignal = defineSignal<[{ id: string }]>('counsellingFinished');

/** A fact from the appointment book, or from a counsellor: a visit was booked, moved or cancelled. */
export const appointmentChangedSignal = defineSignal<[AppointmentFact]>('appointmentChanged');

/**
 * Asks a case to look at its own clock and to write its whole picture again: the repair for a record that differs from
 * the engine. Changes nothing in a case that is right.
 */
export const reconcileUpdate = defineUpdate<CaseStatus, [{ readonly runId: string }]>('reconcile');

export const statusQuery = defineQuery<CaseStatus>('status');

/** Counselling has acts of its own, answered like those of a case. */
export const counsellingUpdate = defineUpdate<CounsellingState, [CounsellingAct]>('counselling');
export const counsellingQuery = defineQuery<CounsellingState>('counsellingState');

/** A recomputation's start; `planned` when an earlier run has written down whom it concerns. */
export interface RecomputationStart {
  readonly id: string;
  readonly planned?: boolean;
}
/** Signals, because the database holds the state; they only save the waiting. */
export const pauseRecomputationSignal = defineSignal('pauseRecomputation');
export const resumeRecomputationSignal = defineSignal('resumeRecomputation');

export type { CaseStart, ImportedCase } from '../domain/case/case-start.ts';
export type { CounsellingOpening };

/** Workflow types by name, so that callers need not import workflow code. */
export const DIVORCE_CASE = 'divorceCase';
export const COUNSELLING = 'counselling';
export const CALENDAR_RECOMPUTATION = 'calendarRecomputation';
export const RECONCILIATION = 'reconciliation';
