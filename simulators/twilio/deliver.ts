import type { DeliveryCourse, Inbox, SmsRecord } from '../inbox.ts';
import type { Callbacks } from './callbacks.ts';

const DEFAULT_LATENESS_MS = 30_000;
/** Milliseconds after acceptance at which a message usually reaches a status. */
const REACHED_AFTER_MS = { queued: 30, sent: 120, end: 300 } as const;

const FINAL = ['delivered', 'undelivered', 'failed'];

/** Lets an accepted message run its course, from wherever it stands, reporting each status it reaches. */
export function deliver(inbox: Inbox, callbacks: Callbacks, message: SmsRecord): void {
  const stages = stagesOf(message.course);
  const from = message.status === 'sent' ? 2 : 0;
  for (const [status, reachedAfterMs] of stages.slice(from)) {
    callbacks.later(reachedAfterMs, () => {
      inbox.change(message.key, (record) => reach(record, status));
    });
  }
  for (const [status, delayMs] of reportsOf(message.course, stages).slice(from)) {
    callbacks.report(message.key, status, delayMs);
  }
}

/** Takes up again what a restart interrupted. */
export function resumeDeliveries(inbox: Inbox, callbacks: Callbacks): void {
  for (const record of inbox.list({ channel: 'sms' })) {
    if (record.channel === 'sms' && !FINAL.includes(record.status)) deliver(inbox, callbacks, record);
  }
}

type Stages = readonly (readonly [status: string, delayMs: number])[];

function stagesOf(course: DeliveryCourse): Stages {
  const end = course.mode === 'undelivered' || course.mode === 'failed' ? course.mode : 'delivered';
  return [
    ['queued', REACHED_AFTER_MS.queued],
    ['sent', REACHED_AFTER_MS.sent],
    [end, REACHED_AFTER_MS.end],
  ];
}

function reportsOf(course: DeliveryCourse, stages: Stages): Stages {
  switch (course.mode) {
    case 'no-callback':
      return [];
    case 'duplicate-callbacks':
      return stages.flatMap(([status, delay]) => [[status, delay] as const, [status, delay + 60] as const]);
    case 'late-callbacks':
      return stages.map(([status, delay]) => [status, delay + (course.delayMs ?? DEFAULT_LATENESS_MS)]);
    case 'disordered-callbacks':
      // The end first, the beginning last.
      return stages.map(([status], index) => [status, REACHED_AFTER_MS.end + (stages.length - index) * 100]);
    default:
      return stages;
  }
}

function reach(record: SmsRecord, status: string): SmsRecord {
  const failed = status === 'undelivered' || status === 'failed';
  return { ...record, status, errorCode: failed ? (record.course.code ?? 30008) : null };
}
