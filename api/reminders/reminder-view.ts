import { z } from 'zod';
import type { AttemptState, NoticeState } from '../../activities/notices/notice-store.ts';
import type { Locale } from '../../domain/case/vocabulary.ts';
import { PARTIES } from '../../domain/case/vocabulary.ts';
import { type Channel, CHANNELS, NOTICE_KINDS, URGENCIES } from '../../domain/reminders/kinds.ts';
import { isUnwarned } from '../../prisma/call-outcomes.ts';
import type { ReminderRow } from '../../prisma/queries/reminders.ts';
import { NOTICE_STATE_TEXTS } from '../texts/reminder-texts.ts';
import { proofOf } from './proof.ts';

export const NOTICE_STATE_NAMES = Object.keys(NOTICE_STATE_TEXTS) as [NoticeState, ...NoticeState[]];

export const attemptSchema = z
  .object({
    n: z.number(),
    channel: z.enum(CHANNELS),
    at: z.string(),
    state: z.string(),
    receiptAt: z.string().optional(),
    error: z.string().optional(),
    providerId: z.string().optional(),
    parts: z.number(),
    templateVersion: z.string(),
  })
  .meta({ id: 'NoticeAttempt' });

export const reminderSchema = z
  .object({
    id: z.string(),
    caseNumber: z.string(),
    party: z.enum(PARTIES),
    kind: z.enum(NOTICE_KINDS),
    state: z.enum(NOTICE_STATE_NAMES),
    channel: z.enum(CHANNELS).describe('In use, or to be tried next'),
    channels: z.array(z.enum(CHANNELS)).describe('In the order they are tried'),
    urgency: z.enum(URGENCIES),
    optional: z.boolean(),
    declined: z.boolean().describe('An optional message of a party who wants none'),
    dueAt: z.string().describe("In the case's own time"),
    sendAt: z.string().optional().describe('Next attempt'),
    usefulUntil: z.string().optional(),
    sentAt: z.string().optional(),
    deliveredAt: z.string().optional(),
    deadlineVersion: z.number(),
    offsetDays: z.number(),
    policyVersion: z.string().optional(),
    templateVersion: z.string().optional(),
    parts: z.number().optional(),
    attempts: z.array(attemptSchema),
    calls: z.number(),
    handledBy: z.string().optional(),
    handledAt: z.string().optional(),
    reason: z.string().optional().describe('Code: why it failed, was cancelled or was not sent'),
    proof: z.string().describe('What became of it, in one sentence of the language asked for'),
  })
  .meta({ id: 'Reminder' });

/** Looks of a notice in every list: who, when, how, and what became of it. Never a name, number or text. */
export function reminderView(row: ReminderRow, locale: Locale): z.output<typeof reminderSchema> {
  const { id, caseNumber, state, deadlineVersion, offsetDays, calls, optional } = row;
  const declined = isDeclined(row);
  return {
    id,
    caseNumber,
    party: row.party as 'a' | 'b',
    kind: row.kind as (typeof NOTICE_KINDS)[number],
    state: state as NoticeState,
    channel: channelOf(row),
    channels: row.channels as Channel[],
    urgency: row.urgency as (typeof URGENCIES)[number],
    optional,
    declined,
    dueAt: row.dueAt.toISOString(),
    ...given('sendAt', row.sendAt?.toISOString()),
    ...given('usefulUntil', row.usefulUntil?.toISOString()),
    ...given('sentAt', row.sentAt?.toISOString()),
    ...given('deliveredAt', row.deliveredAt?.toISOString()),
    deadlineVersion,
    offsetDays,
    ...given('policyVersion', row.policyVersion),
    ...given('templateVersion', row.templateVersion),
    ...given('parts', row.parts),
    attempts: row.tries.map(attemptView),
    calls,
    ...given('handledBy', row.handledBy),
    ...given('handledAt', row.handledAt?.toISOString()),
    ...given('reason', reasonOf(row)),
    proof: proofOf(factsOf(row, declined), locale),
  };
}

export function attemptView(each: ReminderRow['tries'][number]): z.output<typeof attemptSchema> {
  return {
    n: each.n,
    channel: each.channel as Channel,
    at: each.at.toISOString(),
    state: each.state,
    ...given('receiptAt', each.receiptAt?.toISOString()),
    ...given('error', each.error),
    ...given('providerId', each.providerId),
    parts: each.parts,
    templateVersion: each.templateVersion,
  };
}

function factsOf(row: ReminderRow, declined: boolean) {
  return {
    state: row.state as NoticeState,
    channel: channelOf(row),
    dueAt: row.dueAt.getTime(),
    sendAt: row.sendAt?.getTime(),
    sentAt: row.sentAt?.getTime(),
    deliveredAt: row.deliveredAt?.getTime(),
    declined,
    attempts: row.tries.map((each) => ({
      channel: each.channel as Channel,
      at: each.at.getTime(),
      state: each.state as AttemptState,
      error: each.error ?? undefined,
    })),
    calls: row.calls,
    handledBy: row.handledBy ?? undefined,
    handledAt: row.handledAt?.getTime(),
    reason: reasonOf(row),
  };
}

function channelOf({ channel, channels }: ReminderRow): Channel {
  return (channel ?? channels[0] ?? 'sms') as Channel;
}

/** A party may decline optional messages; it then counts for those that have not left. */
function isDeclined({ optional, party, case: { parties } }: ReminderRow): boolean {
  return optional && parties.some(({ label, declinesOptional }) => label === party && declinesOptional);
}

/** The last error of a notice that is on its way is no reason any more once it has arrived. */
function reasonOf({ state, lastError }: ReminderRow): string | undefined {
  const over = isUnwarned(state) || state === 'suppressed' || state === 'cancelled';
  return over ? (lastError ?? undefined) : undefined;
}

/** A member that is there only when it has a value. */
function given<K extends string, V>(name: K, value: V | null | undefined): { [P in K]?: V } {
  return (value === null || value === undefined ? {} : { [name]: value }) as { [P in K]?: V };
}
