import type { PartyLabel } from '../domain/case/vocabulary.ts';
import type { GatewayChannel } from '../domain/reminders/kinds.ts';
import { noticeKey } from '../domain/reminders/notice-key.ts';
import { dateAt, type EpochMs } from '../domain/zoned-time.ts';
import type { Transaction } from './database.ts';
import type { CaseRecord, NumberChange, Prisma } from './generated/client.ts';
import { occasionOf } from './number-changes.ts';
import { TO_BE_WARNED } from './queries/reminders.ts';

/** Now, as the world has it and as the case has it: a rehearsed case is ahead. */
export interface Present {
  readonly real: EpochMs;
  readonly own: EpochMs;
}

/** A confirmation nobody has answered within a month is no longer waited for. */
const CONFIRMATION_USEFUL_MS = 30 * 86_400_000;

/**
 * Puts a notice that reached nobody back into the queue, under its own key: its attempts go on counting.
 * False when it was handled meanwhile, or nobody needs it any more.
 */
export async function requeueNotice(
  tx: Transaction,
  id: string,
  channel: GatewayChannel,
  now: Present,
): Promise<boolean> {
  const { count } = await tx.notice.updateMany({
    where: { id, ...unwarnedAndUseful(now) },
    data: nextAttempt(channel, now),
  });
  return count === 1;
}

/**
 * Puts everything back that did not reach a party by text message, once their number is right.
 * @returns the keys of the notices
 */
export async function requeueForNewNumber(
  tx: Transaction,
  { caseNumber, party }: { readonly caseNumber: string; readonly party: string },
  now: Present,
): Promise<readonly string[]> {
  const rows = await tx.notice.updateManyAndReturn({
    where: {
      caseNumber,
      party,
      channels: { has: 'sms' },
      kind: { not: 'number-confirmation' },
      ...unwarnedAndUseful(now),
    },
    data: nextAttempt('sms', now),
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

function unwarnedAndUseful(now: Present) {
  return {
    AND: [TO_BE_WARNED, { OR: [{ usefulUntil: null }, { usefulUntil: { gt: new Date(now.own) } }] }],
  } satisfies Prisma.NoticeWhereInput;
}

function nextAttempt(channel: GatewayChannel, now: Present) {
  return {
    state: 'queued',
    channel,
    sendAt: new Date(now.real),
    vainTries: 0,
    attemptedAt: null,
    claimedBy: null,
    claimedUntil: null,
    lastError: null,
  } satisfies Prisma.NoticeUpdateManyMutationInput;
}

/**
 * Orders the message that asks for the code; it goes to the new number only. For a number changed by a correction
 * the case itself plans it: then that one leaves now, also when a delivery has taken it back meanwhile because the
 * number was not approved yet.
 */
export async function orderConfirmation(
  tx: Transaction,
  row: Pick<CaseRecord, 'caseNumber' | 'stageSince' | 'policyVersion'>,
  change: NumberChange,
  now: Present,
): Promise<void> {
  const { caseNumber } = row;
  const party = change.party as PartyLabel;
  const kind = 'number-confirmation';
  const { count } = await tx.notice.updateMany({
    where: { ...confirmationOf(change), state: { in: ['planned', 'queued', 'cancelled'] } },
    data: nextAttempt('sms', now),
  });
  if (count > 0) return;
  await tx.notice.createMany({
    skipDuplicates: true,
    data: [
      {
        id: noticeKey({
          caseNumber,
          party,
          kind,
          deadlineVersion: 0,
          offsetDays: 0,
          occasion: occasionOf(change),
        }),
        caseNumber,
        party,
        kind,
        deadlineVersion: 0,
        offsetDays: 0,
        policyVersion: row.policyVersion,
        urgency: 'urgent',
        channels: ['sms'],
        channel: 'sms',
        state: 'queued',
        dueAt: new Date(now.own),
        sendAt: new Date(now.real),
        usefulUntil: new Date(now.own + CONFIRMATION_USEFUL_MS),
        props: { today: dateAt(now.own), stageSince: dateAt(row.stageSince.getTime()) },
      },
    ],
  });
}

/** The message of a change that came to nothing is not sent any more. */
export async function cancelConfirmation(tx: Transaction, change: NumberChange): Promise<void> {
  await tx.notice.updateMany({
    where: { ...confirmationOf(change), state: { in: ['planned', 'queued'] } },
    data: { state: 'cancelled', sendAt: null },
  });
}

function confirmationOf(change: NumberChange) {
  const { caseNumber, party } = change;
  const kind = 'number-confirmation';
  return { caseNumber, party, kind, id: { endsWith: `/${occasionOf(change)}` } };
}
