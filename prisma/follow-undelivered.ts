import type { ReceiptEffect } from '../activities/notices/apply-receipt.ts';
import type { MessageStatus } from '../activities/notices/port.ts';
import { CaseKeyErased } from '../adapters/key-store/errors.ts';
import { afterUndelivered, type DeliveryFacts, type NextMove } from '../domain/reminders/delivery.ts';
import type { Channel, GatewayChannel } from '../domain/reminders/kinds.ts';
import { nextAllowed, type SendingHours } from '../domain/reminders/quiet-hours.ts';
import type { EpochMs } from '../domain/zoned-time.ts';
import type { CaseCipher } from './case-cipher.ts';
import type { Database, Transaction } from './database.ts';
import type { Reported } from './notice-receipts.ts';

interface Row {
  readonly id: string;
  readonly caseNumber: string;
  readonly party: string;
  readonly kind: string;
  readonly optional: boolean;
  readonly channels: Channel[];
  readonly channel: GatewayChannel;
  readonly dueAt: Date;
  readonly usefulUntil: Date | null;
  readonly realm: string;
  readonly sealed: Uint8Array;
  readonly sendingHours: SendingHours | null;
  readonly failures: number;
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
    const move = afterUndelivered(facts, status.failure ?? 'temporary', row.failures, at);
    await write(tx, row, move, status, error, new Date(at));
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
      n.useful_until AS "usefulUntil", r.realm, p.sealed, y.body -> 'sendingHours' AS "sendingHours",
      (SELECT count(*)::int FROM notice_attempt a WHERE a.notice_id = n.id AND a.channel = n.channel
        AND a.state IN ('undelivered', 'failed')) AS failures
    FROM notice n
    JOIN case_record r USING (case_number)
    JOIN party p ON p.case_number = n.case_number AND p.label = n.party
    LEFT JOIN reminder_policy y ON y.version = n.policy_version
    WHERE n.id = ${id} AND n.attempts = ${n} AND n.state IN ('sending', 'sent')
    FOR UPDATE OF n`;
  return row;
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
  move: NextMove,
  { providerId, status }: MessageStatus,
  error: string,
  at: Date,
): Promise<void> {
  const sends = move.do === 'send';
  const state = sends ? 'queued' : move.do === 'call' ? 'to-call' : status;
  await tx.$executeRaw`
    UPDATE notice SET state = ${state}, channel = ${sends ? move.channel : channel},
      send_at = ${sends ? new Date(move.at) : null}, last_error = ${error}, provider_id = ${providerId},
      sent_at = coalesce(sent_at, ${at}), vain_tries = 0, attempted_at = NULL, claimed_by = NULL, claimed_until = NULL
    WHERE id = ${id}`;
}
