import { Journal } from './journal.ts';
import { isRecipient } from './recipient.ts';
import { RecipientIndex } from './recipient-index.ts';

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
  readonly #records = new Map<string, Received>();
  readonly #byRecipient = new RecipientIndex();
  #version = 0;

  constructor(directory: string | undefined) {
    this.#journal = new Journal(directory, 'messages');
    const kept = this.#journal.load().slice(-MOST);
    for (const record of kept) this.#keep(record);
    this.#journal.compact(kept);
  }

  /** Grows with every change, so that a page can tell whether it is still right. */
  get version(): number {
    return this.#version;
  }

  get size(): number {
    return this.#records.size;
  }

  /** Adds a message; it survives a crash from here on. */
  add(record: Received): void {
    this.#keep(record);
    this.#journal.put(record);
    const oldest = this.#records.size > MOST ? this.#records.values().next().value : undefined;
    if (oldest === undefined) return;
    this.#records.delete(oldest.key);
    this.#byRecipient.remove(oldest);
    this.#journal.remove(oldest.key);
  }

  /** Changes a message. One that was cleared meanwhile does not come back. */
  change(key: string, change: (record: SmsRecord) => SmsRecord): void {
    const record = this.sms(key);
    if (record === undefined) return;
    const changed = change(record);
    this.#keep(changed);
    this.#journal.putSoon(changed);
  }

  sms(key: string): SmsRecord | undefined {
    const record = this.#records.get(key);
    return record?.channel === 'sms' ? record : undefined;
  }

  /** Newest first. */
  list(wanted: Wanted = {}): Received[] {
    const rows: Received[] = [];
    const keys = wanted.to === undefined ? undefined : this.#byRecipient.find(wanted.to);
    for (const key of keys ?? this.#records.keys()) {
      const record = this.#records.get(key);
      if (record !== undefined && fits(record, wanted)) rows.push(record);
    }
    return rows.reverse();
  }

  clear(): void {
    this.#records.clear();
    this.#byRecipient.clear();
    this.#journal.compact([]);
    this.#version += 1;
  }

  /** Writes what is not on the disk yet. */
  close(): void {
    this.#journal.flush();
  }

  #keep(record: Received): void {
    this.#records.set(record.key, record);
    this.#byRecipient.add(record);
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
