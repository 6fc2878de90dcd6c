import { isRecipient } from './faults.ts';
import { Journal } from './journal.ts';

/** One attempt to report a status to the address the sender gave. */
export interface CallbackAttempt {
  readonly status: string;
  readonly at: string;
  /** HTTP status of the answer, or the code of what prevented one. */
  readonly answer: string;
}

/** How the life of a text message after its acceptance is to go. */
export interface DeliveryCourse {
  readonly mode: string;
  readonly delayMs?: number;
  readonly code?: number;
}

export interface SmsRecord {
  readonly key: string;
  readonly channel: 'sms';
  /** Message SID. */
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly text: string;
  /** Parts it would be billed as. */
  readonly segments: number;
  /** ISO instant. */
  readonly receivedAt: string;
  readonly status: string;
  readonly errorCode: number | null;
  readonly statusCallback: string | null;
  readonly messagingServiceSid: string | null;
  readonly course: DeliveryCourse;
  readonly callbacks: readonly CallbackAttempt[];
}

export interface MailRecord {
  readonly key: string;
  readonly channel: 'email';
  /** Message-ID as it stood in the header; the same one twice is shown twice. */
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: string;
  readonly status: 'received';
}

export type Received = SmsRecord | MailRecord;

export interface Wanted {
  readonly to?: string | undefined;
  readonly channel?: string | undefined;
  readonly text?: string | undefined;
  /** Epoch milliseconds. */
  readonly since?: number | undefined;
}

const MOST = 50_000;

/** Everything that was received, oldest first; beyond 50,000 the oldest is forgotten. */
export class Inbox {
  readonly #journal: Journal<Received>;
  readonly #records: Map<string, Received>;
  #version = 0;

  constructor(directory: string | undefined) {
    this.#journal = new Journal(directory, 'messages');
    const kept = this.#journal.load().slice(-MOST);
    this.#records = new Map(kept.map((record) => [record.key, record]));
    this.#journal.compact(kept);
  }

  /** Grows with every change, so that a page can tell whether it is still right. */
  get version(): number {
    return this.#version;
  }

  get size(): number {
    return this.#records.size;
  }

  /** Adds a record, or replaces the one with its key. A message cleared meanwhile does not come back. */
  add(record: Received): void {
    this.#records.set(record.key, record);
    this.#journal.put(record);
    this.#version += 1;
    const oldest = this.#records.size > MOST ? this.#records.keys().next().value : undefined;
    if (oldest === undefined) return;
    this.#records.delete(oldest);
    this.#journal.remove(oldest);
  }

  change(key: string, change: (record: SmsRecord) => SmsRecord): void {
    const record = this.sms(key);
    if (record !== undefined) this.add(change(record));
  }

  sms(key: string): SmsRecord | undefined {
    const record = this.#records.get(key);
    return record?.channel === 'sms' ? record : undefined;
  }

  /** Newest first. */
  list(wanted: Wanted = {}): Received[] {
    const rows: Received[] = [];
    for (const record of this.#records.values()) if (fits(record, wanted)) rows.push(record);
    return rows.reverse();
  }

  clear(): void {
    this.#records.clear();
    this.#journal.compact([]);
    this.#version += 1;
  }
}

function fits(record: Received, wanted: Wanted): boolean {
  if (wanted.channel !== undefined && record.channel !== wanted.channel) return false;
  if (wanted.since !== undefined && Date.parse(record.receivedAt) < wanted.since) return false;
  if (wanted.to !== undefined && !isRecipient(record.to, wanted.to)) return false;
  if (wanted.text === undefined) return true;
  return (
    record.text.includes(wanted.text) || (record.channel === 'email' && record.subject.includes(wanted.text))
  );
}
