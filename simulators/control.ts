import type { Fault, FaultMix, Faults, Target } from './faults.ts';
import type { Received } from './inbox.ts';
import type { RateReading } from './twilio/allowance.ts';

/** What tests do with running simulators: look at what arrived, switch faults, set register entries. */
export interface Control {
  /** Newest first. */
  received(wanted?: {
    to?: string;
    channel?: 'sms' | 'email';
    since?: number;
    limit?: number;
  }): Promise<Received[]>;
  /** Everything to any of these numbers and addresses, however many they are. */
  receivedBy(recipients: readonly string[]): Promise<Received[]>;
  /** Polls until `count` messages to `to` have arrived. @throws after `withinMs` (default 10 s). */
  waitFor(to: string, count?: number, withinMs?: number): Promise<Received[]>;
  setFault(target: Target, fault: Fault): Promise<void>;
  /** Several faults at once, drawn from a seed. */
  setMix(target: Target, mix: FaultMix): Promise<void>;
  clearFaults(): Promise<void>;
  /** What is on, and how often it has struck. */
  faults(): Promise<ReturnType<Faults['list']>>;
  /** How many text messages arrived in which second, and how many were refused for coming too fast. */
  rate(): Promise<RateReading>;
  /** Messages a second the account may send; undefined lifts the limit. What was counted is forgotten. */
  allow(perSecond: number | undefined): Promise<void>;
  setMarriage(certificateNumber: string, entry: Readonly<Record<string, string>>): Promise<void>;
  setPerson(idNumber: string, entry: Readonly<Record<string, string>>): Promise<void>;
}

/** @param url origin of the simulators. */
export function controlOf(url: string): Control {
  const call = async (path: string, method = 'GET', body?: unknown): Promise<unknown> => {
    const response = await fetch(url + path, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };

  const received: Control['received'] = async ({ to, channel, since, limit } = {}) => {
    const query = new URLSearchParams({
      ...(to !== undefined && { to }),
      ...(channel !== undefined && { channel }),
      ...(since !== undefined && { since: String(since) }),
      ...(limit !== undefined && { limit: String(limit) }),
    });
    const answer = (await call(`/messages?${query.toString()}`)) as { messages: Received[] };
    return answer.messages;
  };

  return {
    received,
    async receivedBy(recipients) {
      const answer = (await call('/messages/find', 'POST', { to: recipients })) as { messages: Received[] };
      return answer.messages;
    },
    async waitFor(to, count = 1, withinMs = 10_000) {
      const until = Date.now() + withinMs;
      for (;;) {
        const messages = await received({ to });
        if (messages.length >= count) return messages;
        if (Date.now() > until)
          throw new Error(`${messages.length} of ${count} messages after ${withinMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async setFault(target, fault) {
      await call(`/faults/${target}`, 'PUT', fault);
    },
    async setMix(target, mix) {
      await call(`/faults/${target}`, 'PUT', mix);
    },
    async clearFaults() {
      await call('/faults', 'DELETE');
    },
    async faults() {
      return ((await call('/faults')) as { faults: ReturnType<Faults['list']> }).faults;
    },
    async rate() {
      return (await call('/messages/rate')) as RateReading;
    },
    async allow(perSecond) {
      await call('/messages/rate', 'PUT', { perSecond: perSecond ?? null });
      await call('/messages/rate', 'DELETE');
    },
    async setMarriage(certificateNumber, entry) {
      await call(`/registers/marriage/${encodeURIComponent(certificateNumber)}`, 'PUT', entry);
    },
    async setPerson(idNumber, entry) {
      await call(`/registers/household/${encodeURIComponent(idNumber)}`, 'PUT', entry);
    },
  };
}
