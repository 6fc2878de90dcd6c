import type {
  ComparedCase,
  RepairError,
  Resumable,
  StartPlace,
} from '../../activities/reconciliation/port.ts';
import type { ResumeState } from '../../activities/records/port.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { type Channel, type Stage, STAGES } from '../../domain/case/vocabulary.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import { yearsOfVersion } from '../../domain/clock/calendar-version.ts';
import { isFinal } from '../../domain/procedure.ts';
import type { ReminderPolicy } from '../../domain/reminders/policy.ts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { yearOfRow } from './calendars.ts';

const UNENDED = STAGES.filter((stage) => !isFinal(stage));
/** The state kept is large, and only whether there is one is asked. */
const COMPARED = Prisma.sql`SELECT case_number AS "caseNumber", stage, act_seq AS "actSeq",
  next_deadline AS "nextDeadline", engine_started AS "engineStarted", resume_state IS NOT NULL AS "stateKept",
  updated_at AS "updatedAt" FROM case_record`;

interface ComparedRow {
  readonly caseNumber: string;
  readonly stage: string;
  readonly actSeq: number;
  readonly nextDeadline: Date | null;
  readonly engineStarted: boolean;
  readonly stateKept: boolean;
  readonly updatedAt: Date;
}

/** Live cases whose stage is not final, by number; those with notices still to send among the ended are left out. */
export async function openCases(db: Database, after: string, limit: number): Promise<ComparedCase[]> {
  const rows = await db.$queryRaw<ComparedRow[]>`${COMPARED}
    WHERE realm = 'live' AND stage = ANY (${UNENDED}) AND case_number > ${after}
    ORDER BY case_number LIMIT ${limit}`;
  return rows.map(comparedOf);
}

/** Those of the given live cases that are on record. */
export async function casesOf(db: Database, caseNumbers: readonly string[]): Promise<ComparedCase[]> {
  const rows = await db.$queryRaw<ComparedRow[]>`${COMPARED}
    WHERE realm = 'live' AND case_number = ANY (${[...caseNumbers]})`;
  return rows.map(comparedOf);
}

function comparedOf(row: ComparedRow): ComparedCase {
  return {
    caseNumber: row.caseNumber,
    stage: row.stage as Stage,
    seq: row.actSeq,
    engineStarted: row.engineStarted,
    stateKept: row.stateKept,
    updatedAt: row.updatedAt.getTime(),
    ...(row.nextDeadline ? { nextDeadline: row.nextDeadline.getTime() } : {}),
  };
}

/** What a case's workflow is started with, as long as it has not been. */
export async function startOf(
  db: Database,
  caseNumber: string,
): Promise<{ readonly start: unknown; readonly place: StartPlace } | undefined> {
  const row = await db.caseRecord.findUnique({
    where: { caseNumber, engineStarted: false },
    select: { startInput: true, channel: true, venueId: true, venue: { select: { street: true } } },
  });
  if (!row?.startInput) return undefined;
  const place = { venueId: row.venueId, street: row.venue.street, channel: row.channel as Channel };
  return { start: row.startInput, place };
}

/** Puts a case's state together again: what its last turn kept, its calendar and its policy by their versions. */
export async function resumable(db: Database, caseNumber: string): Promise<Resumable> {
  const row = await db.caseRecord.findUnique({
    where: { caseNumber },
    select: {
      resumeState: true,
      actSeq: true,
      channel: true,
      venueId: true,
      acceptingVenueId: true,
      venue: { select: { street: true } },
    },
  });
  if (!row?.resumeState) return refuse('STATE_NOT_KEPT');
  const { policyVersion, ...kept } = row.resumeState as unknown as ResumeState;
  // A step on record that the state does not know: begun again from here, the case would not know what it has done.
  if (kept.seq !== row.actSeq) return refuse('STATE_IS_OLDER');
  const calendar = kept.clock && (await calendarByVersion(db, kept.clock.calendarVersion));
  if (kept.clock && !calendar) return refuse('CALENDAR_UNKNOWN');
  const policy = policyVersion === undefined ? undefined : await policyByVersion(db, policyVersion);
  if (policyVersion !== undefined && !policy) return refuse('POLICY_UNKNOWN');
  const carried: CaseState = { ...kept, ...(calendar ? { calendar } : {}), ...(policy ? { policy } : {}) };
  const venueId = row.acceptingVenueId ?? row.venueId;
  return {
    ok: true,
    carried,
    place: { venueId, street: row.venue.street, channel: row.channel as Channel },
  };
}

function refuse(error: RepairError): Resumable {
  return { ok: false, error };
}

/** The days a case was reckoned with, whatever has been published since; undefined when the version names no such rows. */
export async function calendarByVersion(db: Database, version: string): Promise<WorkCalendar | undefined> {
  const named = yearsOfVersion(version);
  if (!named) return undefined;
  const rows = await db.calendarYear.findMany({
    where: { OR: named.map(({ year, revision }) => ({ year, revision })) },
    orderBy: { year: 'asc' },
  });
  if (rows.length < named.length) return undefined;
  // What was provisional then may have been replaced since.
  const years = rows.map((row) => ({
    ...yearOfRow(row),
    published: named.some(({ year, provisional }) => year === row.year && !provisional),
  }));
  return { version, years };
}

async function policyByVersion(db: Database, version: string): Promise<ReminderPolicy | undefined> {
  const row = await db.reminderPolicyVersion.findUnique({ where: { version }, select: { body: true } });
  return (row?.body as unknown as ReminderPolicy | undefined) ?? undefined;
}
