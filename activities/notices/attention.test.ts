import { describe, expect, it } from '@jest/globals';
import { tellCases } from './attention.ts';
import type { NoticeToSend, Settled } from './notice-store.ts';

type Facts = Pick<
  NoticeToSend,
  'id' | 'caseNumber' | 'optional' | 'delayShown' | 'failureShown' | 'vainTries'
>;
const notice = (facts: Partial<Facts> = {}) =>
  ({
    ...{ id: 'n1', caseNumber: 'c1', optional: false, delayShown: false, failureShown: false, vainTries: 0 },
    ...facts,
  }) as NoticeToSend;

async function toldOf(one: NoticeToSend, came: { settled?: Settled['state']; warned?: boolean }) {
  const told: unknown[] = [];
  const { settled, warned = true } = came;
  await tellCases(
    {
      signals: { attention: (...fact) => Promise.resolve(void told.push(fact)) },
      store: { delayed: () => Promise.resolve(false), warned: () => Promise.resolve(warned) },
    },
    [one],
    {
      settled: settled ? [{ id: one.id, state: settled, vainTries: 0 }] : [],
      accepted: settled ? [] : [{ id: one.id, n: 1, providerId: 'p1', at: 0 }],
    },
  );
  return told;
}

describe('a case is put before a person', () => {
  it.each(['to-call', 'failed', 'undelivered'] as const)('for a warning that is %s', async (settled) => {
    expect(await toldOf(notice(), { settled })).toEqual([['c1', 'NOTICE_FAILED', true]]);
  });

  it.each([
    ['failed', false],
    ['undelivered', false],
    ['to-call', true],
  ] as const)('for an optional message that is %s: %s', async (settled, raised) => {
    const told = await toldOf(notice({ optional: true }), { settled });
    expect(told).toEqual(raised ? [['c1', 'NOTICE_FAILED', true]] : []);
  });

  it('no longer once a gateway has taken what failed, and nobody else is left', async () => {
    const retried = notice({ failureShown: true });
    expect(await toldOf(retried, {})).toEqual([['c1', 'NOTICE_FAILED', false]]);
    expect(await toldOf(retried, { warned: false })).toEqual([]);
    expect(await toldOf(notice(), {})).toEqual([]);
  });
});
