import type { CaseState } from '../../domain/case/state.ts';
import type { Flag, Stage } from '../../domain/case/vocabulary.ts';
import { type BasisCode, explainBasis } from '../../domain/clock/basis.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import type { ClockReading } from '../../domain/clock/periods.ts';
import { dateAt, isoInstant } from '../../domain/zoned-time.ts';
import { checkedRound } from '../../prisma/pre-check-store.ts';
import type { CaseRow } from '../../prisma/queries/cases.ts';
import { type Actor, may } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { offeredActs } from './allowed-acts.ts';
import { calendarFor, nowOf, stateOf } from './load-case.ts';

/** A reading of the clock with the text of its legal grounds. */
export function clockView(clock: ClockReading) {
  return { ...clock, basis: clock.basis.map((code: BasisCode) => ({ code, ...explainBasis(code) })) };
}

/** Whether a person must be protected is shown to those who arrange visits, to nobody else. */
export function flagsFor(actor: Actor, flags: readonly string[]): Flag[] {
  const shown = may(actor, 'read-safety') ? flags : flags.filter((flag) => flag !== 'safety');
  return shown as Flag[];
}

/**
 * Stage, flags, clock and what the reader may do now.
 * @param answered the stage an act has just led to, where the row may already be further on
 */
export async function caseHeadOf(deps: ApiDependencies, actor: Actor, row: CaseRow, answered?: Stage) {
  const now = nowOf(row, deps.now());
  const state = await stateOf(deps, row);
  const at: CaseState = answered ? { ...state, stage: answered } : state;
  const calendar: WorkCalendar = at.calendar ?? (await calendarFor(deps, row.realm, dateAt(now)));
  const done = at.stage === 'pre-check' ? await checkedRound(deps.db, row.caseNumber) : 0;
  const offer = offeredActs(at, actor.role, { calendar, checkedRound: done }, now);
  const base = `/api/v1/cases/${row.caseNumber}`;
  return {
    caseNumber: row.caseNumber,
    stage: answered ?? offer.stage,
    flags: flagsFor(actor, row.flags),
    ...(row.clock ? { clock: clockView(row.clock as unknown as ClockReading) } : {}),
    allowedActs: offer.acts,
    ...(row.receiptNumber ? { receiptNumber: row.receiptNumber } : {}),
    ...(row.certificateNumber ? { certificateNumber: row.certificateNumber } : {}),
    now: isoInstant(now),
    links: { self: base, timeline: `${base}/timeline`, documents: `${base}/documents`, acts: `${base}/acts` },
  };
}
