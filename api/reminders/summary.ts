import type { NoticeState } from '../../activities/notices/notice-store.ts';
import type { ReminderCount } from '../../prisma/queries/reminders.ts';

/** What became of the notices of a day. Every notice is counted once; `due` is all of them but the cancelled. */
export const OUTCOMES = [
  'planned',
  'waiting',
  'sent',
  'delivered',
  'calledInstead',
  'toCall',
  'failed',
  'suppressed',
  'cancelled',
] as const;
export type ReminderOutcome = (typeof OUTCOMES)[number];

const OUTCOME_OF: Readonly<Record<NoticeState, ReminderOutcome>> = {
  planned: 'planned',
  queued: 'waiting',
  sending: 'waiting',
  sent: 'sent',
  delivered: 'delivered',
  called: 'calledInstead',
  'to-call': 'toCall',
  undelivered: 'failed',
  failed: 'failed',
  suppressed: 'suppressed',
  cancelled: 'cancelled',
};

export type Tally = Readonly<Record<'due' | ReminderOutcome, number>>;

export interface DaySummary extends Tally {
  readonly byKind: Readonly<Record<string, Tally>>;
  /** By the channel in use or to be tried; who must be rung, and who was, stands under `call`. */
  readonly byChannel: Readonly<Record<string, Tally>>;
}

/** Adds up the counts of a day. */
export function summaryOf(counts: readonly ReminderCount[]): DaySummary {
  return {
    ...tally(counts),
    byKind: grouped(counts, ({ kind }) => kind),
    byChannel: grouped(counts, ({ state, channel }) => {
      return state === 'called' || state === 'to-call' ? 'call' : channel;
    }),
  };
}

function grouped(
  counts: readonly ReminderCount[],
  nameOf: (count: ReminderCount) => string,
): Record<string, Tally> {
  const names = [...new Set(counts.map(nameOf))].sort();
  return Object.fromEntries(
    names.map((name) => [name, tally(counts.filter((each) => nameOf(each) === name))]),
  );
}

function tally(counts: readonly ReminderCount[]): Tally {
  const sums = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<ReminderOutcome, number>;
  for (const { state, count } of counts) sums[OUTCOME_OF[state]] += count;
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return { due: all - sums.cancelled, ...sums };
}
