import type { PartyLabel, Stage } from '../domain/case/vocabulary.ts';
import type { GatewayChannel, NoticeKind } from '../domain/reminders/kinds.ts';
import { noticeKey } from '../domain/reminders/notice-key.ts';
import { stillTrue } from '../domain/reminders/still-true.ts';
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
 * False when it was handled meanwhile, nobody needs it any more, or what it says is not so any more.
 */
export async function requeueNotice(
  tx: Transaction,
  id: string,
  channel: GatewayChannel,
  now: Present,
): Promise<boolean> {
  const [again] = await putBack(tx, { id }, channel, now);
  return again !== undefined;
}

/**
 * Puts everything back that did not reach a party by text message, once their number is right. What is not so any more
 * stays on record as what it was: it failed.
 * @returns the keys of the notices
 */
export async function requeueForNewNumber(
  tx: Transaction,
  { caseNumber, party }: { readonly caseNumber: string; readonly party: string },
  now: Present,
): Promise<readonly string[]> {
  const which = { caseNumber, party, channels: { has: 'sms' }, kind: { not: 'number-confirmation' } };
  return putBack(tx, which, 'sms', now);
}

/** @returns the keys of those put back */
async function putBack(
  tx: Transaction,
  which: Prisma.NoticeWhereInput,
  channel: GatewayChannel,
  now: Present,
): Promise<readonly string[]> {
  const where = { ...which, ...unwarnedAndUseful(now) };
  const rows = await tx.notice.findMany({
    where,
    select: {
      id: true,
      kind: true,
      deadlineVersion: true,
      case: { select: { stage: true, deadlineVersion: true } },
    },
  });
  const ids = rows
    .filter((row) => {
      const { stage, deadlineVersion } = row.case;
      const notice = { kind: row.kind as NoticeKind, deadlineVersion: row.deadlineVersion };
      return stillTrue(notice, { stage: stage as Stage, deadlineVersion }) === true;
    })
    .map(({ id }) => id);
  const again = await tx.notice.updateManyAndReturn({
    // Somebody may have dealt with one of them since.
    where: { ...where, id: { in: ids } },
    data: nextAttempt(channel, now),
    select: { id: true },
  });
  return again.map(({ id }) => id);
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
