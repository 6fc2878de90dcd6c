import { describe, expect, it } from '@jest/globals';
import { addDays, daysBetween, plainDate, type PlainDate } from '../plain-date.ts';
import { CALENDAR_2026 as calendar } from './calendar-2026.fixture.ts';
import { CalendarYearMissing, isWorkingDay, withYear, workingDaysBetween } from './calendar.ts';
import { periods, PROVISIONAL_DATES, sameDates } from './periods.ts';

const reading = (receivedOn: string, on = calendar) => periods(plainDate(receivedOn), on);

describe('the periods of an application', () => {
  it.each([
    ['2026-01-16', '2026-02-24', '2026-02-25', '2026-03-26'],
    ['2026-02-14', '2026-03-16', '2026-03-17', '2026-04-15'],
    ['2026-02-16', '2026-03-18', '2026-03-19', '2026-04-17'],
    ['2026-02-24', '2026-03-26', '2026-03-27', '2026-04-27'],
    ['2026-03-02', '2026-04-01', '2026-04-02', '2026-05-06'],
    ['2026-04-01', '2026-05-06', '2026-05-07', '2026-06-05'],
    ['2026-09-10', '2026-10-10', '2026-10-12', '2026-11-09'],
    ['2026-10-30', '2026-11-30', '2026-12-01', '2026-12-30'],
    ['2026-11-23', '2026-12-23', '2026-12-24', '2027-01-22'],
    ['2026-12-02', '2027-01-04', '2027-01-05', '2027-02-03'],
    ['2026-12-07', '2027-01-06', '2027-01-07', '2027-02-09'],
  ])(
    'received on %s: cooling-off to %s, claim from %s to %s',
    (receivedOn, coolingOff, claimFirst, claimLast) => {
      const read = reading(receivedOn);
      expect(read).toMatchObject({
        receivedOn,
        coolingOffLastDay: coolingOff,
        claimFirstDay: addDays(plainDate(coolingOff), 1),
        claimFirstWorkingDay: claimFirst,
        claimLastDay: claimLast,
        calendarVersion: 'test-2026',
      });
    },
  );

  it.each([
    ['2026-10-30', []],
    ['2026-11-02', ['claimLastDay']],
    ['2026-11-23', ['claimLastDay']],
    // 31 December is the last day, so the first working day after it lies in the unpublished year.
    ['2026-12-01', ['claimFirstWorkingDay', 'claimLastDay']],
    ['2026-12-02', [...PROVISIONAL_DATES]],
  ])('received on %s: provisional are %j', (receivedOn, dates) => {
    const read = reading(receivedOn);
    expect(read.provisionalDates).toEqual(dates);
    expect(read.provisional).toBe(dates.length > 0);
    expect(read.basis.includes('calendar-not-published')).toBe(dates.length > 0);
  });

  it('becomes provisional in 2026 with the receipts of 2 November', () => {
    let first = plainDate('2026-01-01');
    while (!isWorkingDay(calendar, first) || !periods(first, calendar).provisional) first = addDays(first, 1);
    expect(first).toBe('2026-11-02');
  });

  it('carries the legal basis of each roll as codes', () => {
    expect(reading('2026-01-16').basis).toEqual([
      'thirty-days',
      'start-day-not-counted',
      'last-day-business-hours',
      'same-office',
      'cooling-off-weekend',
      'cooling-off-holiday',
    ]);
    expect(reading('2026-09-10').basis).toEqual(
      expect.arrayContaining(['cooling-off-make-up', 'claim-first-weekend']),
    );
    expect(reading('2026-03-02').basis).toEqual(
      expect.arrayContaining(['claim-last-weekend', 'claim-last-holiday']),
    );
  });

  it('fits into a history', () => {
    const read = reading('2026-01-16');
    expect(JSON.parse(JSON.stringify(read))).toEqual(read);
    expect(JSON.stringify(read).length).toBeLessThan(600);
  });

  it('refuses to guess beyond the calendar', () => {
    expect(() => reading('2027-11-20')).toThrow(CalendarYearMissing);
  });
});

describe('the receipt days of 2026 whose periods end in 2026', () => {
  const receipts: PlainDate[] = [];
  for (let date = plainDate('2026-01-01'); date <= '2026-12-31'; date = addDays(date, 1)) {
    if (isWorkingDay(calendar, date) && reading(date).claimLastDay <= '2026-12-31') receipts.push(date);
  }
  const readings = receipts.map((date) => periods(date, calendar));
  const share = (count: number) => Math.round((100 * count) / receipts.length);

  it('are 204', () => expect(receipts).toHaveLength(204));

  it('last 60 to 69 days', () => {
    const lengths = readings.map((read) => daysBetween(read.receivedOn, read.claimLastDay));
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([60, 69]);
  });

  it('have the first period rolled in 41 % and the second in 40 %', () => {
    const first = readings.filter((read) => read.coolingOffLastDay !== addDays(read.receivedOn, 30));
    const second = readings.filter((read) => read.claimLastDay !== addDays(read.coolingOffLastDay, 30));
    expect([share(first.length), share(second.length)]).toEqual([41, 40]);
  });

  it('leave 16 to 23 working days for the claim', () => {
    const counts = readings.map((read) =>
      workingDaysBetween(calendar, read.claimFirstDay, read.claimLastDay),
    );
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([16, 23]);
  });
});

describe('when the notice for 2027 arrives', () => {
  const publish = (off: string[], makeUp: string[]) =>
    withYear(calendar, { year: 2027, published: true, off, makeUp }, 'test-2027');
  const STATUTORY = ['01-01', '02-05', '02-08', '04-05', '06-09', '09-15', '10-01'];

  it('settles the dates, and they may stay as they were', () => {
    const [before, after] = [reading('2026-11-23'), reading('2026-11-23', publish(STATUTORY, []))];
    expect(after.provisional).toBe(false);
    expect(after.provisionalDates).toEqual([]);
    expect(after.calendarVersion).toBe('test-2027');
    expect(sameDates(before, after)).toBe(true);
  });

  it('moves a date later when days become free', () => {
    // 2027-02-09 is off with Spring Festival: 9 days in a row.
    const after = reading('2026-12-07', publish([...STATUTORY, '02-09', '02-10', '02-11', '02-12'], []));
    expect(after.claimLastDay).toBe('2027-02-15');
    expect(sameDates(reading('2026-12-07'), after)).toBe(false);
  });

  it('moves a date earlier when a weekend is worked', () => {
    // 2026-12-03 + 30 = Saturday 2027-01-02.
    expect(reading('2026-12-03').coolingOffLastDay).toBe('2027-01-04');
    const after = reading('2026-12-03', publish(STATUTORY, ['01-02']));
    expect(after.coolingOffLastDay).toBe('2027-01-02');
    expect(after.claimLastDay < reading('2026-12-03').claimLastDay).toBe(true);
  });
});
