import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../plain-date.ts';
import { CALENDAR_2026 } from './calendar-2026.fixture.ts';
import { compareClock, countChanges } from './calendar-change.ts';
import { calendarVersion, ownCalendar, yearsOfVersion } from './calendar-version.ts';
import { type WorkCalendar, withYear, yearCalendar, type YearCalendar } from './calendar.ts';
import { ClockComparer } from './clock-comparer.ts';
import { periods } from './periods.ts';

const HAD: WorkCalendar = { ...CALENDAR_2026, version: '2026.1+2027.1p' };
const PROVISIONAL = yearCalendar(HAD, 2027);
const published = (changes: Partial<YearCalendar> = {}): WorkCalendar =>
  withYear(HAD, { ...PROVISIONAL, published: true, ...changes }, '2026.1+2027.2');
const off = (...days: string[]) => ({ off: [...PROVISIONAL.off, ...days] });

/** Received so, the claim ends on the given day of 2027. */
const [MONDAY_4TH, WEDNESDAY_13TH] = ['2026-11-03', '2026-11-12'].map(plainDate);

describe('a case under another calendar', () => {
  const compared = (receivedOn = WEDNESDAY_13TH, next = published()) => {
    if (!receivedOn) throw new Error('no day of receipt');
    return compareClock(periods(receivedOn, HAD), HAD, next);
  };

  it('has dates that end where they should, for what follows', () => {
    expect(compared(MONDAY_4TH).before.claimLastDay).toBe('2027-01-04');
    expect(compared().before.claimLastDay).toBe('2027-01-13');
  });

  it('is settled when the year is published as reckoned', () => {
    expect(compared()).toMatchObject({
      change: 'settled',
      before: { claimLastDay: '2027-01-13', provisional: true },
      after: { claimLastDay: '2027-01-13', provisional: false },
    });
  });

  it('is later when its last day is off', () => {
    expect(compared(WEDNESDAY_13TH, published(off('01-13')))).toMatchObject({
      change: 'later',
      after: { claimLastDay: '2027-01-14' },
    });
  });

  it('is earlier when a weekend before its last day is worked', () => {
    expect(compared(MONDAY_4TH, published({ makeUp: ['01-03'] }))).toMatchObject({
      change: 'earlier',
      before: { claimLastDay: '2027-01-04' },
      after: { claimLastDay: '2027-01-03', provisional: false },
    });
  });

  it('is told of a day on the way that is worked or off, and of no other', () => {
    const settled = published();
    const clock = periods(plainDate('2026-11-12'), settled);
    const again = (changes: Partial<YearCalendar>) =>
      compareClock(clock, settled, withYear(settled, { ...PROVISIONAL, published: true, ...changes }, 'x'));
    expect(again(off('01-07')).change).toBe('none');
    expect(again(off('01-14')).change).toBe('unchanged');
    expect(again({}).change).toBe('unchanged');
    expect(compareClock(clock, undefined, settled).change).toBe('unchanged');
  });

  it('received early in the year before is not concerned', () => {
    expect(compared(plainDate('2026-03-02')).change).toBe('unchanged');
  });
});

describe('many cases', () => {
  it('are compared once for each clock, and under the calendar of their own two years', () => {
    const lookedUp: string[] = [];
    const comparer = new ClockComparer(published(), (version) => {
      lookedUp.push(version);
      return HAD;
    });
    const clock = periods(plainDate('2026-11-12'), HAD);
    for (let each = 0; each < 1_000; each += 1) {
      expect(comparer.compare({ ...clock })).toMatchObject({
        change: 'settled',
        calendarVersion: '2026.1+2027.2',
      });
    }
    expect(lookedUp).toEqual(['2026.1+2027.1p']);
    expect(comparer.compare({ ...clock, receivedOn: plainDate('2027-11-12') })).toBeUndefined();
  });

  it('are counted by what changes', () => {
    const counts = countChanges([
      { change: 'later', count: 3 },
      { change: 'unchanged', count: 5 },
      { change: 'later', count: 4 },
    ]);
    expect(counts).toEqual({ earlier: 0, later: 7, settled: 0, none: 0, unchanged: 5 });
  });
});

describe('the version of a calendar', () => {
  it('says of which years it is made', () => {
    const years = [
      { year: 2026, revision: 1, provisional: false },
      { year: 2027, revision: 12, provisional: true },
    ];
    expect(calendarVersion(years)).toBe('2026.1+2027.12p');
    expect(yearsOfVersion('2026.1+2027.12p')).toEqual(years);
    expect(calendarVersion([])).toBe('none');
  });

  it.each(['none', 'chinese-days-1.5.7', '2026.1p-rehearsal', ''])('is not %j', (version) => {
    expect(yearsOfVersion(version)).toBeUndefined();
  });

  it('is cut to the two years of a case', () => {
    const three = withYear(HAD, { ...PROVISIONAL, year: 2028 }, '2026.1+2027.1p+2028.1p');
    expect(ownCalendar(three, 2027)).toMatchObject({
      version: '2027.1p+2028.1p',
      years: [{ year: 2027 }, { year: 2028 }],
    });
    expect(ownCalendar(three, 2028)).toBeUndefined();
  });
});
