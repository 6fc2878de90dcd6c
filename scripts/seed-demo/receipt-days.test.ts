import { describe, expect, it } from '@jest/globals';
import { seedCalendars } from '../../adapters/calendars/chinese-days.ts';
import { isWorkingDay } from '../../domain/clock/calendar.ts';
import { periods } from '../../domain/clock/periods.ts';
import { addDays, plainDate } from '../../domain/plain-date.ts';
import { receiptDay } from './receipt-days.ts';
import type { ReceivedWhen } from './scenario.ts';

const calendar = seedCalendars(2025, 2028);
const days = Array.from({ length: 52 }, (_, index) =>
  addDays(plainDate('2026-01-01'), index * 7 + (index % 7)),
);
const readingFor = (when: ReceivedWhen, today: (typeof days)[number]) =>
  periods(receiptDay(when, today, calendar), calendar);

describe('the day of receipt', () => {
  it.each([0, 0.3, 0.5, 1])('puts cases into their phase in every week of a year (at %d)', (at) => {
    for (const today of days) {
      const cooling = readingFor({ phase: 'cooling-off', at }, today);
      expect(cooling.receivedOn < today && today < cooling.coolingOffLastDay).toBe(true);
      const confirmation = readingFor({ phase: 'confirmation', at }, today);
      expect(confirmation.claimFirstDay <= today && today < confirmation.claimLastDay).toBe(true);
      const over = readingFor({ phase: 'over', at }, today);
      expect(over.claimLastDay < today).toBe(true);
      for (const { receivedOn } of [cooling, confirmation, over])
        expect(isWorkingDay(calendar, receivedOn)).toBe(true);
    }
  });

  it('finds the case whose reminder is the next to go out', () => {
    const today = plainDate('2026-11-24');
    const next = readingFor({ phase: 'reminder-next' }, today);
    const reminder = addDays(next.coolingOffLastDay, -3);
    expect(reminder > today).toBe(true);
    expect(reminder <= addDays(today, 5)).toBe(true);
  });

  it('finds a provisional end near the new year, and another day in midsummer', () => {
    const winter = readingFor({ phase: 'provisional' }, plainDate('2026-12-15'));
    expect(winter.provisionalDates).toContain('coolingOffLastDay');
    const summer = readingFor({ phase: 'provisional' }, plainDate('2026-07-01'));
    expect(summer.provisional).toBe(false);
    expect(summer.coolingOffLastDay > '2026-07-01').toBe(true);
  });
});
