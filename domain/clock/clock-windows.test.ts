import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../plain-date.ts';
import { dateAt, instantAt, timeAt } from '../zoned-time.ts';
import { CALENDAR_2026 } from './calendar-2026.fixture.ts';
import {
  awaitsCalendar,
  claimEndsAt,
  claimExpired,
  claimOpen,
  claimWindow,
  coolingOffEndsAt,
  coolingOffOver,
  withdrawalOpen,
} from './clock-windows.ts';
import { periods } from './periods.ts';

const hours = { closes: '18:00' };
const at = (date: string, time: string) => instantAt(plainDate(date), time);
/** Cooling-off to 2026-11-30, claim 2026-12-01 to 2026-12-30. */
const settled = periods(plainDate('2026-10-30'), CALENDAR_2026);
/** Cooling-off to 2026-12-23, claim to 2027-01-22, which is provisional. */
const open = periods(plainDate('2026-11-23'), CALENDAR_2026);
/** Cooling-off to 2027-01-04, itself provisional. */
const unsettled = periods(plainDate('2026-12-02'), CALENDAR_2026);

describe('withdrawal', () => {
  it.each([
    ['2026-10-29', '12:00', false],
    ['2026-10-30', '09:00', true],
    ['2026-11-29', '23:59', true],
    ['2026-11-30', '00:00', true],
    ['2026-11-30', '17:59', true],
    ['2026-11-30', '18:00', false],
    ['2026-12-01', '09:00', false],
  ])('on %s at %s: %s', (date, time, accepted) => {
    expect(withdrawalOpen(settled, at(date, time), hours)).toBe(accepted);
  });
});

describe('the claim window', () => {
  it.each([
    ['2026-11-30', 'before'],
    ['2026-12-01', 'open'],
    ['2026-12-30', 'open'],
    ['2026-12-31', 'after'],
  ])('on %s it is %s', (date, state) => {
    expect(claimWindow(settled, plainDate(date))).toBe(state);
  });

  it('registers nobody on the last day of the first period', () => {
    expect(claimOpen(settled, at('2026-11-30', '10:00'), hours)).toBe(false);
    expect(claimOpen(settled, at('2026-12-01', '10:00'), hours)).toBe(true);
  });

  it('closes with the office on the last day, except for a couple already checked in', () => {
    expect(claimOpen(settled, at('2026-12-29', '19:00'), hours)).toBe(true);
    expect(claimOpen(settled, at('2026-12-30', '17:59'), hours)).toBe(true);
    expect(claimOpen(settled, at('2026-12-30', '18:00'), hours)).toBe(false);
    expect(claimOpen(settled, at('2026-12-30', '18:40'), hours, at('2026-12-30', '17:50'))).toBe(true);
    expect(claimOpen(settled, at('2026-12-30', '18:40'), hours, at('2026-12-30', '18:00'))).toBe(false);
    expect(claimOpen(settled, at('2026-12-30', '18:40'), hours, at('2026-12-29', '10:00'))).toBe(false);
    expect(claimOpen(settled, at('2026-12-31', '09:00'), hours, at('2026-12-30', '17:50'))).toBe(false);
  });
});

describe('the end of a period', () => {
  it('comes at midnight after the last day', () => {
    expect(coolingOffOver(settled, plainDate('2026-11-30'))).toBe(false);
    expect(coolingOffOver(settled, plainDate('2026-12-01'))).toBe(true);
    expect(claimExpired(settled, plainDate('2026-12-30'))).toBe(false);
    expect(claimExpired(settled, plainDate('2026-12-31'))).toBe(true);
    const ends = [coolingOffEndsAt(settled), claimEndsAt(settled)].map(
      (end) => `${dateAt(end)} ${timeAt(end)}`,
    );
    expect(ends).toEqual(['2026-12-01 00:00', '2026-12-31 00:00']);
  });

  it('never comes on a provisional date: the case waits', () => {
    const late = plainDate('2027-03-01');
    expect(claimExpired(open, late)).toBe(false);
    expect(awaitsCalendar(open, late)).toBe(true);
    expect(awaitsCalendar(open, plainDate('2027-01-22'))).toBe(false);
    expect(claimWindow(open, late)).toBe('after');

    expect(coolingOffOver(unsettled, late)).toBe(false);
    expect(claimWindow(unsettled, late)).toBe('before');
    expect(awaitsCalendar(unsettled, plainDate('2027-01-05'))).toBe(true);
    expect(awaitsCalendar(unsettled, plainDate('2027-01-04'))).toBe(false);
    expect(awaitsCalendar(settled, late)).toBe(false);
  });
});
