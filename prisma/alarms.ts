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

/** What became of an alarm by being revised. */
export type AlarmTurn = 'raised' | 'changed' | 'cleared' | 'as-it-was';

/**
 * Makes the alarm of this code say what should be said now. When that changes while it stands, the row that said
 * otherwise is closed and a new one takes its place, so that each row tells what stood from when to when. Those on duty
 * are mailed again only when there is something said that was not said before.
 * @param at real time
 * @param wanted given what is said now; undefined when nothing is wrong (any more)
 */
export async function reviseAlarm(
  tx: Transaction,
  code: AlarmCode,
  at: EpochMs,
  wanted: (standing: AlarmDetail | undefined) => AlarmDetail | undefined,
): Promise<AlarmTurn> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${code}, 14))`;
  const row = await tx.alarm.findFirst({ where: { code, clearedAt: null } });
  const standing = row ? (row.detail as AlarmDetail) : undefined;
  const detail = wanted(standing);
  if (!detail) return (await clearAlarm(tx, code, at)) ? 'cleared' : 'as-it-was';
  if (!row || !standing) return (await raiseAlarm(tx, code, detail, at)) ? 'raised' : 'as-it-was';
  if (sameDetail(standing, detail)) return 'as-it-was';
  // Code and instant are a row's key.
  const from = new Date(Math.max(at, row.raisedAt.getTime() + 1));
  await clearAlarm(tx, code, from.getTime());
  const isNews = Object.keys(detail).some((name) => !(name in standing));
  await tx.alarm.create({ data: { code, raisedAt: from, detail, mailedAt: isNews ? null : row.mailedAt } });
  return 'changed';
}

/** PostgreSQL keeps the members in an order of its own. */
function sameDetail(one: AlarmDetail, other: AlarmDetail): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => name in other && one[name] === other[name])
  );
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

/** Which alarms are looked for, by the time they stood. */
export interface AlarmPeriod {
  /** Those still standing at this instant or raised later. */
  readonly from: EpochMs;
  /** Those raised before this instant. */
  readonly until?: EpochMs | undefined;
}

/** Where a page of alarms ended. */
export interface AlarmCursor {
  readonly raisedAt: EpochMs;
  readonly code: string;
}

/** Alarms that stood at any moment of a period, newest first, cleared or not. */
export async function alarmsOf(
  db: Database | Transaction,
  { from, until }: AlarmPeriod,
  limit: number,
  after?: AlarmCursor,
): Promise<AlarmOnRecord[]> {
  const raisedAt = after && new Date(after.raisedAt);
  const rows = await db.alarm.findMany({
    where: {
      AND: [
        { code: { in: [...ALARM_CODES] } },
        { OR: [{ clearedAt: null }, { clearedAt: { gte: new Date(from) } }] },
        until === undefined ? {} : { raisedAt: { lt: new Date(until) } },
        raisedAt ? { OR: [{ raisedAt: { lt: raisedAt } }, { raisedAt, code: { gt: after.code } }] } : {},
      ],
    },
    orderBy: [{ raisedAt: 'desc' }, { code: 'asc' }],
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
