import type { Inbox, SmsRecord } from '../inbox.ts';
import { signatureOf } from './signature.ts';

const AT_ONCE = 20;
const RETRY_AFTER_MS = [500, 1_000, 2_000, 4_000, 8_000, 16_000] as const;
const ANSWER_WITHIN_MS = 5_000;
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
  readonly #stop = new AbortController();
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
    this.#stop.abort();
    this.#waiting.length = 0;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #enqueue(report: Report): void {
    this.#waiting.push(report);
    this.#next();
  }

  #next(): void {
    while (this.#running < AT_ONCE && !this.#stop.signal.aborted) {
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
    if (this.#stop.signal.aborted) return;
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

  async #send(message: SmsRecord, url: string, status: string): Promise<string> {
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
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: {
          'x-twilio-signature': signatureOf(this.#account.authToken, url, form),
          'user-agent': 'TwilioProxy/1.1',
        },
        redirect: 'manual',
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      await response.body?.cancel();
      return String(response.status);
    } catch (error) {
      return codeOf(error);
    }
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const cause: unknown = error.cause;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
