import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { DayTable, type RawNotice } from '../../domain/clock/day-table.fixture.ts';
import { type ClockReading, periods } from '../../domain/clock/periods.ts';
import { addDays, plainDate, yearOf } from '../../domain/plain-date.ts';
import { seedCalendars } from './chinese-days.ts';

/** The package's lists as it ships them, without a line of the adapter. */
const RAW = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as {
  holidays: Record<string, string>;
  workdays: Record<string, string>;
};

const datesIn = (year: number, list: Record<string, string>): Set<string> =>
  new Set(Object.keys(list).filter((date) => date.startsWith(`${year}-`)));

/** No notice is out for 2027: only whether its days are looked at matters, since then the reading is provisional. */
const NOTICES: RawNotice[] = [2021, 2022, 2023, 2024, 2025, 2026, 2027].map((year) => ({
  year,
  published: year <= 2026,
  off: datesIn(year, RAW.holidays),
  worked: datesIn(year, RAW.workdays),
}));
const TABLE = new DayTable(NOTICES);
/** As the system has them: through the adapter, in the compact form a case records. */
const CALENDAR = seedCalendars(2021, 2027);

const datesOf = ({
  coolingOffLastDay,
  claimFirstDay,
  claimFirstWorkingDay,
  claimLastDay,
  provisional,
}: ClockReading) => ({
  coolingOffLastDay,
  claimFirstDay,
  claimFirstWorkingDay,
  claimLastDay,
  provisional,
});

/**
 * Two ways from the published notices to a couple's dates: adapter, compact years and the walk of `periods` on one
 * side; the raw lists and a table of all days on the other (see day-table.fixture.ts). They must agree on every day
 * of receipt since the cooling-off period became law.
 */
describe('the clock of every day of receipt since 2021-01-01', () => {
  it.each([2021, 2022, 2023, 2024, 2025, 2026])('is the same by both reckonings in %i', (year) => {
    let settled = 0;
    for (let day = plainDate(`${year}-01-01`); yearOf(day) === year; day = addDays(day, 1)) {
      const [read, again] = [periods(day, CALENDAR), TABLE.reckon(day)];
      expect({ day, provisional: read.provisional }).toEqual({ day, provisional: again?.provisional });
      // What rests on an unpublished year is reckoned with the days fixed by law, which the raw lists do not have.
      if (read.provisional) continue;
      settled += 1;
      expect({ day, ...datesOf(read) }).toEqual({ day, ...again });
    }
    // The first day of receipt that 2027 concerns is 2026-11-02.
    const expected = { 2024: 366, 2026: 305 }[year] ?? 365;
    expect(settled).toBe(expected);
  });
});
