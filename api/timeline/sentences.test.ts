import { describe, expect, it } from '@jest/globals';
import { NOTICE_STATES, type NoticeState } from '../../activities/notices/notice-store.ts';
import { CANCEL_REASONS } from '../../domain/case/plan-change.ts';
import { ACTS, EVENTS, LOCALES } from '../../domain/case/vocabulary.ts';
import { plainDate } from '../../domain/plain-date.ts';
import { NOTICE_KINDS } from '../../domain/reminders/kinds.ts';
import { instantAt } from '../../domain/zoned-time.ts';
import type { Notice } from '../../prisma/generated/client.ts';
import { noticeSentences } from './notice-sentences.ts';
import { STEP_SENTENCES, type StepFacts } from './step-sentences.ts';

const FACTS: StepFacts = {
  role: 'supervisor',
  venue: { 'zh-Hans': '光明中心', 'zh-Hant': '光明中心', en: 'Guangming Centre' },
  from: 'ready',
  detail: {
    party: 'a',
    code: 'EARLIER_DATE_THAN_TOLD',
    service: 'confirmation',
    state: 'booked',
    startsAt: instantAt(plainDate('2026-12-24'), '10:30'),
  },
};

function notice(changes: Partial<Notice>): Notice {
  const row = {
    kind: 'window-open',
    party: 'a',
    channels: ['sms'],
    channel: 'sms',
    attempts: 0,
    lastError: null,
  };
  return { ...row, ...changes } as Notice;
}

describe('the log of a case', () => {
  it.each([...ACTS, ...EVENTS])('tells of %s in every language', (kind) => {
    for (const locale of LOCALES) {
      const sentence = STEP_SENTENCES[kind](FACTS, locale);
      expect(sentence).toMatch(locale === 'en' ? /^[A-Z].*\.$/ : /[。]$/);
      expect(sentence).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('says which visit was booked or cancelled, in the time of Shanghai', () => {
    const tell = STEP_SENTENCES['appointment-changed'];
    expect(tell(FACTS, 'en')).toBe('A visit was booked: the confirmation visit on 2026-12-24 10:30.');
    const cancelled = { ...FACTS, detail: { ...FACTS.detail, state: 'cancelled' } };
    expect(tell(cancelled, 'zh-Hans')).toBe('已取消预约：2026-12-24 10:30 申请发证。');
  });

  it('says what a supervisor has settled', () => {
    expect(STEP_SENTENCES.settle(FACTS, 'zh-Hans')).toBe(
      '光明中心主管确认问题已由人工处理：放假安排公布后，期限早于已告知当事人的日期，请联系双方。',
    );
  });
});

describe('a notice in the log', () => {
  it.each(NOTICE_STATES.flatMap((state) => NOTICE_KINDS.map((kind) => [kind, state] as const)))(
    'of kind %s is worded when %s',
    (kind, state: NoticeState) => {
      for (const text of Object.values(noticeSentences(notice({ kind, state })))) {
        expect(text).not.toMatch(/undefined|null/);
      }
    },
  );

  it.each(CANCEL_REASONS)('says in words why it was taken back: %s', (lastError) => {
    const { en } = noticeSentences(notice({ state: 'cancelled', lastError }));
    expect(en).toMatch(
      /^The notice that the window is open to party A by text message: cancelled \(the .+\)\.$/,
    );
  });

  it('says that somebody rings when no gateway can', () => {
    const texts = noticeSentences(notice({ state: 'to-call', channel: 'call', lastError: 'sms:30003' }));
    expect(texts['zh-Hans']).toBe('可以办理提醒（电话，当事人A）：须电话告知（sms:30003）。');
  });
});
