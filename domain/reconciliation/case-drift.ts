import type { Stage } from '../case/vocabulary.ts';
import { awaitsArchive, isFinal } from '../procedure.ts';
import type { EpochMs } from '../zoned-time.ts';
import { SLACK } from './slack.ts';

/** In how many ways engine and record of a case can differ. */
export const CASE_DRIFTS = [
  'START_LOST',
  'NOT_RUNNING',
  'NO_RECORD',
  'ENDED_BUT_RUNNING',
  'WAKE_OVERDUE',
  'STAGE_DIFFERS',
  'SEQ_DIFFERS',
  'WAKE_DIFFERS',
  'TIMER_MISSING',
  'STATE_NOT_KEPT',
  'NO_ANSWER',
] as const;
export type CaseDrift = (typeof CASE_DRIFTS)[number];

/**
 * `start` its workflow · `resume` it from the state kept with its last turn · `reconcile`: the case looks at its own
 * clock and writes its picture again · `person`: nothing that could be done by itself is safe.
 */
export const CASE_REPAIRS = ['start', 'resume', 'reconcile', 'person'] as const;
export type CaseRepair = (typeof CASE_REPAIRS)[number];

/** What the database says of a case. */
export interface CaseOnRecord {
  readonly stage: Stage;
  readonly seq: number;
  readonly nextDeadline?: EpochMs;
  readonly engineStarted: boolean;
  /** What it could be started again from stands on record; release 0.1 kept none, and no plan either. */
  readonly stateKept: boolean;
  /** When the row was last written; real time. */
  readonly updatedAt: EpochMs;
}

/** What the case itself says; its workflow's status. */
export interface CaseOfItself {
  readonly stage: Stage;
  readonly seq: number;
  /** Nothing is in progress. */
  readonly settled: boolean;
  readonly nextWakeAt?: EpochMs;
  readonly alarmAt?: EpochMs;
}

/**
 * What the engine says of a case. `completed`: it came to its end by itself; `gone`: it was ended by force, or the
 * engine knows nothing of it.
 */
export type CaseInEngine =
  | { readonly state: 'completed' | 'gone' }
  | {
      readonly state: 'running';
      /** Undefined when the case was not asked; `no-answer` when it was. */
      readonly status?: CaseOfItself | 'no-answer';
    };

/**
 * How the record of a case differs from the engine. A turn in progress is no drift: nothing is compared with a case
 * that is not settled, and what has just been written gets its slack.
 * @param record undefined when the engine runs a case that nobody has on record
 * @param now real time
 */
export function caseDrifts(
  record: CaseOnRecord | undefined,
  engine: CaseInEngine,
  now: EpochMs,
): CaseDrift[] {
  if (!record) return engine.state === 'running' ? ['NO_RECORD'] : [];
  if (isFinal(record.stage)) return endedDrifts(record, engine, now);
  if (engine.state !== 'running') {
    if (record.engineStarted) return ['NOT_RUNNING'];
    return record.updatedAt + SLACK.start < now ? ['START_LOST'] : [];
  }
  const drifts: CaseDrift[] = isOverdue(record, now) ? ['WAKE_OVERDUE'] : [];
  const { status } = engine;
  if (status === 'no-answer') return [...drifts, 'NO_ANSWER'];
  return status ? [...drifts, ...pictureDrifts(record, status)] : drifts;
}

/** A case that has ended may still have notices to send, by its last wake-up. */
function endedDrifts(record: CaseOnRecord, engine: CaseInEngine, now: EpochMs): CaseDrift[] {
  if (engine.state !== 'running' || record.updatedAt + SLACK.end >= now) return [];
  const waits = record.nextDeadline !== undefined && !isOverdue(record, now);
  return waits ? [] : ['ENDED_BUT_RUNNING'];
}

function isOverdue({ nextDeadline, updatedAt }: CaseOnRecord, now: EpochMs): boolean {
  return nextDeadline !== undefined && Math.max(nextDeadline, updatedAt) + SLACK.wake < now;
}

/** The case's own picture against the row's. */
function pictureDrifts(record: CaseOnRecord, status: CaseOfItself): CaseDrift[] {
  // Sealing its volume, the case writes its last step through the archive and learns of it afterwards.
  if (!status.settled || awaitsArchive(record.stage)) return [];
  const drifts: CaseDrift[] = [];
  if (status.stage !== record.stage) drifts.push('STAGE_DIFFERS');
  if (status.seq !== record.seq) drifts.push('SEQ_DIFFERS');
  if (status.nextWakeAt !== record.nextDeadline) drifts.push('WAKE_DIFFERS');
  if (lacksTimer(status)) drifts.push('TIMER_MISSING');
  if (record.engineStarted && !record.stateKept) drifts.push('STATE_NOT_KEPT');
  return drifts;
}

/** A timer that rings early is none the worse: the case looks at its clock and sets the next one. */
function lacksTimer({ nextWakeAt, alarmAt }: CaseOfItself): boolean {
  if (nextWakeAt === undefined) return false;
  return alarmAt === undefined || alarmAt > nextWakeAt + SLACK.timer;
}

/** The one repair that fits everything found of a case. */
export function caseRepair(drifts: readonly CaseDrift[], engine: CaseInEngine): CaseRepair | undefined {
  if (drifts.length === 0) return undefined;
  if (drifts.includes('NO_RECORD') || drifts.includes('NO_ANSWER')) return 'person';
  if (drifts.includes('START_LOST')) return 'start';
  // What has come to its end by itself is not begun again: then it is the record that is wrong.
  if (drifts.includes('NOT_RUNNING')) return engine.state === 'completed' ? 'person' : 'resume';
  return 'reconcile';
}
