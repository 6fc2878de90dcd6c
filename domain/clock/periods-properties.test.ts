import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, plainDate, weekday, type PlainDate } from '../plain-date.ts';
import { compactYear, isRestDay, type WorkCalendar } from './calendar.ts';
import { periods } from './periods.ts';

const SEED = { seed: 20261123, numRuns: 300 };
const YEARS = [2026, 2027, 2028];

const dayOf = (year: number) =>
  fc.integer({ min: 0, max: 364 }).map((day) => addDays(plainDate(`${year}-01-01`), day));

/** Any calendar, also unlikely ones: up to sixty weekdays off and thirty weekend days worked a year. */
const anyYear = (year: number) =>
  fc
    .record({
      off: fc.array(dayOf(year), { maxLength: 60 }),
      worked: fc.array(dayOf(year), { maxLength: 30 }),
      published: fc.boolean(),
    })
    .map(({ off, worked, published }) => compactYear(year, published, off, worked));

const anyCalendar: fc.Arbitrary<WorkCalendar> = fc
  .tuple(...YEARS.map(anyYear))
  .map((years) => ({ version: 'random', years }));

const receipt = fc.integer({ min: 0, max: 600 }).map((days) => addDays(plainDate('2026-01-01'), days));

/** The same rule written a second time, on sets of dates instead of the calendar's own functions. */
function naive(receivedOn: PlainDate, calendar: WorkCalendar): PlainDate[] {
  const list = (key: 'off' | 'makeUp') =>
    new Set(calendar.years.flatMap((year) => year[key].map((monthDay) => `${year.year}-${monthDay}`)));
  const [off, worked] = [list('off'), list('makeUp')];
  const rests = (date: PlainDate) => off.has(date) || ([6, 7].includes(weekday(date)) && !worked.has(date));
  const roll = (date: PlainDate): PlainDate => (rests(date) ? roll(addDays(date, 1)) : date);
  const first = roll(addDays(receivedOn, 30));
  return [first, roll(addDays(first, 1)), roll(addDays(first, 30))];
}

describe('over any calendar', () => {
  it('agrees with the rule written a second time', () => {
    fc.assert(
      fc.property(receipt, anyCalendar, (receivedOn, calendar) => {
        const read = periods(receivedOn, calendar);
        expect([read.coolingOffLastDay, read.claimFirstWorkingDay, read.claimLastDay]).toEqual(
          naive(receivedOn, calendar),
        );
      }),
      SEED,
    );
  });

  it('never ends on a rest day and is never shorter than thirty days', () => {
    fc.assert(
      fc.property(receipt, anyCalendar, (receivedOn, calendar) => {
        const read = periods(receivedOn, calendar);
        for (const date of [read.coolingOffLastDay, read.claimFirstWorkingDay, read.claimLastDay]) {
          expect(isRestDay(calendar, date)).toBe(false);
        }
        expect(daysBetween(receivedOn, read.coolingOffLastDay)).toBeGreaterThanOrEqual(30);
        expect(daysBetween(read.coolingOffLastDay, read.claimLastDay)).toBeGreaterThanOrEqual(30);
        expect(daysBetween(read.coolingOffLastDay, read.claimFirstDay)).toBe(1);
      }),
      SEED,
    );
  });

  it('a date that is not provisional does not depend on any unpublished year', () => {
    fc.assert(
      fc.property(receipt, anyCalendar, anyCalendar, (receivedOn, calendar, other) => {
        const changed: WorkCalendar = {
          version: 'changed',
          years: calendar.years.map((year, at) => (year.published ? year : (other.years[at] ?? year))),
        };
        const [before, after] = [periods(receivedOn, calendar), periods(receivedOn, changed)];
        for (const name of ['coolingOffLastDay', 'claimFirstWorkingDay', 'claimLastDay'] as const) {
          if (!before.provisionalDates.includes(name)) expect(after[name]).toBe(before[name]);
        }
      }),
      SEED,
    );
  });
});
