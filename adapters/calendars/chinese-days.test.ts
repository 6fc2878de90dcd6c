import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { CALENDAR_2026 } from '../../domain/clock/calendar-2026.fixture.ts';
import { compactYear, isRestDay, isWorkingDay, yearCalendar } from '../../domain/clock/calendar.ts';
import { validateCalendar } from '../../domain/clock/validate-calendar.ts';
import { addDays, plainDate, yearOf } from '../../domain/plain-date.ts';
import {
  calendarFor,
  countAsPublished,
  provisionalYear,
  publishedYear,
  seedCalendars,
  statutoryDays,
} from './chinese-days.ts';

/** What a small module prints when it runs in another time zone: a process reads its zone only once. */
function printedIn(zone: string, script: string): unknown {
  const print = 'const print = (value) => process.stdout.write(JSON.stringify(value));';
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', `${print}\n${script}`],
    { cwd: import.meta.dirname, env: { ...process.env, TZ: zone, NODE_OPTIONS: '' }, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('published years', () => {
  it('2026 has no difference from the notice', () => {
    expect(publishedYear(2026)).toEqual(CALENDAR_2026.years[0]);
  });

  it('2025 has no difference from the notice', () => {
    expect(publishedYear(2025)).toEqual({
      year: 2025,
      published: true,
      off: [
        ...[
          '01-01',
          '01-28',
          '01-29',
          '01-30',
          '01-31',
          '02-03',
          '02-04',
          '04-04',
          '05-01',
          '05-02',
          '05-05',
          '06-02',
        ],
        ...['10-01', '10-02', '10-03', '10-06', '10-07', '10-08'],
      ],
      makeUp: ['01-26', '02-08', '04-27', '09-28', '10-11'],
    });
  });

  it.each([2003, 2027, 2028, 2100])('%i is not known and not guessed', (year) => {
    expect(publishedYear(year)).toBeUndefined();
  });

  it.each([2025, 2026])('%i would pass as a proposal', (year) => {
    const published = publishedYear(year);
    const date = (monthDay: string) => `${year}-${monthDay}`;
    const off = new Set([...(published?.off ?? []).map(date), ...statutoryDays(year)]);
    expect(validateCalendar({ year, off: [...off], makeUp: (published?.makeUp ?? []).map(date) })).toEqual(
      [],
    );
  });
});

describe('the days fixed by law', () => {
  it.each([2025, 2026])('of %i are off in the published calendar too', (year) => {
    const calendar = { version: 'x', years: [publishedYear(year) ?? provisionalYear(year)] };
    expect(yearCalendar(calendar, year).published).toBe(true);
    const days = statutoryDays(year);
    expect(new Set(days).size).toBe(13);
    for (const day of days) expect(isRestDay(calendar, day)).toBe(true);
  });

  it.each([
    [
      2025,
      ['2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31', '2025-04-04', '2025-05-31', '2025-10-06'],
    ],
    [
      2026,
      ['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-04-05', '2026-06-19', '2026-09-25'],
    ],
    [
      2027,
      ['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-04-05', '2027-06-09', '2027-09-15'],
    ],
    // A leap fifth month follows: the festival belongs to the first of the two.
    [
      2028,
      ['2028-01-25', '2028-01-26', '2028-01-27', '2028-01-28', '2028-04-04', '2028-05-28', '2028-10-03'],
    ],
  ])('of %i include the lunar ones', (year, lunar) => {
    expect(statutoryDays(year)).toEqual(expect.arrayContaining(lunar));
  });

  it('agree with the lunar calendar of the platform until 2050', () => {
    const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', {
      month: 'numeric',
      day: 'numeric',
      timeZone: 'UTC',
    });
    const lunar = (date: string | undefined) => chinese.format(Date.parse(`${date ?? ''}T00:00:00Z`));
    const differing: (string | undefined)[] = [];
    for (let year = 2025; year <= 2050; year += 1) {
      const [, , first, , , , , , dragonBoat, midAutumn] = statutoryDays(year);
      expect([lunar(dragonBoat), lunar(midAutumn)]).toEqual(['5/5', '8/15']);
      if (lunar(first) !== '1/1') differing.push(first);
    }
    // The new moon falls minutes from Beijing midnight (2027-02-06 23:56, 2030-02-03 00:07), which the platform's
    // approximation misses by a day; the almanac has these dates.
    expect(differing).toEqual(['2027-02-06', '2030-02-03']);
  });

  it('make a provisional year without make-up days', () => {
    expect(provisionalYear(2027)).toEqual(CALENDAR_2026.years[1]);
    expect(provisionalYear(2026)).toEqual(compactYear(2026, false, statutoryDays(2026), []));
  });
});

describe('the seed', () => {
  const seed = seedCalendars(2024, 2028);

  it('is published as far as the package goes', () => {
    expect(seed.version).toBe('chinese-days-1.5.7');
    expect(seed.years.map(({ year, published }) => [year, published])).toEqual([
      [2024, true],
      [2025, true],
      [2026, true],
      [2027, false],
      [2028, false],
    ]);
  });

  it('agrees with the package on every day of its published years', () => {
    const all = seedCalendars(2007, 2026);
    const days: string[] = [];
    for (let date = plainDate('2007-01-01'); yearOf(date) <= 2026; date = addDays(date, 1)) days.push(date);
    // The package's own functions are right only in a zone that is not west of Greenwich.
    const theirs = printedIn(
      'Asia/Shanghai',
      `import chineseDays from 'chinese-days';
       print(${JSON.stringify(days)}.filter((day) => chineseDays.isWorkday(day)));`,
    );
    expect(all.years.every(({ published }) => published)).toBe(true);
    expect(days.filter((day) => isWorkingDay(all, plainDate(day)))).toEqual(theirs);
  });

  it.each(['America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati'])(
    'is the same on a machine in %s',
    (zone) => {
      const seeded = printedIn(
        zone,
        `import { seedCalendars } from './chinese-days.ts';
         print(seedCalendars(2024, 2040));`,
      );
      expect(seeded).toEqual(seedCalendars(2024, 2040));
    },
  );

  it('has the version it is asked for', () => {
    expect(calendarFor([2026, 2027], 'v7')).toEqual({ ...CALENDAR_2026, version: 'v7' });
  });

  it('counts as published in a rehearsal, and says so in its version', () => {
    const rehearsal = countAsPublished(seed);
    expect(rehearsal.years.every(({ published }) => published)).toBe(true);
    expect(rehearsal.version).toBe('chinese-days-1.5.7-rehearsal');
    expect(seed.years.some(({ published }) => !published)).toBe(true);
  });
});
