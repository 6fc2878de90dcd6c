import { describe, expect, it } from '@jest/globals';
import { openCase } from '../../domain/case/state.ts';
import { ROLES, STAGES } from '../../domain/case/vocabulary.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import { periods } from '../../domain/clock/periods.ts';
import { plainDate } from '../../domain/plain-date.ts';
import { actsAt, mayAct } from '../../domain/procedure.ts';
import { instantAt } from '../../domain/zoned-time.ts';
import { offeredActs } from './allowed-acts.ts';

const calendar: WorkCalendar = {
  version: 'test',
  years: [2026, 2027].map((year) => ({ year, published: true, off: ['01-01'], makeUp: [] })),
};
const facts = { calendar, checkedRound: 1 };
const clock = periods(plainDate('2026-03-02'), calendar);
const opened = openCase(
  {
    caseNumber: 'X',
    realm: 'live',
    channel: 'online',
    venueId: 'v',
    flags: [],
    safety: [],
    mailable: [],
    closes: '18:00',
    seq: 1,
  },
  instantAt(plainDate('2026-02-27')),
);
const accepted = {
  ...opened,
  stage: 'cooling-off' as const,
  clock,
  calendar,
  acceptingVenueId: 'v',
  lapsesAt: Number.MAX_SAFE_INTEGER,
};
const at = (date: string, time: string) => instantAt(plainDate(date), time);

describe('what is offered', () => {
  it.each(STAGES.flatMap((stage) => ROLES.map((role) => [stage, role] as const)))(
    'at %s to a %s is within the procedure and the role',
    (stage, role) => {
      const state = { ...accepted, stage, preCheckRound: 1 };
      const offer = offeredActs(state, role, facts, at('2026-03-03', '10:00'));
      for (const act of offer.acts) {
        expect(actsAt(offer.stage)).toContain(act);
        expect(mayAct(role, act)).toBe(true);
      }
    },
  );

  it('on the last day of the first period is withdrawal until closing, and no registration', () => {
    const day = clock.coolingOffLastDay;
    expect(offeredActs(accepted, 'clerk', facts, at(day, '17:59')).acts).toContain('withdraw');
    expect(offeredActs(accepted, 'clerk', facts, at(day, '18:00')).acts).not.toContain('withdraw');
    expect(offeredActs(accepted, 'clerk', facts, at(day, '10:00')).acts).not.toContain('register');
  });

  it('a second after that day is registration, even if no timer has rung', () => {
    const offer = offeredActs(accepted, 'clerk', facts, at(clock.claimFirstWorkingDay, '09:00'));
    expect(offer).toMatchObject({ stage: 'confirmation' });
    expect(offer.acts).toEqual(
      expect.arrayContaining(['check-in', 'review', 'register', 'refuse-registration']),
    );
    expect(offer.acts).not.toContain('withdraw');
  });

  it('on a rest day is no acceptance', () => {
    const ready = { ...opened, stage: 'ready' as const };
    expect(offeredActs(ready, 'clerk', facts, at('2026-03-01', '10:00')).acts).not.toContain('accept');
    expect(offeredActs(ready, 'clerk', facts, at('2026-03-02', '10:00')).acts).toContain('accept');
  });

  it('to a reviewer is a decision only when the checks of this round are done', () => {
    const checking = { ...opened, stage: 'pre-check' as const, preCheckRound: 2 };
    expect(offeredActs(checking, 'reviewer', facts, opened.openedAt).acts).not.toContain('pass');
    expect(offeredActs(checking, 'reviewer', { ...facts, checkedRound: 2 }, opened.openedAt).acts).toContain(
      'pass',
    );
  });

  it('after the window has closed is nothing', () => {
    const waiting = { ...accepted, stage: 'confirmation' as const };
    expect(offeredActs(waiting, 'clerk', facts, at('2026-06-01', '10:00'))).toEqual({
      stage: 'deemed-withdrawn',
      acts: [],
    });
  });
});
