import { describe, expect, it } from '@jest/globals';
import { CALENDAR_2026 } from '../clock/calendar-2026.fixture.ts';
import { CalendarYearMissing, compactYear, withYear, type WorkCalendar } from '../clock/calendar.ts';
import { plainDate } from '../plain-date.ts';
import { isOpen } from '../procedure.ts';
import { accepted, at, done, draft, inputOf, ready, sceneAt } from './case.fixture.ts';
import { catchUp } from './catch-up.ts';
import { decide } from './decide.ts';
import { calendarPublished, counsellingFinished, importRunning } from './events.ts';
import { nextWake, takeDueNotices } from './next-wake.ts';
import { STAGES } from './vocabulary.ts';

/** The notice for 2027 as it might read; 2027-01-22 is a Friday, 01-23 a Saturday. */
function published2027(off: readonly string[], makeUp: readonly string[] = []): WorkCalendar {
  const year = compactYear(2027, true, ['2027-01-01', ...off].map(plainDate), makeUp.map(plainDate));
  return withYear(CALENDAR_2026, year, 'published-2027');
}
const OFF_2026 = (CALENDAR_2026.years[0]?.off ?? []).map((day) => `2026-${day}`);
const passed = ready();
/** Received 2026-11-23: cooling-off to 12-23, claim to the provisional 2027-01-22. */
const november = done(passed, 'accept', at('2026-11-23'));
/** Received 2026-12-02: cooling-off to the provisional 2027-01-04 (Monday). */
const december = done(passed, 'accept', at('2026-12-02'));
const planOf = (state: typeof november) => state.planned.map(({ kind, dueAt }) => [kind, dueAt]);

describe('import of a running paper case', () => {
  const input = {
    receivedOn: plainDate('2026-10-30'),
    acceptingVenueId: 'gm-xinhu',
    calendar: CALENDAR_2026,
  };

  it('starts the clock in the past and plans only what lies ahead', () => {
    const { state, step } = importRunning(draft(), input, at('2026-12-20'));
    expect(step).toMatchObject({
      kind: 'import',
      to: 'cooling-off',
      allocate: 'receipt',
      at: at('2026-12-20'),
    });
    expect(state.lapsesAt).toBeUndefined();
    expect(state.acceptingVenueId).toBe('gm-xinhu');
    expect(planOf(state)).toEqual([
      ['window-closing', at('2026-12-23', '09:00')],
      ['window-closing', at('2026-12-27', '09:00')],
      ['window-closing', at('2026-12-29', '09:00')],
    ]);
    expect(takeDueNotices(state, at('2026-12-20')).due).toEqual([]);
    expect(catchUp(state, at('2026-12-20')).state.stage).toBe('confirmation');
  });

  it('sends everything to a case that joins on its first day', () => {
    expect(importRunning(draft(), input, at('2026-10-30')).state.planned).toHaveLength(5);
  });
});

describe('a published calendar', () => {
  it('that leaves the dates as they were keeps plan and version, and takes the doubt away', () => {
    const waiting = catchUp(november, at('2027-01-24')).state;
    expect(waiting.attention).toMatchObject([{ code: 'CLOCK_PROVISIONAL' }]);
    const { state, steps } = calendarPublished(waiting, published2027([]), at('2027-01-24', '11:00'));
    expect(steps.map(({ kind }) => kind)).toEqual(['calendar-published', 'attention-cleared']);
    expect(steps[0]?.detail).toMatchObject({ moved: false });
    expect(state).toMatchObject({ deadlineVersion: 1, flags: [], attention: [], planned: waiting.planned });
    expect(state.clock).toMatchObject({ claimLastDay: '2027-01-22', provisional: false });
    expect(catchUp(state, at('2027-01-24', '11:00')).state.stage).toBe('deemed-withdrawn');
  });

  it('that moves the last day later reminds of the new one, under a new version', () => {
    const { state, steps } = calendarPublished(november, published2027(['2027-01-22']), at('2026-12-01'));
    expect(steps).toHaveLength(1);
    expect(steps[0]?.detail).toMatchObject({
      moved: true,
      before: { claimLastDay: '2027-01-22' },
      after: { claimLastDay: '2027-01-25' },
    });
    expect(state.deadlineVersion).toBe(2);
    expect(planOf(state).at(-1)).toEqual(['window-closing', at('2027-01-24', '09:00')]);
    expect(state.planned.every(({ deadlineVersion }) => deadlineVersion === 2)).toBe(true);
  });

  it('that moves a date earlier than was told is put before a person', () => {
    // Received 2026-11-24: claim to 2027-01-23, a Saturday, rolled to Monday 01-25.
    const told = done(passed, 'accept', at('2026-11-24'));
    expect(told.clock?.claimLastDay).toBe('2027-01-25');
    const { state, steps } = calendarPublished(told, published2027([], ['2027-01-23']), at('2026-12-01'));
    expect(state.clock?.claimLastDay).toBe('2027-01-23');
    expect(steps.map(({ detail }) => detail['code'])).toContain('EARLIER_DATE_THAN_TOLD');
    const again = calendarPublished(state, published2027([], ['2027-01-23']), at('2026-12-02'));
    expect(again.steps.map(({ kind }) => kind)).toEqual(['calendar-published']);
  });

  it('opens a window that had waited, and tells the couple that it is open', () => {
    const waiting = takeDueNotices(catchUp(december, at('2027-01-07')).state, at('2027-01-07')).state;
    expect(waiting.stage).toBe('cooling-off');
    expect(nextWake(waiting)).toBeUndefined();
    for (const off of [[], ['2027-01-04'], ['2027-01-04', '2027-01-05']]) {
      const now = at('2027-01-07', '10:00');
      const told = calendarPublished(waiting, published2027(off), now);
      const opened = catchUp(told.state, now);
      expect(opened.state).toMatchObject({ stage: 'confirmation', attention: [] });
      const due = takeDueNotices(opened.state, now).due.map(({ kind }) => kind);
      expect(due).toEqual(['window-open']);
    }
  });

  it('still reminds when the new date is so near that the usual hour has passed', () => {
    // Received 2026-12-03: cooling-off to Saturday 2027-01-02, rolled to Monday 01-04; reminder on 01-01.
    const told = done(passed, 'accept', at('2026-12-03'));
    const { state } = calendarPublished(told, published2027([], ['2027-01-02']), at('2026-12-31'));
    expect(state.clock?.coolingOffLastDay).toBe('2027-01-02');
    expect(takeDueNotices(state, at('2026-12-31')).due.map(({ kind }) => kind)).toEqual([
      'cooling-off-ending',
    ]);
  });

  it('that ends the first period later than an open window began shuts the window again', () => {
    const open = sceneAt('confirmation').state;
    const year = compactYear(2026, true, [...OFF_2026, '2026-11-30', '2026-12-01'].map(plainDate), []);
    const moved = withYear(CALENDAR_2026, year, 'republished-2026');
    const { state } = calendarPublished(open, moved, at('2026-12-01', '12:00'));
    expect(state.clock?.coolingOffLastDay).toBe('2026-12-02');
    expect(decide(state, inputOf('register'), at('2026-12-02'))).toMatchObject({
      reason: 'WITHIN_COOLING_OFF',
    });
    expect(state.stage).toBe('cooling-off');
    expect(decide(state, inputOf('withdraw'), at('2026-12-02')).ok).toBe(true);
    expect(decide(state, inputOf('register'), at('2026-12-03')).ok).toBe(true);
  });

  it('never lets the clock end a case whose couple was told a later day', () => {
    const told = done(passed, 'accept', at('2026-11-24'));
    const open = catchUp(told, at('2027-01-24')).state;
    // The Saturday becomes a working day on the Sunday after it.
    const { state } = calendarPublished(open, published2027([], ['2027-01-23']), at('2027-01-24'));
    const waiting = catchUp(state, at('2027-02-10'));
    expect(waiting).toMatchObject({ steps: [], state: { stage: 'confirmation' } });
    expect(nextWake({ ...waiting.state, planned: [] })).toBeUndefined();
    expect(decide(waiting.state, inputOf('expire'), at('2027-02-10')).ok).toBe(true);
  });

  it('lets the flag go when the date a case waited for is certain, though a later one is not', () => {
    const waiting = catchUp(december, at('2027-01-07')).state;
    const { state } = calendarPublished(waiting, published2027([]), at('2027-01-07'));
    expect(state.attention.map(({ code }) => code)).not.toContain('CLOCK_PROVISIONAL');
  });

  it('says nothing of a window while its opening is uncertain', () => {
    const waiting = catchUp(december, at('2027-02-03')).state;
    const kinds = takeDueNotices(waiting, at('2027-02-03')).due.map(({ kind }) => kind);
    expect(kinds).not.toContain('window-open');
    expect(kinds).not.toContain('window-closing');
  });

  it('is nothing to a case without a clock or with an end', () => {
    for (const stage of STAGES) {
      const { state, now } = sceneAt(stage);
      if (state.clock && isOpen(stage)) continue;
      expect(calendarPublished(state, published2027([]), now)).toEqual({ state, steps: [] });
    }
  });

  it('that lacks a year the case needs is an error, not a guess', () => {
    const only2026 = { version: 'x', years: CALENDAR_2026.years.slice(0, 1) };
    expect(() => calendarPublished(november, only2026, at('2026-12-01'))).toThrow(CalendarYearMissing);
  });
});

describe('counselling that has finished', () => {
  const referred = done(
    done(accepted(), 'refer-counselling', at('2026-11-02'), { counsellingId: 'one' }),
    'refer-counselling',
    at('2026-11-03'),
    { counsellingId: 'two' },
  );

  it('lowers the flag with the last one, and never touches the periods', () => {
    const first = counsellingFinished(referred, 'one', 1)?.state;
    expect(first?.flags).toEqual(['counselling']);
    const second = first && counsellingFinished(first, 'two', 2)?.state;
    expect(second).toMatchObject({ flags: [], stage: 'cooling-off', clock: accepted().clock });
  });

  it('is ignored when unknown or already finished', () => {
    expect(counsellingFinished(referred, 'three', 1)).toBeUndefined();
    const first = counsellingFinished(referred, 'one', 1)?.state ?? referred;
    expect(counsellingFinished(first, 'one', 2)).toBeUndefined();
  });
});
