import { describe, expect, it } from '@jest/globals';
import { NOTICE_STATES } from '../../activities/notices/notice-store.ts';
import { LOCALES } from '../../domain/case/vocabulary.ts';
import { plainDate } from '../../domain/plain-date.ts';
import { instantAt } from '../../domain/zoned-time.ts';
import { type ProofFacts, proofOf } from './proof.ts';

const at = (time: string) => instantAt(plainDate('2026-11-27'), time);

/** A notice with every fact its state may have. */
const FULL: Omit<ProofFacts, 'state'> = {
  channel: 'sms',
  dueAt: at('09:00'),
  sendAt: at('09:05'),
  sentAt: at('09:01'),
  deliveredAt: at('09:02'),
  declined: false,
  attempts: [{ channel: 'sms', at: at('09:01'), state: 'sent' }],
  calls: 0,
  handledBy: 'demo-clerk',
  handledAt: at('11:30'),
  reason: 'DATES_CHANGED',
};
const said = (changes: Partial<ProofFacts>) => proofOf({ ...FULL, state: 'planned', ...changes }, 'en');

describe('what became of a notice', () => {
  it.each(NOTICE_STATES)('%s is one sentence in each language, unlike any other state', (state) => {
    for (const locale of LOCALES) {
      const sentence = proofOf({ ...FULL, state }, locale);
      const stop = locale === 'en' ? '.' : '。';
      expect(sentence.endsWith(stop)).toBe(true);
      expect(sentence.split(stop)).toHaveLength(2);
      expect(sentence).not.toMatch(/undefined|\(\)|（）/);
      for (const other of NOTICE_STATES.filter((each) => each !== state))
        expect(proofOf({ ...FULL, state: other }, locale)).not.toBe(sentence);
    }
  });

  it.each(NOTICE_STATES)('%s can be told of a bare row as well', (state) => {
    const bare: ProofFacts = {
      state,
      channel: 'sms',
      dueAt: at('09:00'),
      declined: false,
      attempts: [],
      calls: 0,
    };
    for (const locale of LOCALES) expect(proofOf(bare, locale)).not.toMatch(/undefined|NaN|\(\)|（）/);
  });

  it('names hour and channel of the delivery', () => {
    expect(said({ state: 'delivered' })).toBe('Delivered by text message at 2026-11-27 09:02.');
  });

  it('tells of the channel that failed before', () => {
    const attempts = [
      { channel: 'sms', at: at('09:01'), state: 'rejected', error: '21211' },
      { channel: 'email', at: at('09:02'), state: 'sent' },
    ] as const;
    expect(said({ state: 'sent', channel: 'email', sentAt: at('09:02'), attempts })).toBe(
      'Not delivered by text message at 2026-11-27 09:01 (21211); ' +
        'handed over to be sent by e-mail at 2026-11-27 09:02, and the receipt is awaited.',
    );
  });

  it('counts the attempts of a channel, and does not call one failed that came through in the end', () => {
    const failed = { channel: 'sms', at: at('09:01'), state: 'undelivered' } as const;
    const again = { channel: 'sms', at: at('09:31'), state: 'failed', error: '30003' } as const;
    expect(said({ state: 'to-call', attempts: [failed, again] })).toBe(
      'Not delivered by text message at 2026-11-27 09:31 after 2 attempts (30003); to be told by telephone.',
    );
    const arrived = { channel: 'sms', at: at('09:31'), state: 'delivered' } as const;
    expect(said({ state: 'delivered', attempts: [failed, arrived] })).not.toContain('Not delivered');
  });

  it('says who rang, and how often in vain', () => {
    expect(said({ state: 'called' })).toBe('Told by telephone by demo-clerk at 2026-11-27 11:30.');
    expect(said({ state: 'to-call', calls: 1 })).toContain('once in vain');
    expect(said({ state: 'to-call', calls: 3 })).toContain('3 times in vain');
  });

  it('says that a declined message will not go, before it does not', () => {
    expect(said({ declined: true })).toContain('wants no optional messages');
    expect(said({ state: 'queued', declined: true })).toContain('wants no optional messages');
  });

  it('puts reasons into words, and shows a code it has none for', () => {
    expect(said({ state: 'cancelled' })).toBe('Cancelled, since the dates have changed.');
    const tooLate = { state: 'failed', attempts: [], reason: 'TOO_LATE' } as const;
    expect(said({ ...tooLate, handledBy: undefined, handledAt: undefined })).toBe(
      'Nobody could be warned (TOO_LATE).',
    );
    expect(said({ ...tooLate, calls: 2 })).toBe(
      'Nobody could be warned (TOO_LATE); given up by demo-clerk at 2026-11-27 11:30 after 2 calls.',
    );
  });
});
