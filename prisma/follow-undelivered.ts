import type { ReceiptEffect } from '../activities/notices/apply-receipt.ts';
import type { MessageStatus } from '../activities/notices/port.ts';
import { CaseKeyErased } from '../adapters/key-store/errors.ts';
import { audience } from '../domain/reminders/audience.ts';
import { afterUndelivered, type DeliveryFacts } from '../domain/reminders/delivery.ts';
import type { Channel, GatewayChannel, NoticeKind } from '../domain/reminders/kinds.ts';
import { nextAllowed, type SendingHours } from '../domain/reminders/quiet-hours.ts';
import { takenBack } from '../domain/reminders/still-true.ts';
import type { Outcome, PartyLabel, Stage } from '../domain/case/vocabulary.ts';
import type { NoticeState } from '../activities/notices/notice-store.ts';
import type { EpochMs } from '../domain/zoned-time.ts';
import type { CaseCipher } from './case-cipher.ts';
import { withdrawnBy } from './claim-notices.ts';
import type { Database, Transaction } from './database.ts';
import type { Reported } from './notice-receipts.ts';

interface Row {
  readonly id: string;
  readonly caseNumber: string;
  readonly party: PartyLabel;
  readonly kind: NoticeKind;
  readonly optional: boolean;
  readonly channels: Channel[];
  readonly channel: GatewayChannel;
  readonly dueAt: Date;
  readonly usefulUntil: Date | null;
  readonly realm: string;
  readonly sealed: Uint8Array;
  readonly sendingHours: SendingHours | null;
  readonly failures: number;
  readonly deadlineVersion: number;
  readonly caseDeadlineVersion: number;
  readonly stage: Stage;
  readonly outcome: Outcome | null;
  readonly safety: boolean;
  readonly withdrawnBy: PartyLabel | null;
}

/** A message did not arrive: the notice goes on to what comes next, unless something newer is under way for it. */
export function followUndelivered(
  db: Database,
  cipher: CaseCipher,
  reported: Reported,
  status: MessageStatus,
  at: EpochMs,
): Promise<ReceiptEffect> {
  return db.$transaction(async (tx): Promise<ReceiptEffect> => {
    const { id, n } = reported;
    const error = `gateway ${status.errorCode ?? 'none'}`;
    // Another receipt at the same time: only one may build on what was read.
    const changed = await tx.$executeRaw`
      UPDATE notice_attempt SET state = ${status.status}, provider_id = ${status.providerId}, receipt_at = ${new Date(at)},
        error = ${error}
      WHERE notice_id = ${id} AND n = ${n} AND state NOT IN ('delivered', 'undelivered', 'failed')`;
    if (changed === 0) return { kind: 'nothing' };
    const row = await lockCurrent(tx, id, n);
    if (!row) return { kind: 'noted' };
    const facts = await factsOf(cipher, row);
    const stopped = stop(row, facts.usefulUntil, at);
    if (stopped) {
      await write(tx, row, stopped, status.providerId, new Date(at));
      return { kind: 'noted' };
    }
    const move = afterUndelivered(facts, status.failure ?? 'temporary', row.failures, at);
    const next =
      move.do === 'send'
        ? ({ state: 'queued', channel: move.channel, sendAt: new Date(move.at) } as const)
        : ({ state: move.do === 'call' ? 'to-call' : status.status } as const);
    await write(tx, row, { ...next, error }, status.providerId, new Date(at));
    if (move.do === 'send') return { kind: 'again', channel: move.channel, at: move.at };
    // An optional message that did not arrive is nothing a person must make good.
    if (row.optional && move.do !== 'call') return { kind: 'noted' };
    return { kind: 'lost', caseNumber: row.caseNumber };
  });
}

/** The notice, if this attempt is its latest and nothing has been decided since. */
async function lockCurrent(tx: Transaction, id: string, n: number): Promise<Row | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT n.id, n.case_number AS "caseNumber", n.party, n.kind, n.optional, n.channels, n.channel, n.due_at AS "dueAt",
      n.useful_until AS "usefulUntil", n.deadline_version AS "deadlineVersion", r.deadline_version AS "caseDeadlineVersion",
      r.stage, r.outcome, (p.safety OR other.safety) AS safety, w.party AS "withdrawnBy", r.realm, p.sealed, y.body -> 'sendingHours' AS "sendingHours",
      (SELECT count(*)::int FROM notice_attempt a WHERE a.notice_id = n.id AND a.channel = n.channel
        AND a.state IN ('undelivered', 'failed')) AS failures
    FROM notice n
    JOIN case_record r USING (case_number)
    JOIN party p ON p.case_number = n.case_number AND p.label = n.party
    JOIN party other ON other.case_number = n.case_number AND other.label <> n.party
    LEFT JOIN LATERAL (${withdrawnBy('n')}) w ON true
    LEFT JOIN reminder_policy y ON y.version = n.policy_version
    WHERE n.id = ${id} AND n.attempts = ${n} AND n.state IN ('sending', 'sent')
    FOR UPDATE OF n`;
  return row;
}

/** What the notice has become: neither a next channel nor a call may repeat what is not so any more, or is not to be said. */
function stop(row: Row, usefulUntil: EpochMs | undefined, at: EpochMs): Next | undefined {
  const { kind, party, stage, deadlineVersion, caseDeadlineVersion, safety, outcome, withdrawnBy: by } = row;
  const standing = { stage, deadlineVersion: caseDeadlineVersion };
  const untrue = takenBack({ kind, deadlineVersion, usefulUntil }, standing, at);
  if (untrue) return { state: 'cancelled', error: untrue };
  const told = audience(kind, { safety, outcome: outcome ?? undefined, withdrawnBy: by ?? undefined });
  return safety && !told.includes(party) ? { state: 'suppressed', error: 'SAFETY' } : undefined;
}

/** How the notice goes on. */
interface Next {
  readonly state: NoticeState;
  readonly error: string;
  readonly channel?: GatewayChannel;
  readonly sendAt?: Date;
}

async function factsOf(cipher: CaseCipher, row: Row): Promise<DeliveryFacts> {
  const { id, channels, channel, sendingHours } = row;
  const rehearsal = row.realm === 'rehearsal';
  return {
    id,
    channels,
    channel,
    reachable: await reachableBy(cipher, row),
    tries: 1,
    dueAt: row.dueAt.getTime(),
    usefulUntil: rehearsal ? undefined : row.usefulUntil?.getTime(),
    allowed: (instant) => (rehearsal ? instant : nextAllowed(instant, sendingHours ?? undefined)),
  };
}

/** A new number is confirmed on that number or not at all. */
async function reachableBy(cipher: CaseCipher, row: Row): Promise<readonly GatewayChannel[]> {
  if (row.kind === 'number-confirmation') return ['sms'];
  try {
    const { mobile, email } = await cipher.open<{ mobile?: string; email?: string }>(
      row.caseNumber,
      `party.${row.party}`,
      row.sealed,
    );
    return [...(mobile ? (['sms'] as const) : []), ...(email ? (['email'] as const) : [])];
  } catch (error) {
    if (error instanceof CaseKeyErased) return [];
    throw error;
  }
}

async function write(
  tx: Transaction,
  { id, channel }: Row,
  next: Next,
  providerId: string,
  at: Date,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE notice SET state = ${next.state}, channel = ${next.channel ?? channel},
      send_at = ${next.sendAt ?? null}, last_error = ${next.error}, provider_id = ${providerId},
      sent_at = coalesce(sent_at, ${at}), vain_tries = 0, attempted_at = NULL, claimed_by = NULL, claimed_until = NULL
    WHERE id = ${id}`;
}
