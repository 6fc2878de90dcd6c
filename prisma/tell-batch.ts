import type { CalendarToTell, RecomputationStore } from '../activities/calendars/port.ts';
import { ownCalendar } from '../domain/clock/calendar-version.ts';
import type { WorkCalendar } from '../domain/clock/calendar.ts';
import { type PlainDate, yearOf } from '../domain/plain-date.ts';
import type { EpochMs } from '../domain/zoned-time.ts';
import type { Transaction } from './database.ts';
import { calendarShelf } from './queries/calendars.ts';

type TellNext = Parameters<RecomputationStore['tellNext']>;

export interface Telling {
  readonly id: string;
  readonly pace: TellNext[1];
  readonly now: EpochMs;
  readonly tell: TellNext[3];
}

interface CaseInLine {
  readonly caseNumber: string;
  readonly receivedOn: PlainDate;
  /** Its clock runs. */
  readonly running: boolean;
  readonly version: string;
}

/** A case with what it should have; without when its clock does not run any more. */
interface Judged extends CaseInLine {
  readonly calendar?: WorkCalendar;
}

/** Tells the next cases of a running recomputation, as far as there is room, inside the caller's transaction. */
export async function tellBatch(tx: Transaction, telling: Telling): Promise<void> {
  const recomputation = await tx.recomputation.findUnique({ where: { id: telling.id } });
  if (recomputation?.state !== 'running') return;
  const line = await nextInLine(tx, telling);
  if (line.length === 0) return;
  const { inForce } = await calendarShelf(tx, recomputation.year - 1, recomputation.year + 1);
  const judged = line.map((each): Judged => {
    const calendar = each.running ? ownCalendar(inForce, yearOf(each.receivedOn)) : undefined;
    return calendar ? { ...each, calendar } : each;
  });
  const batch = judged.flatMap(({ caseNumber, calendar, version }): CalendarToTell[] =>
    calendar && calendar.version !== version ? [{ caseNumber, calendar }] : [],
  );
  const told = new Set(batch.length > 0 ? await telling.tell(batch) : []);
  await note(
    tx,
    telling,
    judged.flatMap((each) => noteOf(each, told)),
  );
}

/**
 * Whose turn it is: those whose date moves forward first, since they have the least time. Cases told long ago take no
 * room, so that a few that cannot change do not hold up all others; but not without end.
 */
async function nextInLine(tx: Transaction, { id, pace, now }: Telling): Promise<CaseInLine[]> {
  const staleBefore = new Date(now - pace.retellAfterMs);
  const where = { recomputationId: id, state: 'told' };
  const told = await tx.recomputedCase.count({ where });
  const stale = await tx.recomputedCase.count({ where: { ...where, toldAt: { lt: staleBefore } } });
  const room = told > 3 * pace.window ? 0 : pace.window - (told - stale);
  if (room <= 0) return [];
  return tx.$queryRaw<CaseInLine[]>`
    SELECT r.case_number AS "caseNumber", c.received_on AS "receivedOn",
           c.stage IN ('cooling-off', 'confirmation') AS running, c.clock ->> 'calendarVersion' AS version
    FROM recomputed_case r JOIN case_record c ON c.case_number = r.case_number
    WHERE r.recomputation_id = ${id}
      AND (r.state = 'waiting' OR (r.state = 'told' AND r.told_at < ${staleBefore}))
    ORDER BY r.state = 'told', r.change <> 'earlier', r.case_number
    LIMIT ${room}`;
}

interface Note {
  readonly caseNumber: string;
  readonly state: 'told' | 'changed' | 'over';
  readonly version: string;
}

/** What becomes of a case in line: nothing for one that could not be told. */
function noteOf({ caseNumber, calendar, version }: Judged, told: ReadonlySet<string>): Note[] {
  if (!calendar) return [{ caseNumber, state: 'over', version }];
  // Accepted under the new calendar, or told by the recomputation of the year beside.
  if (calendar.version === version) return [{ caseNumber, state: 'changed', version }];
  return told.has(caseNumber) ? [{ caseNumber, state: 'told', version: calendar.version }] : [];
}

async function note(tx: Transaction, { id, now }: Telling, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  const at = new Date(now);
  await tx.$executeRaw`
    UPDATE recomputed_case r
    SET state = x.state,
        told_at = CASE x.state WHEN 'told' THEN ${at} ELSE r.told_at END,
        changed_at = CASE x.state WHEN 'changed' THEN ${at} ELSE r.changed_at END,
        after = jsonb_set(r.after, '{calendarVersion}', to_jsonb(x.version))
    FROM jsonb_to_recordset(${JSON.stringify(notes)}::jsonb)
      AS x("caseNumber" text, state text, version text)
    WHERE r.recomputation_id = ${id} AND r.case_number = x."caseNumber"`;
  await tx.recomputation.updateMany({ where: { id }, data: { movedAt: at } });
}
