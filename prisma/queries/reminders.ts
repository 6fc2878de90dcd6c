import type { NoticeState } from '../../activities/notices/notice-store.ts';
import type { PartyLabel } from '../../domain/case/vocabulary.ts';
import type { Realm } from '../../domain/case/state.ts';
import type { Channel, NoticeKind } from '../../domain/reminders/kinds.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type { Database, Transaction } from '../database.ts';
import { Prisma } from '../generated/client.ts';

/** States in which nobody could be warned: until a person has handled it, the notice stays on the list. */
export const UNWARNED_STATES = ['to-call', 'failed', 'undelivered'] as const satisfies readonly NoticeState[];

/**
 * Whether staff must still warn somebody. An optional message that failed is no warning; where a policy has even
 * those told by telephone, they stand to be called like any other.
 */
export function isToBeWarned(notice: {
  readonly state: string;
  readonly optional: boolean;
  readonly handledAt: Date | null;
}): boolean {
  const { state, optional, handledAt } = notice;
  const unwarned = UNWARNED_STATES.some((each) => each === state);
  return unwarned && handledAt === null && (!optional || state === 'to-call');
}

/** {@link isToBeWarned}, as a condition. */
export const TO_BE_WARNED = {
  handledAt: null,
  OR: [{ state: 'to-call' }, { state: { in: ['failed', 'undelivered'] }, optional: false }],
} satisfies Prisma.NoticeWhereInput;

/** Whose notices a reader may see. */
export interface ReminderScope {
  readonly realm: Realm;
  /** Undefined for the whole district. */
  readonly visibleVenues?: readonly string[] | undefined;
  /** Sees what the safety flag hides: which changes of status the other party is not told of. */
  readonly seesSafety: boolean;
}

/** `from` is included, `to` is not. */
export interface Span {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

export interface DayFilter extends ReminderScope, Span {
  readonly states?: readonly NoticeState[] | undefined;
  readonly kinds?: readonly NoticeKind[] | undefined;
  readonly party?: PartyLabel | undefined;
  /** The last notice of the page before. */
  readonly after?: { readonly dueAt: EpochMs; readonly id: string } | undefined;
  readonly limit: number;
}

const ROW = {
  tries: {
    orderBy: { n: 'asc' },
    select: {
      n: true,
      channel: true,
      at: true,
      state: true,
      providerId: true,
      error: true,
      receiptAt: true,
      parts: true,
      templateVersion: true,
    },
  },
  case: {
    select: {
      realm: true,
      flags: true,
      venueId: true,
      acceptingVenueId: true,
      timeOffsetMs: true,
      parties: { select: { label: true, declinesOptional: true, mobileIndex: true } },
    },
  },
} as const satisfies Prisma.NoticeInclude;
export type ReminderRow = Prisma.NoticeGetPayload<{ include: typeof ROW }>;

/** One notice with its attempts and what decides who may see it. */
export async function findReminder(db: Database | Transaction, id: string): Promise<ReminderRow | undefined> {
  return (await db.notice.findUnique({ where: { id }, include: ROW })) ?? undefined;
}

/** Every notice of a case in the order of their hour. */
export function remindersOfCase(db: Database, caseNumber: string): Promise<ReminderRow[]> {
  return db.notice.findMany({
    where: { caseNumber },
    include: ROW,
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
  });
}

/** A page of a day's notices in the order of their hour; equal hours in the order of their keys. */
export async function listReminders(db: Database, filter: DayFilter): Promise<ReminderRow[]> {
  const { after } = filter;
  const rest = after
    ? Prisma.sql`AND (n.due_at, n.id) > (${new Date(after.dueAt)}::timestamptz, ${after.id})`
    : Prisma.empty;
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT n.id FROM notice n JOIN case_record c ON c.case_number = n.case_number
    WHERE ${within(filter)} AND ${inScope(filter)} AND ${narrowed(filter)} ${rest}
    ORDER BY n.due_at, n.id LIMIT ${filter.limit}`;
  return rowsOf(
    db,
    ids.map(({ id }) => id),
  );
}

export interface UnwarnedFilter extends ReminderScope {
  /** Real time of the first page, which all pages keep to. */
  readonly asOf: EpochMs;
  readonly after?: UnwarnedPlace | undefined;
  readonly limit: number;
}

/** Where a notice stands in the list: those no longer of use come last, the most urgent first. */
export interface UnwarnedPlace {
  readonly late: boolean;
  /** Null sorts last. */
  readonly usefulUntil: EpochMs | null;
  readonly id: string;
}

/** Whom staff must still ring. `late` is reckoned in the case's own time. */
export async function listUnwarned(
  db: Database,
  filter: UnwarnedFilter,
): Promise<(ReminderRow & { readonly late: boolean })[]> {
  const { after } = filter;
  const usefulUntil = Prisma.sql`coalesce(n.useful_until, 'infinity'::timestamptz)`;
  const late = Prisma.sql`(${usefulUntil} <= ${new Date(filter.asOf)}::timestamptz + c.time_offset_ms * interval '1 millisecond')`;
  const since = after?.usefulUntil ? new Date(after.usefulUntil).toISOString() : 'infinity';
  const rest = after
    ? Prisma.sql`AND (${late}, ${usefulUntil}, n.id) > (${after.late}::boolean, ${since}::timestamptz, ${after.id})`
    : Prisma.empty;
  const found = await db.$queryRaw<{ id: string; late: boolean }[]>`
    SELECT n.id, ${late} AS late FROM notice n JOIN case_record c ON c.case_number = n.case_number
    WHERE (n.state = 'to-call' OR (n.state IN ('failed', 'undelivered') AND NOT n.optional))
      AND n.handled_at IS NULL AND ${inScope(filter)} ${rest}
    ORDER BY late, ${usefulUntil}, n.id LIMIT ${filter.limit}`;
  const rows = await rowsOf(
    db,
    found.map(({ id }) => id),
  );
  const lateIds = new Set(found.filter((each) => each.late).map(({ id }) => id));
  return rows.map((row) => ({ ...row, late: lateIds.has(row.id) }));
}

/** The rows of these ids in the order of the ids. */
async function rowsOf(db: Database, ids: readonly string[]): Promise<ReminderRow[]> {
  const rows = await db.notice.findMany({ where: { id: { in: [...ids] } }, include: ROW });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** How many notices of a span share state, kind and channel. */
export interface ReminderCount {
  readonly state: NoticeState;
  readonly kind: NoticeKind;
  readonly channel: Channel;
  readonly count: number;
}

/** A day in numbers: one statement, whatever the day's size. */
export function countReminders(db: Database, filter: ReminderScope & Span): Promise<ReminderCount[]> {
  return db.$queryRaw<ReminderCount[]>`
    SELECT n.state, n.kind, coalesce(n.channel, n.channels[1]) AS channel, count(*)::int AS count
    FROM notice n JOIN case_record c ON c.case_number = n.case_number
    WHERE ${within(filter)} AND ${inScope(filter)}
    GROUP BY 1, 2, 3`;
}

/** What is still to be sent within one civil hour. */
export interface PlannedHour {
  /** `YYYY-MM-DD` and `HH:00` in Asia/Shanghai. */
  readonly on: string;
  readonly hour: string;
  readonly kind: NoticeKind;
  readonly count: number;
  /** Optional ones of parties who want none. */
  readonly declined: number;
  /** No gateway channel of theirs has an address. */
  readonly unreachable: number;
}

/** An e-mail stands among a notice's channels only where the party gave an address; a number has its index. */
const UNREACHABLE = Prisma.sql`NOT ('email' = ANY(n.channels) OR ('sms' = ANY(n.channels) AND p.mobile_index IS NOT NULL))`;

/** Whether a notice that is still to come has no gateway to go by: the party may be rung before it is due. */
export function isUnreachable({ state, channels, party, case: { parties } }: ReminderRow): boolean {
  if (state !== 'planned' && state !== 'queued') return false;
  const hasNumber = parties.some(({ label, mobileIndex }) => label === party && mobileIndex !== null);
  return !channels.includes('email') && !(channels.includes('sms') && hasNumber);
}

export function planByHour(db: Database, filter: ReminderScope & Span): Promise<PlannedHour[]> {
  return db.$queryRaw<PlannedHour[]>`
    SELECT to_char(n.due_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "on",
           to_char(n.due_at AT TIME ZONE 'Asia/Shanghai', 'HH24:00') AS hour, n.kind, count(*)::int AS count,
           count(*) FILTER (WHERE n.optional AND p.declines_optional)::int AS declined,
           count(*) FILTER (WHERE ${UNREACHABLE})::int AS unreachable
    FROM notice n JOIN case_record c ON c.case_number = n.case_number
      JOIN party p ON p.case_number = n.case_number AND p.label = n.party
    WHERE n.state IN ('planned', 'queued') AND ${within(filter)} AND ${inScope(filter)}
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
}

/** Planned notices that no gateway can deliver: staff may ring before they are due. */
export async function planUnreachable(
  db: Database,
  filter: ReminderScope & Span,
  limit: number,
): Promise<{ id: string; caseNumber: string; party: string; kind: string; dueAt: Date }[]> {
  return db.$queryRaw`
    SELECT n.id, n.case_number AS "caseNumber", n.party, n.kind, n.due_at AS "dueAt"
    FROM notice n JOIN case_record c ON c.case_number = n.case_number
      JOIN party p ON p.case_number = n.case_number AND p.label = n.party
    WHERE n.state IN ('planned', 'queued') AND ${within(filter)} AND ${inScope(filter)} AND ${UNREACHABLE}
    ORDER BY n.due_at, n.id LIMIT ${limit}`;
}

function within({ from, to }: Span): Prisma.Sql {
  return Prisma.sql`n.due_at >= ${new Date(from)} AND n.due_at < ${new Date(to)}`;
}

function inScope({ realm, visibleVenues, seesSafety }: ReminderScope): Prisma.Sql {
  const parts = [Prisma.sql`c.realm = ${realm}`];
  if (visibleVenues) {
    const ids = [...visibleVenues];
    parts.push(Prisma.sql`(c.venue_id = ANY(${ids}) OR c.accepting_venue_id = ANY(${ids}))`);
  }
  if (!seesSafety) parts.push(Prisma.sql`NOT (n.kind = 'status-changed' AND 'safety' = ANY(c.flags))`);
  return Prisma.join(parts, ' AND ');
}

function narrowed({ states, kinds, party }: DayFilter): Prisma.Sql {
  const parts = [Prisma.sql`TRUE`];
  if (states) parts.push(Prisma.sql`n.state = ANY(${[...states]})`);
  if (kinds) parts.push(Prisma.sql`n.kind = ANY(${[...kinds]})`);
  if (party) parts.push(Prisma.sql`n.party = ${party}`);
  return Prisma.join(parts, ' AND ');
}
