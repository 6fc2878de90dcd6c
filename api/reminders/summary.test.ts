import { describe, expect, it } from '@jest/globals';
import { NOTICE_STATES } from '../../activities/notices/notice-store.ts';
import { OUTCOMES, summaryOf } from './summary.ts';

const count = (state: (typeof NOTICE_STATES)[number], many = 1) =>
  ({ state, kind: 'window-open', channel: 'sms', count: many }) as const;

describe('a day in numbers', () => {
  it.each(NOTICE_STATES)('counts a notice that is %s exactly once', (state) => {
    const summary = summaryOf([count(state, 7)]);
    expect(OUTCOMES.map((outcome) => summary[outcome]).filter((each) => each > 0)).toEqual([7]);
    expect(summary.due).toBe(state === 'cancelled' ? 0 : 7);
    expect(summary.byKind['window-open']?.due).toBe(summary.due);
  });

  it('is nothing on a day without notices', () => {
    expect(summaryOf([])).toMatchObject({ due: 0, delivered: 0, byKind: {}, byChannel: {} });
  });

  it('adds up by kind and by channel', () => {
    const summary = summaryOf([
      { state: 'delivered', kind: 'window-open', channel: 'sms', count: 10 },
      { state: 'delivered', kind: 'window-open', channel: 'email', count: 2 },
      { state: 'sent', kind: 'window-closing', channel: 'sms', count: 3 },
      { state: 'called', kind: 'window-closing', channel: 'sms', count: 1 },
      { state: 'to-call', kind: 'window-closing', channel: 'call', count: 1 },
      { state: 'undelivered', kind: 'window-open', channel: 'sms', count: 1 },
      { state: 'failed', kind: 'window-open', channel: 'email', count: 1 },
      { state: 'queued', kind: 'window-open', channel: 'sms', count: 1 },
      { state: 'sending', kind: 'window-open', channel: 'sms', count: 1 },
      { state: 'cancelled', kind: 'window-open', channel: 'sms', count: 4 },
    ]);
    expect(summary).toMatchObject({
      due: 21,
      planned: 0,
      waiting: 2,
      sent: 3,
      delivered: 12,
      calledInstead: 1,
      toCall: 1,
      failed: 2,
      cancelled: 4,
    });
    expect(summary.byKind['window-closing']).toMatchObject({ due: 5, sent: 3, calledInstead: 1, toCall: 1 });
    expect(summary.byChannel['call']).toMatchObject({ due: 2, calledInstead: 1, toCall: 1 });
    expect(summary.byChannel['email']).toMatchObject({ due: 3, delivered: 2, failed: 1 });
  });
});
