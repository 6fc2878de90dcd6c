import type { ComparedNotice } from '../../activities/reconciliation/port.ts';
import { keysOf, reachable } from '../../domain/case/plan-change.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { STAGES } from '../../domain/case/vocabulary.ts';
import { isFinal } from '../../domain/procedure.ts';
import type { NoticeOnRecord } from '../../domain/reconciliation/notice-drift.ts';
import { SLACK } from '../../domain/reconciliation/slack.ts';
import { GATEWAY_CHANNELS } from '../../domain/reminders/kinds.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';

interface Row {
  readonly id: string;
  readonly caseNumber: string;
  readonly state: NoticeOnRecord['state'];
  readonly channel: string | null;
  readonly dueAt: Date;
  readonly sendAt: Date | null;
  readonly attemptedAt: Date | null;
  readonly claimedUntil: Date | null;
  readonly sentAt: Date | null;
  readonly heldBack: boolean;
  readonly caseOpen: boolean;
}

/** A case says nothing of its window while its beginning rests on a provisional date (`domain/case/next-wake.ts`). */
const HELD_BACK = Prisma.sql`(n.kind IN ('window-open', 'window-closing')
  AND coalesce(c.clock->'provisionalDates' @> '["coolingOffLastDay"]'::jsonb, false))`;

const FINAL = STAGES.filter(isFinal);

const NOTICES = Prisma.sql`
  SELECT n.id, n.case_number AS "caseNumber", n.state, n.channel, n.due_at AS "dueAt", n.send_at AS "sendAt",
         n.attempted_at AS "attemptedAt", n.claimed_until AS "claimedUntil", n.sent_at AS "sentAt",
         ${HELD_BACK} AS "heldBack", c.stage <> ALL (${FINAL}) AS "caseOpen"
  FROM notice n JOIN case_record c ON c.case_number = n.case_number AND c.realm = 'live'`;

/** Notices that may be late by their slack, by id. What is wrong with each is for the rules to say. */
export async function lateNotices(
  db: Database,
  after: string,
  limit: number,
  now: EpochMs,
): Promise<ComparedNotice[]> {
  const before = (slack: number): Date => new Date(now - slack);
  const rows = await db.$queryRaw<Row[]>`${NOTICES}
    WHERE n.id > ${after} AND (
      (n.state = 'planned' AND n.due_at < ${before(SLACK.planned)} AND NOT ${HELD_BACK})
      OR (n.state = 'queued' AND n.send_at < ${before(SLACK.queued)})
      OR (n.state = 'sending' AND n.send_at < ${before(SLACK.sending)})
      OR (n.state = 'sent' AND n.sent_at < ${before(SLACK.receipt)} AND n.channel = 'sms'
        AND n.sent_at >= ${before(SLACK.receiptGivenUp)}))
    ORDER BY n.id LIMIT ${limit}`;
  return rows.map((row) => comparedOf(row));
}

/** Planned notices that their case's own plan does not have, by id; read page by page, so a page may give none. */
export async function strayNotices(
  db: Database,
  after: string,
  limit: number,
  now: EpochMs,
): Promise<ComparedNotice[]> {
  const rows = await db.$queryRaw<Row[]>`${NOTICES}
    WHERE n.id > ${after} AND n.state = 'planned' AND n.due_at > ${new Date(now)}
    ORDER BY n.id LIMIT ${limit}`;
  return withPlans(db, rows);
}

/** Those of the given notices that still lack an outcome. */
export async function noticesOf(db: Database, ids: readonly string[]): Promise<ComparedNotice[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<Row[]>`${NOTICES}
    WHERE n.id = ANY(${[...ids]}) AND n.state IN ('planned', 'queued', 'sending', 'sent') ORDER BY n.id`;
  return withPlans(db, rows);
}

/** Adds to planned notices whether their case's plan has them. */
async function withPlans(db: Database, rows: readonly Row[]): Promise<ComparedNotice[]> {
  const planned = rows.filter(({ state }) => state === 'planned').map(({ caseNumber }) => caseNumber);
  const plans = await plansOf(db, [...new Set(planned)]);
  return rows.map((row) => {
    const plan = row.state === 'planned' ? plans.get(row.caseNumber) : undefined;
    return comparedOf(row, plan?.has(row.id));
  });
}

/** The keys of all notices on the plans that cases have kept with their last turn. */
async function plansOf(db: Database, caseNumbers: readonly string[]): Promise<Map<string, Set<string>>> {
  if (caseNumbers.length === 0) return new Map();
  const rows = await db.$queryRaw<({ caseNumber: string } & Pick<CaseState, 'planned' | 'mailable'>)[]>`
    SELECT case_number AS "caseNumber", resume_state->'planned' AS planned, resume_state->'mailable' AS mailable
    FROM case_record
    WHERE case_number = ANY(${[...caseNumbers]}) AND (resume_state->>'seq')::int = act_seq`;
  return new Map(
    rows.map(({ caseNumber, planned, mailable }) => [
      caseNumber,
      new Set(reachable({ mailable }, planned).flatMap((notice) => keysOf(caseNumber, notice))),
    ]),
  );
}

function comparedOf(row: Row, onPlan?: boolean): ComparedNotice {
  const channel = GATEWAY_CHANNELS.find((each) => each === row.channel);
  return {
    id: row.id,
    caseNumber: row.caseNumber,
    state: row.state,
    dueAt: row.dueAt.getTime(),
    heldBack: row.heldBack,
    caseOpen: row.caseOpen,
    ...(channel ? { channel } : {}),
    ...(row.sendAt ? { sendAt: row.sendAt.getTime() } : {}),
    ...(row.attemptedAt ? { attemptedAt: row.attemptedAt.getTime() } : {}),
    ...(row.claimedUntil ? { claimedUntil: row.claimedUntil.getTime() } : {}),
    ...(row.sentAt ? { sentAt: row.sentAt.getTime() } : {}),
    ...(onPlan === undefined ? {} : { onPlan }),
  };
}

/** How many live notices should have been ordered or sent by now, slack included. */
export async function countOverdueNotices(db: Database, now: EpochMs): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM notice n JOIN case_record c ON c.case_number = n.case_number
    WHERE c.realm = 'live' AND (
      (n.state = 'planned' AND n.due_at < ${new Date(now - SLACK.planned)} AND NOT ${HELD_BACK})
      OR (n.state IN ('queued', 'sending') AND n.send_at < ${new Date(now - SLACK.queued)}))`;
  return row?.count ?? 0;
}

/** The gateway's name for the text message that a notice was last handed over as. */
export async function messageOf(db: Database, id: string): Promise<string | undefined> {
  const row = await db.notice.findUnique({ where: { id, state: 'sent' }, select: { providerId: true } });
  return row?.providerId ?? undefined;
}
