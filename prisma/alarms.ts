import { ALARM_CODES, type AlarmCode, type AlarmDetail } from '../domain/alarms.ts';
import type { EpochMs } from '../domain/zoned-time.ts';
import type { Database, Transaction } from './database.ts';
import type { Alarm } from './generated/client.ts';

/** An alarm as it stands on record. */
export interface AlarmOnRecord {
  readonly code: AlarmCode;
  readonly raisedAt: EpochMs;
  /** Undefined while it stands. */
  readonly clearedAt?: EpochMs;
  readonly detail: AlarmDetail;
}

/**
 * Raises an alarm, unless one of its code stands already: whoever raises it again and again, from however many
 * processes, leaves one row. Safe inside a transaction.
 * @param at real time
 * @returns true when it was raised by this call
 */
export async function raiseAlarm(
  db: Database | Transaction,
  code: AlarmCode,
  detail: AlarmDetail,
  at: EpochMs,
): Promise<boolean> {
  const raised = await db.$executeRaw`
    INSERT INTO "alarm" ("code", "raised_at", "detail")
    VALUES (${code}, ${new Date(at)}, ${JSON.stringify(detail)}::jsonb)
    ON CONFLICT DO NOTHING`;
  return raised > 0;
}

/**
 * Clears the alarm of this code.
 * @param at real time
 * @returns true when one stood until now
 */
export async function clearAlarm(db: Database | Transaction, code: AlarmCode, at: EpochMs): Promise<boolean> {
  const { count } = await db.alarm.updateMany({
    where: { code, clearedAt: null },
    data: { clearedAt: new Date(at) },
  });
  return count > 0;
}

/** The alarms that stand, oldest first. */
export async function openAlarms(db: Database | Transaction): Promise<AlarmOnRecord[]> {
  return (await db.alarm.findMany({ where: { clearedAt: null }, orderBy: { raisedAt: 'asc' } })).flatMap(
    onRecord,
  );
}

/** Alarms that have been cleared, newest first. */
export async function clearedAlarms(db: Database | Transaction, limit: number): Promise<AlarmOnRecord[]> {
  const rows = await db.alarm.findMany({
    where: { clearedAt: { not: null } },
    orderBy: { raisedAt: 'desc' },
    take: limit,
  });
  return rows.flatMap(onRecord);
}

/** Takes standing alarms that nobody has been mailed, for the caller to mail: each is given out once. */
export async function claimUnmailed(db: Database, at: EpochMs): Promise<AlarmOnRecord[]> {
  const rows = await db.alarm.updateManyAndReturn({
    where: { clearedAt: null, mailedAt: null },
    data: { mailedAt: new Date(at) },
  });
  return rows.flatMap(onRecord);
}

/** The mail did not leave: the alarm is given out again. */
export async function giveBackUnmailed(
  db: Database,
  { code, raisedAt }: Pick<AlarmOnRecord, 'code' | 'raisedAt'>,
): Promise<void> {
  await db.alarm.updateMany({ where: { code, raisedAt: new Date(raisedAt) }, data: { mailedAt: null } });
}

/** A row of a code that a later release has dropped is of no use to anybody. */
function onRecord(row: Alarm): AlarmOnRecord[] {
  const code = ALARM_CODES.find((each) => each === row.code);
  if (!code) return [];
  return [
    {
      code,
      raisedAt: row.raisedAt.getTime(),
      detail: row.detail as AlarmDetail,
      ...(row.clearedAt ? { clearedAt: row.clearedAt.getTime() } : {}),
    },
  ];
}
