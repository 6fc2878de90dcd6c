import { describe, expect, it } from '@jest/globals';
import { accepted, at, done, draft, ready, sceneAt } from './case.fixture.ts';
import { catchUp } from './catch-up.ts';
import { DISTRICT_POLICY } from '../reminders/district-policy.fixture.ts';
import { planDifference } from './plan-change.ts';
import { nextDeadline, nextWake, sendable, takeDueNotices, type Wake } from './next-wake.ts';
import type { CaseState } from './state.ts';

const unsettled = done(ready(), 'accept', at('2026-12-02'));

describe('the next deadline', () => {
  it.each<[string, CaseState, Wake | undefined]>([
    ['draft', draft(), { at: at('2026-11-27', '09:00'), kind: 'lapse' }],
    ['pre-check', sceneAt('pre-check').state, undefined],
    ['correction', sceneAt('correction').state, { at: at('2026-11-27', '09:20'), kind: 'lapse' }],
    ['ready', ready(), { at: at('2026-12-27', '09:20'), kind: 'lapse' }],
    ['cooling-off', accepted(), { at: at('2026-12-01', '00:00'), kind: 'window-opens' }],
    ['confirmation', sceneAt('confirmation').state, { at: at('2026-12-31', '00:00'), kind: 'window-closes' }],
    ['registered', sceneAt('registered').state, undefined],
    ['archived', sceneAt('archived').state, undefined],
  ])('of %s', (_stage, state, wake) => {
    expect(nextDeadline(state)).toEqual(wake);
  });

  it('is none while a person has to decide, and is there again afterwards', () => {
    const waiting = catchUp(unsettled, at('2027-01-06')).state;
    expect(nextDeadline(waiting)).toBeUndefined();
    const delayed = { ...accepted(), attention: [{ code: 'NOTICE_DELAYED', since: 0 } as const] };
    expect(nextDeadline(delayed)).toEqual(nextDeadline(accepted()));
  });
});

describe('the next wake-up', () => {
  it('walks a case through its whole life', () => {
    let state = accepted();
    const woken: (readonly [string, number])[] = [];
    for (let wake = nextWake(state); wake; wake = nextWake(state)) {
      woken.push([wake.kind, wake.at]);
      state = takeDueNotices(catchUp(state, wake.at).state, wake.at).state;
    }
    expect(woken).toEqual([
      ['notice', at('2026-11-27', '09:00')],
      // The window opens with the notice that says so.
      ['notice', at('2026-12-01', '09:00')],
      ['notice', at('2026-12-23', '09:00')],
      ['notice', at('2026-12-27', '09:00')],
      ['notice', at('2026-12-29', '09:00')],
      ['window-closes', at('2026-12-31', '00:00')],
      ['notice', at('2026-12-31', '08:30')],
    ]);
    expect(state.stage).toBe('deemed-withdrawn');
  });

  it('is the opening itself when nothing is planned for that morning', () => {
    expect(nextWake({ ...accepted(), planned: [] })).toEqual({
      at: at('2026-12-01', '00:00'),
      kind: 'window-opens',
    });
  });

  it('is the pending message of a case that has ended', () => {
    expect(nextWake(sceneAt('withdrawn').state)).toEqual({ at: at('2026-11-10'), kind: 'notice' });
    expect(nextWake(sceneAt('archived').state)).toBeUndefined();
  });
});

describe('notices that are due', () => {
  it('are taken once, to the millisecond, and the others stay', () => {
    const due = at('2026-11-27', '09:00');
    expect(takeDueNotices(accepted(), due - 1).due).toEqual([]);
    const first = takeDueNotices(accepted(), due);
    expect(first.due.map(({ kind }) => kind)).toEqual(['cooling-off-ending']);
    expect(first.state.planned).toHaveLength(4);
    expect(takeDueNotices(first.state, due).due).toEqual([]);
  });

  it('do not include "your window is open" while its first day may move', () => {
    const reminded = takeDueNotices(unsettled, at('2027-01-01', '09:00')).state;
    expect(sendable(reminded).map(({ kind }) => kind)).not.toContain('window-open');
    expect(takeDueNotices(reminded, at('2027-01-10')).due).toEqual([]);
    expect(reminded.planned.map(({ kind }) => kind)).toContain('window-open');
  });
});

it('after a standstill orders the last of the overdue reminders of a kind, and takes the others back', () => {
  const open = catchUp(
    accepted('2026-10-30', { policy: DISTRICT_POLICY, realm: 'rehearsal' }),
    at('2026-12-01'),
  ).state;
  const closing = open.planned.filter(({ kind }) => kind === 'window-closing');
  const last = closing.at(-1);
  const now = (last?.dueAt ?? 0) + 1;
  const { state, due } = takeDueNotices(open, now);
  expect(closing.length).toBeGreaterThan(1);
  expect(due.filter(({ kind }) => kind === 'window-closing')).toEqual([last]);
  expect(state.planned.filter(({ kind }) => kind === 'window-closing')).toEqual([]);
  const { cancel, reason } = planDifference(open.planned, state, due, [], now);
  expect([cancel.length, reason]).toEqual([(closing.length - 1) * 2, 'SUPERSEDED']);
  // The first alone is as welcome as ever.
  const first = closing[0];
  const early = takeDueNotices(open, first?.dueAt ?? 0).due.filter(({ kind }) => kind === 'window-closing');
  expect(early).toEqual([first]);
});
