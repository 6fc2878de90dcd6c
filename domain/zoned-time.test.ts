import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainDate } from './plain-date.ts';
import { dateAt, instantAt, isoInstant, lastWholeDayBefore, timeAt } from './zoned-time.ts';

describe('Shanghai time', () => {
  it('starts its day eight hours before Greenwich', () => {
    const midnight = Date.UTC(2026, 10, 22, 16);
    expect(dateAt(midnight)).toBe('2026-11-23');
    expect(timeAt(midnight)).toBe('00:00');
    expect(dateAt(midnight - 1)).toBe('2026-11-22');
    expect(timeAt(midnight - 1)).toBe('23:59');
    expect(instantAt(plainDate('2026-11-23'))).toBe(midnight);
    expect(isoInstant(instantAt(plainDate('2026-11-23'), '09:00'))).toBe('2026-11-23T01:00:00.000Z');
  });

  it('agrees with the time zone database', () => {
    const shanghai = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1992, 0), max: Date.UTC(2100, 0) }), (instant) => {
        expect(`${dateAt(instant)} ${timeAt(instant)}`).toBe(shanghai.format(instant));
        const minute = instantAt(dateAt(instant), timeAt(instant));
        expect(instant - minute).toBeGreaterThanOrEqual(0);
        expect(instant - minute).toBeLessThan(60_000);
      }),
      { seed: 20261123 },
    );
  });

  it.each([
    ['2026-12-02', '00:00', '2026-12-01'],
    ['2026-12-02', '00:01', '2026-12-01'],
    ['2026-12-02', '14:00', '2026-12-01'],
    ['2026-12-02', '23:59', '2026-12-01'],
    ['2027-01-01', '08:00', '2026-12-31'],
  ])('until %s %s the last whole day is %s', (date, time, last) => {
    expect(lastWholeDayBefore(instantAt(plainDate(date), time))).toBe(last);
  });
});
