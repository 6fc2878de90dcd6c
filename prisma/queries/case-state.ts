import {
  type Attention,
  type CaseState,
  CORRECTION_DAYS,
  DRAFT_IDLE_DAYS,
  lapseAfter,
  PRE_CHECK_VALID_DAYS,
  type Realm,
} from '../../domain/case/state.ts';
import type { Channel, Flag, Outcome, Stage } from '../../domain/case/vocabulary.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import type { ClockReading } from '../../domain/clock/periods.ts';
import type { Database } from '../database.ts';
import type { CaseRecord } from '../generated/client.ts';

type RowForState = Omit<CaseRecord, 'sealedApplication' | 'startInput'>;

/**
 * A case as the rules take it, read back from its row: enough to say what is lawful now. What only the workflow
 * needs (answers given, notices planned) is empty.
 * @param calendar the days in force for the case's years
 * @param closes `HH:MM` at which the accepting office closes
 */
export async function readCaseState(
  db: Database,
  row: RowForState,
  facts: { readonly calendar: WorkCalendar; readonly closes: string },
): Promise<CaseState> {
  const stage = row.stage as Stage;
  const lapsesAt = lapseOf(stage, row.stageSince.getTime());
  const checkedInAt = stage === 'confirmation' ? await lastCheckIn(db, row.caseNumber) : undefined;
  const preCheckRound = stage === 'pre-check' ? await lastRound(db, row.caseNumber) : 0;
  return {
    caseNumber: row.caseNumber,
    realm: row.realm as Realm,
    channel: row.channel as Channel,
    venueId: row.venueId,
    openedAt: row.createdAt.getTime(),
    stage,
    stageSince: row.stageSince.getTime(),
    flags: row.flags as Flag[],
    seq: row.actSeq,
    answers: {},
    preCheckRound,
    deadlineVersion: row.deadlineVersion,
    closes: facts.closes,
    planned: [],
    attention: row.attention as unknown as Attention[],
    counselling: [],
    safety: [],
    mailable: [],
    ...(row.acceptingVenueId ? { acceptingVenueId: row.acceptingVenueId } : {}),
    ...(row.outcome ? { outcome: row.outcome as Outcome } : {}),
    ...(row.clock ? { clock: row.clock as unknown as ClockReading, calendar: facts.calendar } : {}),
    ...(lapsesAt === undefined ? {} : { lapsesAt }),
    ...(checkedInAt === undefined ? {} : { checkedInAt }),
  };
}

/** These stages end by themselves; the days are counted from their beginning. */
function lapseOf(stage: Stage, since: number): number | undefined {
  if (stage === 'draft') return lapseAfter(since, DRAFT_IDLE_DAYS);
  if (stage === 'correction') return lapseAfter(since, CORRECTION_DAYS);
  return stage === 'ready' ? lapseAfter(since, PRE_CHECK_VALID_DAYS) : undefined;
}

/** A refusal at the review ends the visit that a check-in began. */
async function lastCheckIn(db: Database, caseNumber: string): Promise<number | undefined> {
  const last = await db.caseStep.findFirst({
    where: { caseNumber, kind: { in: ['check-in', 'refuse-registration'] } },
    orderBy: { seq: 'desc' },
    select: { kind: true, at: true },
  });
  return last?.kind === 'check-in' ? last.at.getTime() : undefined;
}

/** The round of checks that the last submission asked for. */
async function lastRound(db: Database, caseNumber: string): Promise<number> {
  const last = await db.caseStep.findFirst({
    where: { caseNumber, kind: 'submit' },
    orderBy: { seq: 'desc' },
    select: { detail: true },
  });
  return ((last?.detail ?? {}) as { round?: number }).round ?? 0;
}
