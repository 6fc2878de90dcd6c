import { describe, expect, it } from '@jest/globals';
import { isOpen } from '../procedure.ts';
import { accepted, at, done, draft, ready, sceneAt } from './case.fixture.ts';
import { catchUp } from './catch-up.ts';
import { STAGES } from './vocabulary.ts';

const kinds = (caught: ReturnType<typeof catchUp>): string[] => caught.steps.map(({ kind }) => kind);

describe('nothing is due', () => {
  it.each(STAGES)('at %s, a moment after it began', (stage) => {
    const { state, now } = sceneAt(stage);
    const caught = catchUp(state, now);
    expect(caught.steps).toEqual([]);
    expect(caught.state).toBe(state);
  });

  it.each(STAGES.filter((stage) => !isOpen(stage)))('at %s, ever again', (stage) => {
    expect(catchUp(sceneAt(stage).state, at('2030-01-01')).steps).toEqual([]);
  });

  it('in the pre-check: it waits for people, however long', () => {
    expect(catchUp(sceneAt('pre-check').state, at('2028-01-01')).steps).toEqual([]);
  });
});

describe('lapse', () => {
  it.each([
    ['draft', draft(), '2026-11-27', '09:00'],
    ['correction', sceneAt('correction').state, '2026-11-27', '09:20'],
    ['ready', ready(), '2026-12-27', '09:20'],
  ] as const)('ends %s at its minute, not before', (stage, state, date, time) => {
    expect(catchUp(state, at(date, time) - 1).steps).toEqual([]);
    const caught = catchUp(state, at(date, time) + 86_400_000);
    expect(caught.steps).toMatchObject([{ kind: 'lapse', from: stage, to: 'lapsed', at: at(date, time) }]);
    expect(caught.state).toMatchObject({ stage: 'lapsed', outcome: 'lapsed', planned: [] });
    expect(caught.state.lapsesAt).toBeUndefined();
  });
});

describe('the periods', () => {
  it('open the window at midnight after the last day, by the law not by the timer', () => {
    expect(catchUp(accepted(), at('2026-11-30', '23:59')).steps).toEqual([]);
    const caught = catchUp(accepted(), at('2026-12-03', '15:00'));
    expect(caught.steps).toMatchObject([
      { kind: 'cooling-off-over', to: 'confirmation', at: at('2026-12-01', '00:00') },
    ]);
    expect(caught.state.stageSince).toBe(at('2026-12-01', '00:00'));
  });

  it('deem the application withdrawn at midnight after the last claim day, and say so in the morning', () => {
    const open = sceneAt('confirmation').state;
    expect(catchUp(open, at('2026-12-30', '23:59')).steps).toEqual([]);
    const caught = catchUp(open, at('2026-12-31', '00:00'));
    expect(caught.steps).toMatchObject([{ kind: 'window-over', to: 'deemed-withdrawn' }]);
    expect(caught.state.outcome).toBe('deemed-withdrawn');
    expect(caught.state.planned).toMatchObject([
      { kind: 'deemed-withdrawn', dueAt: at('2026-12-31', '08:30'), parties: ['a', 'b'] },
    ]);
  });

  it('pass both at once after a long silence, in their order', () => {
    const caught = catchUp(accepted(), at('2027-03-01'));
    expect(caught.steps.map(({ kind, seq, at: when }) => [kind, seq, when])).toEqual([
      ['cooling-off-over', 5, at('2026-12-01', '00:00')],
      ['window-over', 6, at('2026-12-31', '00:00')],
    ]);
    expect(catchUp(caught.state, at('2027-03-01')).steps).toEqual([]);
  });
});

describe('a couple checked in on the last day', () => {
  const checkedIn = done(sceneAt('confirmation').state, 'check-in', at('2026-12-30', '17:50'));

  it('is never expired by the clock: a person is told once and decides', () => {
    const caught = catchUp(checkedIn, at('2026-12-31', '00:00'));
    expect(caught.steps).toMatchObject([
      { kind: 'attention-raised', detail: { code: 'CHECKED_IN_NOT_CONCLUDED' } },
    ]);
    expect(caught.state.stage).toBe('confirmation');
    expect(catchUp(caught.state, at('2027-06-01')).steps).toEqual([]);
    const ended = done(caught.state, 'expire', at('2027-01-04'));
    expect(ended).toMatchObject({ stage: 'deemed-withdrawn', outcome: 'deemed-withdrawn' });
    expect(ended.planned).toMatchObject([{ kind: 'deemed-withdrawn', dueAt: at('2027-01-04') }]);
  });

  it('is not protected by a check-in of another day, nor by one that ended in a refusal', () => {
    const open = sceneAt('confirmation').state;
    const earlier = done(open, 'check-in', at('2026-12-29', '17:50'));
    expect(kinds(catchUp(earlier, at('2026-12-31')))).toEqual(['window-over']);
    const refused = done(checkedIn, 'refuse-registration', at('2026-12-30', '18:20'));
    expect(kinds(catchUp(refused, at('2026-12-31')))).toEqual(['window-over']);
  });
});
