import type { NoticeDates } from '../records/port.ts';
import { plainDate } from '../../domain/plain-date.ts';
import type { Attempt, NoticeStore, NoticeToSend } from './notice-store.ts';

export interface KeptNotice extends NoticeToSend {
  readonly attempts: readonly Attempt[];
  readonly providerId?: string;
  readonly lastError?: string;
}

const DATES: NoticeDates = {
  today: plainDate('2026-11-27'),
  stageSince: plainDate('2026-10-30'),
  coolingOffLastDay: plainDate('2026-11-30'),
  claimFirstWorkingDay: plainDate('2026-12-01'),
  claimLastDay: plainDate('2026-12-30'),
  provisional: false,
};

/** Notices in memory, by the rules of the store in the database: what is sent or failed stays so. */
export class MemoryNoticeStore implements NoticeStore {
  readonly #notices = new Map<string, KeptNotice>();

  add(id: string, changes: Partial<NoticeToSend>): void {
    this.#notices.set(id, {
      id,
      caseNumber: 'GM01-2026-000001',
      rehearsal: true,
      party: 'a',
      kind: 'cooling-off-ending',
      locale: 'zh-Hans',
      state: 'queued',
      channels: ['sms', 'email'],
      dates: DATES,
      contact: {},
      attempts: [],
      ...changes,
    });
  }

  /** @throws Error when there is no such notice */
  kept(id: string): KeptNotice {
    const notice = this.#notices.get(id);
    if (!notice) throw new Error(`no notice ${id}`);
    return notice;
  }

  find(id: string): Promise<NoticeToSend | undefined> {
    return Promise.resolve(this.#notices.get(id));
  }

  sending({ id }: NoticeToSend, attempt: Attempt): Promise<void> {
    const { channel, at: attemptedAt } = attempt;
    const attempts = [...this.kept(id).attempts, attempt];
    return this.#change(id, { state: 'sending', channel, attemptedAt, attempts });
  }

  sent(id: string, providerId: string): Promise<void> {
    return this.#change(id, { state: 'sent', providerId });
  }

  putBack(id: string, lastError: string): Promise<void> {
    const notice: Omit<KeptNotice, 'attemptedAt'> & { attemptedAt?: number } = { ...this.kept(id) };
    if (notice.state === 'queued' || notice.state === 'sending') delete notice.attemptedAt;
    this.#notices.set(id, notice);
    return this.#change(id, { state: 'queued', lastError });
  }

  stillUnknown(id: string, lastError: string): Promise<void> {
    return this.#change(id, { lastError });
  }

  failed(id: string, lastError: string): Promise<void> {
    return this.#change(id, { state: 'failed', lastError });
  }

  othersDelayed(caseNumber: string, exceptId: string): Promise<boolean> {
    const delayed = [...this.#notices.values()].some(
      (each) =>
        each.caseNumber === caseNumber &&
        each.id !== exceptId &&
        (each.state === 'queued' || each.state === 'sending') &&
        each.lastError !== undefined,
    );
    return Promise.resolve(delayed);
  }

  #change(id: string, changes: Partial<KeptNotice>): Promise<void> {
    const notice = this.kept(id);
    if (notice.state === 'queued' || notice.state === 'sending')
      this.#notices.set(id, { ...notice, ...changes });
    return Promise.resolve();
  }
}
