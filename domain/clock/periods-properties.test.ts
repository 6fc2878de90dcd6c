import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, plainDate, type PlainDate } from '../plain-date.ts';
import { compactYear, isRestDay, type WorkCalendar } from './calendar.ts';
import { DayTable, type RawNotice } from './day-table.fixture.ts';
import { periods } from './periods.ts';

const SEED = { seed: 20261123, numRuns: 300 };
/** For the proof that no calendar is reckoned otherwise than the law says. */
const THOUSAND = { seed: 20261124, numRuns: 1_000 };
const YEARS = [2026, 2027, 2028];

const dayOf = (year: number) =>
  fc.integer({ min: 0, max: 364 }).map((day) => addDays(plainDate(`${year}-01-01`), day));

/** Any notice, also unlikely ones: up to sixty days off and thirty days worked a year, weekends or not. */
const anyNotice = (year: number) =>
  fc.record({
    year: fc.constant(year),
    off: fc.array(dayOf(year), { maxLength: 60 }).map((days) => new Set<string>(days)),
    worked: fc.array(dayOf(year), { maxLength: 30 }).map((days) => new Set<string>(days)),
    published: fc.boolean(),
  });
const anyNotices: fc.Arbitrary<RawNotice[]> = fc.tuple(...YEARS.map(anyNotice));

const calendarFrom = (notices: readonly RawNotice[]): WorkCalendar => ({
  version: 'random',
  years: notices.map(({ year, published, off, worked }) =>
    compactYear(year, published, [...off] as PlainDate[], [...worked] as PlainDate[]),
  ),
});
const anyCalendar: fc.Arbitrary<WorkCalendar> = anyNotices.map(calendarFrom);

const receipt = fc.integer({ min: 0, max: 600 }).map((days) => addDays(plainDate('2026-01-01'), days));

describe('over any calendar', () => {
  it('agrees with the day table, a second reckoning that shares no code, for a thousand calendars', () => {
    fc.assert(
      fc.property(receipt, anyNotices, (receivedOn, notices) => {
        const again = new DayTable(notices).reckon(receivedOn);
        expect(again).toBeDefined();
        expect(periods(receivedOn, calendarFrom(notices))).toMatchObject(again ?? {});
      }),
      THOUSAND,
    );
  });

  it('agrees with it on every day of receipt of twenty of them', () => {
    fc.assert(
      fc.property(anyNotices, (notices) => {
        const [calendar, table] = [calendarFrom(notices), new DayTable(notices)];
        for (let days = 0; days <= 600; days += 1) {
          const receivedOn = addDays(plainDate('2026-01-01'), days);
          const again = table.reckon(receivedOn);
          expect(again).toBeDefined();
          expect(periods(receivedOn, calendar)).toMatchObject(again ?? {});
        }
      }),
      { seed: 20261125, numRuns: 20 },
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
