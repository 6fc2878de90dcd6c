import type { Accepted, Attempt, NoticeStore, Settled } from '../activities/notices/notice-store.ts';
import type { GatewayChannel } from '../domain/reminders/kinds.ts';
import { isEveryoneWarned } from './call-outcomes.ts';
import type { CaseCipher } from './case-cipher.ts';
import { claimNotices } from './claim-notices.ts';
import type { Database } from './database.ts';
import { untoldCases } from './queries/untold-cases.ts';

/**
 * The outbox. Each method is one statement for a whole batch; its rows travel as one JSON parameter. A guard in every
 * statement keeps what has happened meanwhile: a receipt that came first, a cancellation, another claimant.
 */
export function noticeStore(db: Database, cipher: CaseCipher): NoticeStore {
  return {
    claim: (claim) => claimNotices(db, cipher, claim),
    waiting: (channel, now, most) => waiting(db, channel, now, most),
    nextLapse: (channel, by) => nextLapse(db, channel, by),
    hours: (until) => hours(db, until),
    begin: (by, attempts) => begin(db, cipher, by, attempts),
    othersOf: async (id, providerIds) => {
      const rows = await db.noticeAttempt.findMany({
        where: { providerId: { in: [...providerIds] }, noticeId: { not: id } },
        select: { providerId: true },
      });
      return new Set(rows.flatMap(({ providerId }) => providerId ?? []));
    },
    found: async (accepted) => {
      try {
        await writeAccepted(db, [accepted]);
        return true;
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
    },
    accepted: (rows) => writeAccepted(db, rows),
    settle: (by, rows) => settle(db, by, rows),
    warned: (caseNumber) => isEveryoneWarned(db, caseNumber),
    untold: (most) => untoldCases(db, most),
    delayed: async (caseNumber) =>
      (await db.notice.count({
        where: { caseNumber, state: { in: ['queued', 'sending'] }, vainTries: { gt: 0 } },
      })) > 0,
  };
}

async function waiting(db: Database, channel: string, now: number, most: number): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM notice WHERE state IN ('queued', 'sending') AND channel = ${channel} AND send_at <= ${new Date(now)}
        AND (claimed_until IS NULL OR claimed_until <= ${new Date(now)})
      LIMIT ${most}) AS due`;
  return row?.count ?? 0;
}

async function nextLapse(db: Database, channel: string, by: string): Promise<number | undefined> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(claimed_until) AS at FROM notice
    WHERE channel = ${channel} AND claimed_until IS NOT NULL AND claimed_by <> ${by} AND state IN ('queued', 'sending')`;
  return row?.at?.getTime();
}

const MOST_HOURS = 200;

async function hours(db: Database, until: number): Promise<(readonly [GatewayChannel, number])[]> {
  const rows = await db.$queryRaw<{ channel: GatewayChannel; at: number }[]>`
    SELECT channel, (ceil(extract(epoch FROM send_at) * 2) * 500)::float8 AS at FROM notice
    WHERE state IN ('queued', 'sending') AND send_at <= ${new Date(until)} AND claimed_until IS NULL
    GROUP BY 1, 2 ORDER BY 2 LIMIT ${MOST_HOURS}`;
  return rows.map(({ channel, at }) => [channel, at] as const);
}

async function begin(
  db: Database,
  cipher: CaseCipher,
  by: string,
  attempts: readonly Attempt[],
): Promise<ReadonlySet<string>> {
  if (attempts.length === 0) return new Set();
  const given = await Promise.all(
    attempts.map(async ({ text, address, caseNumber, ...attempt }) => ({
      ...attempt,
      text: Buffer.from(await cipher.seal(caseNumber, 'notice.text', text)).toString('base64'),
      address: await cipher.index(address),
    })),
  );
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH given AS (
      SELECT id, n, channel, to_timestamp(at / 1000.0) AS at, "templateVersion", parts, decode(text, 'base64') AS text, address
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g(
        id text, n int, channel text, at float8, "templateVersion" text, parts int, text text, address text)),
    begun AS (
      UPDATE notice SET state = 'sending', channel = g.channel, attempts = g.n, attempted_at = g.at,
        template_version = g."templateVersion", parts = g.parts, sealed_text = g.text
      FROM given g
      WHERE notice.id = g.id AND notice.claimed_by = ${by} AND notice.state IN ('queued', 'sending')
      RETURNING notice.id)
    INSERT INTO notice_attempt (notice_id, n, channel, at, state, address_index, template_version, parts, sealed_text)
    SELECT g.id, g.n, g.channel, g.at, 'sending', g.address, g."templateVersion", g.parts, g.text
    FROM given g JOIN begun USING (id)
    ON CONFLICT (notice_id, n) DO UPDATE SET channel = EXCLUDED.channel, at = EXCLUDED.at, state = 'sending', error = NULL,
      address_index = EXCLUDED.address_index, template_version = EXCLUDED.template_version, parts = EXCLUDED.parts,
      sealed_text = EXCLUDED.sealed_text
    RETURNING notice_id AS id`;
  return new Set(rows.map(({ id }) => id));
}

/** A receipt may have overtaken the gateway's answer, and even started the next channel: then only the name is added. */
async function writeAccepted(db: Database, rows: readonly Accepted[]): Promise<void> {
  if (rows.length === 0) return;
  await db.$executeRaw`
    WITH given AS (
      SELECT id, n, "providerId", to_timestamp(at / 1000.0) AS at
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS g(id text, n int, "providerId" text, at float8)),
    tried AS (
      UPDATE notice_attempt AS a SET provider_id = coalesce(a.provider_id, g."providerId"), error = CASE WHEN
        a.state IN ('sending', 'not-sent') THEN NULL ELSE a.error END,
        state = CASE WHEN a.state IN ('sending', 'not-sent') THEN 'sent' ELSE a.state END
      FROM given g WHERE a.notice_id = g.id AND a.n = g.n)
    UPDATE notice SET state = 'sent', provider_id = g."providerId", sent_at = coalesce(sent_at, g.at), last_error = NULL,
      vain_tries = 0, send_at = NULL, attempted_at = NULL, claimed_by = NULL, claimed_until = NULL
    FROM given g WHERE notice.id = g.id AND notice.state = 'sending' AND notice.attempts = g.n`;
}

async function settle(db: Database, by: string, rows: readonly Settled[]): Promise<void> {
  if (rows.length === 0) return;
  const given = rows.map(({ attempt, ...row }) => ({ ...row, n: attempt?.n, attemptState: attempt?.state }));
  await db.$executeRaw`
    WITH given AS (
      SELECT id, state, channel, to_timestamp("sendAt" / 1000.0) AS send_at, "vainTries", error, n, "attemptState"
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g(
        id text, state text, channel text, "sendAt" float8, "vainTries" int, error text, n int, "attemptState" text)),
    tried AS (
      UPDATE notice_attempt AS a SET state = g."attemptState", error = g.error
      FROM given g WHERE a.notice_id = g.id AND a.n = g.n AND a.state = 'sending')
    UPDATE notice SET state = g.state, channel = coalesce(g.channel, notice.channel), send_at = g.send_at,
      vain_tries = g."vainTries", last_error = coalesce(g.error, notice.last_error), claimed_by = NULL, claimed_until = NULL,
      attempted_at = CASE WHEN g.state = 'sending' THEN notice.attempted_at END
    FROM given g WHERE notice.id = g.id AND notice.claimed_by = ${by} AND notice.state IN ('queued', 'sending')`;
}

/** PostgreSQL's code for a value that stands already. */
const UNIQUE_VIOLATION = '23505';

function isTaken(error: unknown): boolean {
  return error instanceof Error && JSON.stringify(error).includes(UNIQUE_VIOLATION);
}
