import type { ReceiptEffect, ReceiptStore } from '../activities/notices/apply-receipt.ts';
import type { AttemptState, NoticeState } from '../activities/notices/notice-store.ts';
import { type DeliveryStatus, isProgress, type MessageStatus } from '../activities/notices/port.ts';
import type { GatewayChannel } from '../domain/reminders/kinds.ts';
import { followUndelivered } from './follow-undelivered.ts';
import type { CaseCipher } from './case-cipher.ts';
import type { Database } from './database.ts';
import { isToBeWarned } from './queries/reminders.ts';

/** The attempt a receipt speaks of, and how its notice stands. */
export interface Reported {
  readonly id: string;
  readonly caseNumber: string;
  readonly n: number;
  readonly channel: GatewayChannel;
  readonly tried: AttemptState;
  readonly state: NoticeState;
  /** The latest attempt of the notice. */
  readonly attempts: number;
  readonly sendAt: Date | null;
  /** Where the notice is tried next. */
  readonly next: GatewayChannel;
  readonly optional: boolean;
  /** When a person dealt with it. */
  readonly handledAt: Date | null;
}

const NOTHING = { kind: 'nothing' } as const;
const NOTED = { kind: 'noted' } as const;

/** How far an attempt is known to have come; undefined when the gateway was not known to have it. */
const KNOWN: Readonly<Record<AttemptState, DeliveryStatus | undefined>> = {
  sending: undefined,
  'not-sent': undefined,
  rejected: undefined,
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
};

/** Receipts on record: one look-up, and one statement more when there is something new. */
export function noticeReceipts(db: Database, cipher: CaseCipher): ReceiptStore {
  return {
    async note(status, reference, at) {
      const reported = await find(db, status, reference);
      if (!reported) return { kind: 'unknown-notice' };
      if (!isProgress(KNOWN[reported.tried], status.status)) return stillToDo(reported, status.status);
      switch (status.status) {
        case 'queued':
          return NOTHING;
        case 'sent':
          await noteSent(db, reported, status, new Date(at));
          return NOTED;
        case 'delivered':
          await noteDelivered(db, reported, status, new Date(at));
          return NOTED;
        case 'failed':
        case 'undelivered':
          return followUndelivered(db, cipher, reported, status, at);
      }
    },
  };
}

/** By the gateway's own name for the message; by the notice's key while that name is not on record yet. */
async function find(
  db: Database,
  { providerId }: MessageStatus,
  reference: string | undefined,
): Promise<Reported | undefined> {
  const [known] = await db.$queryRaw<Reported[]>`
    SELECT n.id, n.case_number AS "caseNumber", a.n, a.channel, a.state AS tried, n.state, n.attempts, n.send_at AS "sendAt",
      n.channel AS next, n.optional, n.handled_at AS "handledAt"
    FROM notice_attempt a JOIN notice n ON n.id = a.notice_id WHERE a.provider_id = ${providerId}`;
  if (known || reference === undefined) return known;
  const [early] = await db.$queryRaw<Reported[]>`
    SELECT n.id, n.case_number AS "caseNumber", a.n, a.channel, a.state AS tried, n.state, n.attempts, n.send_at AS "sendAt",
      n.channel AS next, n.optional, n.handled_at AS "handledAt"
    FROM notice n JOIN notice_attempt a ON a.notice_id = n.id AND a.provider_id IS NULL AND a.channel = 'sms'
    WHERE n.id = ${reference} AND a.state IN ('sending', 'not-sent') ORDER BY a.n DESC LIMIT 1`;
  return early ?? strange(db, providerId, reference);
}

/**
 * A message of ours that is not on record: the gateway had taken it over without our hearing of it, and it could not be
 * found there. It is put on record as an attempt of its own.
 */
async function strange(db: Database, providerId: string, reference: string): Promise<Reported | undefined> {
  await db.$executeRaw`
    INSERT INTO notice_attempt (notice_id, n, channel, at, state, provider_id, template_version, parts, sealed_text)
    SELECT n.id, coalesce((SELECT max(a.n) FROM notice_attempt a WHERE a.notice_id = n.id), 0) + 1, 'sms',
      coalesce(n.attempted_at, n.sent_at, now()), 'sent', ${providerId}, n.template_version, n.parts, n.sealed_text
    FROM notice n WHERE n.id = ${reference} AND n.sealed_text IS NOT NULL AND n.template_version IS NOT NULL
      AND n.parts IS NOT NULL
    ON CONFLICT DO NOTHING`;
  const [row] = await db.$queryRaw<Reported[]>`
    SELECT n.id, n.case_number AS "caseNumber", a.n, a.channel, 'sending' AS tried, n.state, n.attempts,
      n.send_at AS "sendAt", n.channel AS next, n.optional, n.handled_at AS "handledAt"
    FROM notice_attempt a JOIN notice n ON n.id = a.notice_id WHERE a.provider_id = ${providerId}`;
  return row;
}

/** The gateway repeats a receipt whose answer it did not get: what followed from it may never have been started. */
function stillToDo(reported: Reported, status: DeliveryStatus): ReceiptEffect {
  if (status !== 'failed' && status !== 'undelivered') return NOTHING;
  const { caseNumber, state, sendAt, next } = reported;
  if (isToBeWarned(reported)) return { kind: 'lost', caseNumber };
  return state === 'queued' && sendAt ? { kind: 'again', channel: next, at: sendAt.getTime() } : NOTHING;
}

async function noteSent(
  db: Database,
  { id, n }: Reported,
  { providerId }: MessageStatus,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    WITH tried AS (
      UPDATE notice_attempt SET state = 'sent', provider_id = ${providerId}, receipt_at = ${at}, error = NULL
      WHERE notice_id = ${id} AND n = ${n} AND state IN ('sending', 'not-sent') RETURNING n)
    UPDATE notice SET state = 'sent', provider_id = ${providerId}, sent_at = coalesce(sent_at, ${at}), last_error = NULL,
      vain_tries = 0, send_at = NULL, attempted_at = NULL, claimed_by = NULL, claimed_until = NULL
    FROM tried WHERE notice.id = ${id} AND notice.state = 'sending' AND notice.attempts = tried.n`;
}

/** Proof of delivery wins over whatever has been started since; a next channel that has not left yet will not leave. */
async function noteDelivered(
  db: Database,
  { id, n, channel }: Reported,
  { providerId }: MessageStatus,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    WITH tried AS (
      UPDATE notice_attempt SET state = 'delivered', provider_id = ${providerId}, receipt_at = ${at}, error = NULL
      WHERE notice_id = ${id} AND n = ${n})
    UPDATE notice SET state = 'delivered', delivered_at = ${at}, sent_at = coalesce(sent_at, ${at}), channel = ${channel},
      provider_id = ${providerId}, last_error = NULL, vain_tries = 0, send_at = NULL, attempted_at = NULL,
      claimed_by = NULL, claimed_until = NULL
    WHERE id = ${id} AND state IN ('queued', 'sending', 'sent', 'undelivered', 'failed', 'to-call')`;
}
