import type { Inbox, SmsRecord } from '../inbox.ts';
import { Poster } from './poster.ts';
import { signatureOf } from './signature.ts';

const AT_ONCE = 20;
const RETRY_AFTER_MS = [500, 1_000, 2_000, 4_000, 8_000, 16_000] as const;
const MOST_KEPT = 20;

export interface Account {
  readonly sid: string;
  readonly authToken: string;
}

interface Report {
  readonly key: string;
  readonly status: string;
  readonly attempt: number;
}

/** Posts signed status reports to the addresses senders gave; a few at a time, again when not taken. */
export class Callbacks {
  readonly #inbox: Inbox;
  readonly #account: Account;
  readonly #waiting: Report[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #poster = new Poster(AT_ONCE);
  #stopped = false;
  #running = 0;

  constructor(inbox: Inbox, account: Account) {
    this.#inbox = inbox;
    this.#account = account;
  }

  /** Reports a status after `delayMs`. */
  report(key: string, status: string, delayMs = 0): void {
    this.later(delayMs, () => this.#enqueue({ key, status, attempt: 0 }));
  }

  /** Runs something later, unless the simulator stops before. */
  later(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
  }

  stop(): void {
    this.#stopped = true;
    this.#poster.close();
    this.#waiting.length = 0;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #enqueue(report: Report): void {
    this.#waiting.push(report);
    this.#next();
  }

  #next(): void {
    while (this.#running < AT_ONCE && !this.#stopped) {
      const report = this.#waiting.shift();
      if (report === undefined) return;
      this.#running += 1;
      void this.#post(report).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }

  async #post(report: Report): Promise<void> {
    const message = this.#inbox.sms(report.key);
    if (message === undefined || message.statusCallback === null) return;
    const answer = await this.#send(message, message.statusCallback, report.status);
    if (this.#stopped) return;
    const attempt = { status: report.status, at: new Date().toISOString(), answer };
    this.#inbox.change(report.key, (record) => ({
      ...record,
      callbacks: [...record.callbacks, attempt].slice(-MOST_KEPT),
    }));
    // Like Twilio's: a plain refusal is final, silence and server errors are not.
    const pause = /^[234](?!29)/.test(answer) ? undefined : RETRY_AFTER_MS[report.attempt];
    if (pause === undefined) return;
    this.later(pause, () => this.#enqueue({ ...report, attempt: report.attempt + 1 }));
  }

  #send(message: SmsRecord, url: string, status: string): Promise<string> {
    const failed = status === 'failed' || status === 'undelivered';
    const form: Record<string, string> = {
      AccountSid: this.#account.sid,
      ApiVersion: '2010-04-01',
      From: message.from,
      MessageSid: message.id,
      MessageStatus: status,
      SmsSid: message.id,
      SmsStatus: status,
      To: message.to,
      ...(failed && { ErrorCode: String(message.course.code ?? 30008) }),
      ...(message.messagingServiceSid !== null && { MessagingServiceSid: message.messagingServiceSid }),
    };
    const signature = signatureOf(this.#account.authToken, url, form);
    return this.#poster.post(url, new URLSearchParams(form).toString(), signature);
  }
}
