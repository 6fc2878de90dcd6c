import { describe, expect, it } from '@jest/globals';
import { accepted, at, done, draft, OPENING, ready, sceneAt } from './case.fixture.ts';
import { openCase, patched, withFlag } from './state.ts';
import { channelsTo, stepKey, takeStep } from './step.ts';
import { clearAttention, raiseAttention } from './attention.ts';

const pending = (time: string) =>
  takeStep({ ...accepted(), planned: [] }, 'correct', 'cooling-off', at('2026-11-10', time), {
    happened: { on: 'registered' },
  }).state.planned[0]?.dueAt;

describe('messages that follow an act', () => {
  it.each([
    ['08:29', '2026-11-10', '08:30'],
    ['08:30', '2026-11-10', '08:30'],
    ['19:59', '2026-11-10', '19:59'],
    ['20:00', '2026-11-11', '08:30'],
    ['23:59', '2026-11-11', '08:30'],
  ])('done at %s go out on %s at %s', (time, date, hour) => {
    expect(pending(time)).toBe(at(date, hour));
  });

  it('are told apart by the step they follow', () => {
    const once = done(sceneAt('confirmation').state, 'register', at('2026-12-02'));
    const [registered, ...more] = once.planned;
    expect(more).toEqual([]);
    expect(registered).toMatchObject({
      kind: 'registered',
      deadlineVersion: once.deadlineVersion,
      offsetDays: 0,
    });
    const again = done(sceneAt('confirmation').state, 'register', at('2026-12-02', '11:00'), {
      actId: 'another',
    });
    expect(again.planned[0]?.occasion).not.toBe(registered?.occasion);
  });

  it('are planned only for those who can be reached', () => {
    const passed = (mailable: readonly ('a' | 'b')[]) => ready({ mailable }).planned;
    expect(passed(['a', 'b'])).toMatchObject([{ kind: 'pre-check-passed', parties: ['a', 'b'] }]);
    expect(passed(['b'])).toMatchObject([{ parties: ['b'] }]);
    expect(passed([])).toEqual([]);
    expect(channelsTo(ready({ mailable: ['b'] }), ['sms', 'email'], 'a')).toEqual(['sms']);
    expect(channelsTo(ready({ mailable: ['b'] }), ['sms', 'email'], 'b')).toEqual(['sms', 'email']);
  });

  it('of a withdrawal reach both, but under the safety flag the withdrawing party alone', () => {
    const told = (party: 'a' | 'b', safety: readonly ('a' | 'b')[]) =>
      done(accepted('2026-10-30', { safety }), 'withdraw', at('2026-11-10'), { party }).planned;
    expect(told('a', [])).toMatchObject([{ kind: 'withdrawn', parties: ['a', 'b'] }]);
    expect(told('a', ['b'])).toMatchObject([{ kind: 'withdrawn', parties: ['a'] }]);
    expect(told('b', ['b'])).toMatchObject([{ kind: 'withdrawn', parties: ['b'] }]);
  });

  it('do not outlive what they speak of', () => {
    const returned = done(
      done(draft(), 'submit', at('2026-10-28', '19:00')),
      'return',
      at('2026-10-28', '21:00'),
    );
    expect(returned.planned).toMatchObject([{ kind: 'material-missing', dueAt: at('2026-10-29', '08:30') }]);
    expect(done(returned, 'submit', at('2026-10-28', '22:00')).planned).toEqual([]);
    const passed = done(
      done(draft(), 'submit', at('2026-10-28', '19:00')),
      'pass',
      at('2026-10-28', '21:00'),
    );
    expect(passed.planned).toMatchObject([{ kind: 'pre-check-passed' }]);
    expect(done(passed, 'refuse-acceptance', at('2026-10-29', '08:15')).planned).toEqual([]);
    const accepting = done(passed, 'accept', at('2026-10-29', '08:15')).planned.map(({ kind }) => kind);
    expect(accepting).not.toContain('pre-check-passed');
  });
});

describe('a step', () => {
  it('counts up, keeps the stage since which it lasts, and leaves no undefined behind', () => {
    const before = ready();
    const { state, step } = takeStep(before, 'correct', 'ready', at('2026-10-29'), {
      patch: { lapsesAt: undefined },
    });
    expect(step).toMatchObject({ seq: before.seq + 1, from: 'ready', to: 'ready', detail: {} });
    expect(state.stageSince).toBe(before.stageSince);
    expect('lapsesAt' in state).toBe(false);
    expect(before.lapsesAt).toBeDefined();
  });

  it('opens a case as a draft with the number of the step that opened it', () => {
    const opened = openCase({ ...OPENING, flags: ['safety'], seq: 1 }, 5);
    expect(opened).toMatchObject({
      stage: 'draft',
      seq: 1,
      flags: ['safety'],
      openedAt: 5,
      lapsesAt: 5 + 30 * 86_400_000,
    });
  });
});

describe('flags and attention', () => {
  it('hold each flag once', () => {
    expect(withFlag(['safety'], 'safety', true)).toEqual(['safety']);
    expect(withFlag(['safety', 'counselling'], 'safety', false)).toEqual(['counselling']);
  });

  it('keep the flag until the last reason is gone', () => {
    const one = raiseAttention(accepted(), 'NOTICE_FAILED', 1)?.state ?? accepted();
    const two = raiseAttention(one, 'ARCHIVE_DELAYED', 2)?.state ?? one;
    expect(raiseAttention(two, 'NOTICE_FAILED', 3)).toBeUndefined();
    const left = clearAttention(two, 'NOTICE_FAILED', 4)?.state ?? two;
    expect(left).toMatchObject({
      flags: ['needs-attention'],
      attention: [{ code: 'ARCHIVE_DELAYED', since: 2 }],
    });
    expect(clearAttention(left, 'NOTICE_FAILED', 5)).toBeUndefined();
    expect(clearAttention(left, 'ARCHIVE_DELAYED', 6)?.state).toMatchObject({ flags: [], attention: [] });
  });

  it('a patch removes what it sets to undefined', () => {
    expect('outcome' in patched({ ...accepted(), outcome: 'lapsed' }, { outcome: undefined })).toBe(false);
  });
});

describe('the key of a step', () => {
  it('is the same at any hour for a calendar told by one batch, and another for another', () => {
    const heard = (at: number, recomputationId: string, calendarVersion: string) =>
      stepKey({ kind: 'calendar-published', at, detail: { recomputationId, after: { calendarVersion } } });
    expect(heard(1, '2027.2', '2026.1+2027.2')).toBe(heard(2, '2027.2', '2026.1+2027.2'));
    expect(heard(1, '2027.3', '2026.1+2027.3')).not.toBe(heard(1, '2027.2', '2026.1+2027.2'));
    expect(heard(1, '2027.2', '2026.2+2027.2')).not.toBe(heard(1, '2027.2', '2026.1+2027.2'));
  });

  it('is the hour for what nobody told, and the act for what somebody did', () => {
    const published = { kind: 'calendar-published', detail: {} } as const;
    expect(stepKey({ ...published, at: 1 })).not.toBe(stepKey({ ...published, at: 2 }));
    expect(stepKey({ ...published, at: 1 }, 'act-1')).toBe('act-1');
  });
});
