import type { Claim, LastAttempt, NoticeToSend } from '../activities/notices/notice-store.ts';
import type { NoticeDates } from '../activities/records/port.ts';
import type { Locale, Outcome, PartyLabel, Stage } from '../domain/case/vocabulary.ts';
import type { Channel, GatewayChannel, NoticeKind } from '../domain/reminders/kinds.ts';
import type { SendingHours } from '../domain/reminders/quiet-hours.ts';
import { CaseKeyErased } from '../adapters/key-store/errors.ts';
import type { CaseCipher } from './case-cipher.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { numberToConfirm } from './number-changes.ts';

interface Row {
  readonly id: string;
  readonly caseNumber: string;
  readonly party: PartyLabel;
  readonly kind: NoticeKind;
  readonly template: NoticeKind | null;
  readonly state: 'queued' | 'sending';
  readonly channels: Channel[];
  readonly channel: GatewayChannel;
  readonly urgency: string;
  readonly sendAt: Date;
  readonly optional: boolean;
  readonly dueAt: Date;
  readonly usefulUntil: Date | null;
  readonly vainTries: number;
  readonly attemptedAt: Date | null;
  readonly props: NoticeDates;
  readonly realm: string;
  readonly locale: Locale;
  readonly stage: Stage;
  readonly outcome: Outcome | null;
  readonly deadlineVersion: number;
  readonly caseDeadlineVersion: number;
  readonly withdrawnBy: PartyLabel | null;
  readonly delayShown: boolean;
  readonly failureShown: boolean;
  readonly sealed: Uint8Array;
  readonly declinesOptional: boolean;
  readonly safety: boolean;
  readonly venueName: string | null;
  readonly sendingHours: SendingHours | null;
  readonly n: number | null;
  readonly triedChannel: GatewayChannel | null;
  readonly triedAt: Date | null;
  readonly triedState: LastAttempt['state'] | null;
  readonly sealedText: Uint8Array | null;
  readonly noticeText: Uint8Array | null;
}

/**
 * Who withdrew, for the few kinds of notice whose audience it decides. The step's detail names the party; no other kind
 * costs a look-up.
 * @param notice what the statement calls the notice
 */
export function withdrawnBy(notice: 'c' | 'n'): Prisma.Sql {
  const from = Prisma.raw(notice);
  return Prisma.sql`
      SELECT s.detail ->> 'party' AS party FROM case_step s
      WHERE s.case_number = ${from}.case_number AND s.kind = 'withdraw'
        AND ${from}.kind IN ('withdrawn', 'archive-copy') ORDER BY s.seq DESC LIMIT 1`;
}

/** Claims and reads a batch in one statement; every case key that is needed comes with one more. */
export async function claimNotices(db: Database, cipher: CaseCipher, claim: Claim): Promise<NoticeToSend[]> {
  const rows = await claimRows(db, claim);
  await cipher.prepare(rows.map(({ caseNumber }) => caseNumber));
  const notices = await Promise.all(rows.map((row) => noticeOf(db, cipher, row)));
  return notices;
}

/**
 * Urgent ones and routine ones are looked up apart, so that each look-up walks the index of the outbox in its order
 * and stops, however many notices wait for a later hour.
 */
async function claimRows(db: Database, claim: Claim): Promise<Row[]> {
  const now = new Date(claim.now);
  const wanted = claim.only === undefined ? Prisma.sql`send_at <= ${now}` : Prisma.sql`id = ${claim.only}`;
  const rows = await db.$queryRaw<Row[]>`
    WITH urgent AS (
      SELECT id FROM notice
      WHERE state IN ('queued', 'sending') AND channel = ${claim.channel} AND urgency = 'urgent'
        AND ${wanted} AND (claimed_until IS NULL OR claimed_until <= ${now})
      ORDER BY send_at LIMIT ${claim.most} FOR UPDATE SKIP LOCKED),
    routine AS (
      SELECT id FROM notice
      WHERE state IN ('queued', 'sending') AND channel = ${claim.channel} AND urgency = 'routine'
        AND ${wanted} AND (claimed_until IS NULL OR claimed_until <= ${now})
      ORDER BY send_at LIMIT greatest(0, ${claim.most} - (SELECT count(*) FROM urgent)) FOR UPDATE SKIP LOCKED),
    claimed AS (
      UPDATE notice SET claimed_by = ${claim.by}, claimed_until = ${new Date(claim.until)}
      FROM (SELECT id FROM urgent UNION ALL SELECT id FROM routine) AS due
      WHERE notice.id = due.id
      RETURNING notice.*)
    SELECT c.id, c.case_number AS "caseNumber", c.party, c.kind, c.template, c.state, c.channels, c.channel, c.urgency,
      c.send_at AS "sendAt", c.optional, c.due_at AS "dueAt", c.useful_until AS "usefulUntil", c.vain_tries AS "vainTries",
      c.attempted_at AS "attemptedAt", c.props, r.realm, r.locale, r.stage, r.outcome,
      c.deadline_version AS "deadlineVersion", r.deadline_version AS "caseDeadlineVersion", w.party AS "withdrawnBy",
      r.attention @> '[{"code": "NOTICE_DELAYED"}]'::jsonb AS "delayShown",
      r.attention @> '[{"code": "NOTICE_FAILED"}]'::jsonb AS "failureShown",
      p.sealed, p.declines_optional AS "declinesOptional", (p.safety OR other.safety) AS safety,
      CASE r.locale WHEN 'zh-Hant' THEN v.name_hant WHEN 'en' THEN v.name_en ELSE v.name_hans END AS "venueName",
      y.body -> 'sendingHours' AS "sendingHours",
      a.n, a.channel AS "triedChannel", a.at AS "triedAt", a.state AS "triedState",
      CASE WHEN c.state = 'sending' THEN a.sealed_text END AS "sealedText",
      CASE WHEN c.state = 'sending' THEN c.sealed_text END AS "noticeText"
    FROM claimed c
    JOIN case_record r USING (case_number)
    JOIN party p ON p.case_number = c.case_number AND p.label = c.party
    JOIN party other ON other.case_number = c.case_number AND other.label <> c.party
    LEFT JOIN LATERAL (${withdrawnBy('c')}) w ON true
    LEFT JOIN venue v ON v.id = c.props -> 'appointment' ->> 'venueId'
    LEFT JOIN reminder_policy y ON y.version = c.policy_version
    LEFT JOIN LATERAL (
      SELECT n, channel, at, state, sealed_text FROM notice_attempt
      WHERE notice_id = c.id ORDER BY n DESC LIMIT 1) a ON true`;
  // What an UPDATE returns has no order.
  return rows.sort(
    (x, y) => Number(y.urgency === 'urgent') - Number(x.urgency === 'urgent') || +x.sendAt - +y.sendAt,
  );
}

async function noticeOf(db: Database, cipher: CaseCipher, row: Row): Promise<NoticeToSend> {
  const { id, caseNumber, party, kind, locale, state, channels, channel, optional, vainTries, stage } = row;
  const { deadlineVersion, caseDeadlineVersion } = row;
  const secrets = await unlessErased(() => openSecrets(db, cipher, row));
  return {
    id,
    caseNumber,
    rehearsal: row.realm === 'rehearsal',
    party,
    kind,
    locale,
    state,
    channels,
    channel,
    optional,
    vainTries,
    stage,
    deadlineVersion,
    caseDeadlineVersion,
    dueAt: row.dueAt.getTime(),
    dates: row.props,
    safety: row.safety,
    declinesOptional: row.declinesOptional,
    delayShown: row.delayShown,
    failureShown: row.failureShown,
    ...(row.template ? { template: row.template } : {}),
    ...(row.outcome ? { outcome: row.outcome } : {}),
    ...(row.withdrawnBy ? { withdrawnBy: row.withdrawnBy } : {}),
    ...(row.usefulUntil ? { usefulUntil: row.usefulUntil.getTime() } : {}),
    ...(row.venueName ? { venueName: row.venueName } : {}),
    ...(row.sendingHours ? { sendingHours: row.sendingHours } : {}),
    ...lastOf(row, secrets?.text),
    ...(secrets ? { contact: secrets.contact } : {}),
    ...(secrets?.changeId ? { changeId: secrets.changeId } : {}),
  };
}

interface Secrets {
  readonly contact: { readonly mobile?: string; readonly email?: string };
  readonly text?: string;
  readonly changeId?: string;
}

async function openSecrets(db: Database, cipher: CaseCipher, row: Row): Promise<Secrets> {
  const { caseNumber, party } = row;
  const sealedText = row.sealedText ?? row.noticeText;
  const text = sealedText ? await cipher.open<string>(caseNumber, 'notice.text', sealedText) : undefined;
  const unknown = text === undefined ? {} : { text };
  if (row.kind === 'number-confirmation') {
    // To the new number and nowhere else; once it is decided, the notice is of no use.
    const change = await numberToConfirm(db, cipher, row);
    if (!change) return { contact: {}, ...unknown };
    return { contact: { mobile: change.mobile }, changeId: change.changeId, ...unknown };
  }
  const { mobile, email } = await cipher.open<{ mobile?: string; email?: string }>(
    caseNumber,
    `party.${party}`,
    row.sealed,
  );
  return { contact: { ...(mobile ? { mobile } : {}), ...(email ? { email } : {}) }, ...unknown };
}

/** The release before this one wrote no attempts; what it left unknown counts as the first. */
function lastOf(row: Row, text: string | undefined): { readonly last?: LastAttempt } {
  const known = text === undefined ? {} : { text };
  if (row.n !== null && row.triedAt && row.triedState && row.triedChannel) {
    const { n, triedChannel: channel, triedState: state } = row;
    return { last: { n, channel, state, at: row.triedAt.getTime(), ...known } };
  }
  if (row.state !== 'sending' || !row.attemptedAt) return {};
  return { last: { n: 1, channel: row.channel, state: 'sending', at: row.attemptedAt.getTime(), ...known } };
}

async function unlessErased<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CaseKeyErased) return undefined;
    throw error;
  }
}
