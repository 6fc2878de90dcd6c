import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { withYear, type WorkCalendar, yearCalendar } from '../../domain/clock/calendar.ts';
import { periods } from '../../domain/clock/periods.ts';
import { addDays, type PlainDate, yearOf } from '../../domain/plain-date.ts';
import { instantAt } from '../../domain/zoned-time.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { BOTH, FINAL_VISIT, untilAccepted } from '../support/cases/path.ts';

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

/** The same days, but no year's notice is out. */
function unpublished(calendar: WorkCalendar): WorkCalendar {
  return {
    version: `${calendar.version}-unpublished`,
    years: calendar.years.map((year) => ({ ...year, published: false })),
  };
}

/** The calendar with one more day off. */
function withDayOff(calendar: WorkCalendar, day: PlainDate): WorkCalendar {
  const year = yearCalendar(calendar, yearOf(day));
  const monthDay = day.slice(5);
  const changed = {
    ...year,
    off: [...year.off, monthDay].sort(),
    makeUp: year.makeUp.filter((each) => each !== monthDay),
  };
  return withYear(calendar, changed, `${calendar.version}-changed`);
}

it.concurrent(
  'waits, flagged, on a provisional date, and goes on when the calendar is published',
  async () => {
    const theCase = await CaseDriver.open(district);
    const clock = await untilAccepted(theCase, { calendar: unpublished(district.calendar) });
    expect(clock.provisional).toBe(true);
    expect((await theCase.row()).flags).toContain('provisional-clock');

    await theCase.to(addDays(clock.claimLastDay, 3), '10:00');
    await expectCase(theCase, {
      stage: 'cooling-off',
      last: 'attention-raised',
      attention: ['CLOCK_PROVISIONAL'],
      deadline: null,
    });
    expect(await theCase.ordered('window-open')).toHaveLength(0);
    expect(await theCase.refusal('register', FINAL_VISIT)).toBe('WITHIN_COOLING_OFF');

    await district.engine.publishCalendar(theCase.ref, district.calendar);
    await expectCase(theCase, { stage: 'archived', last: 'archive' });
    expect(await theCase.row()).toMatchObject({ outcome: 'deemed-withdrawn' });
    expect((await theCase.row()).flags).not.toContain('provisional-clock');
    expect((await theCase.story()).slice(4)).toEqual([
      'attention-raised',
      'calendar-published',
      'attention-cleared',
      'cooling-off-over',
      'window-over',
      'archive',
    ]);
  },
);

it.concurrent(
  'opens the window when the calendar is published in time, and tells the couple then',
  async () => {
    const theCase = await CaseDriver.open(district);
    const clock = await untilAccepted(theCase, { calendar: unpublished(district.calendar) });
    await theCase.to(clock.claimFirstWorkingDay, '10:00');
    await expectCase(theCase, {
      stage: 'cooling-off',
      last: 'attention-raised',
      attention: ['CLOCK_PROVISIONAL'],
    });
    await theCase.act('correct', { fields: ['mobile'] }, { role: 'clerk' });
    await district.engine.publishCalendar(theCase.ref, district.calendar);
    await expectCase(theCase, { stage: 'confirmation', last: 'cooling-off-over' });
    expect(await theCase.noticesSent('window-open')).toHaveLength(2);
    expect(await theCase.notices('cooling-off-ending')).toHaveLength(2);
    await theCase.act('register', FINAL_VISIT);
    await expectCase(theCase, { stage: 'archived', last: 'archive' });
  },
);

it.concurrent(
  'reads its clock again when a published year changes: one reminder, for the new date',
  async () => {
    const theCase = await CaseDriver.open(district);
    const before = await untilAccepted(theCase);
    const changed = withDayOff(district.calendar, before.coolingOffLastDay);
    const after = periods(before.receivedOn, changed);
    expect(after.coolingOffLastDay > before.coolingOffLastDay).toBe(true);
    await district.engine.publishCalendar(theCase.ref, changed);
    await expectCase(theCase, {
      stage: 'cooling-off',
      last: 'calendar-published',
      deadline: instantAt(after.claimFirstDay),
    });
    expect(await theCase.row()).toMatchObject({
      coolingOffLastDay: after.coolingOffLastDay,
      claimLastDay: after.claimLastDay,
      deadlineVersion: 2,
    });
    await theCase.to(after.claimFirstWorkingDay, '10:00');
    await expectCase(theCase, { stage: 'confirmation', last: 'cooling-off-over' });
    const reminders = await theCase.noticesSent('cooling-off-ending');
    expect(reminders.map(({ party, dueAt }) => [party, dueAt.getTime()])).toEqual(
      BOTH.map((party) => [party, instantAt(addDays(after.coolingOffLastDay, -3), '09:00')]),
    );
    for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(2);
  },
);

it.concurrent('puts a calendar that makes no sense on record and before a person', async () => {
  const theCase = await CaseDriver.open(district);
  await untilAccepted(theCase);
  await district.engine.publishCalendar(theCase.ref, { version: 'empty', years: [] });
  await expectCase(theCase, { stage: 'cooling-off', last: 'attention-raised', attention: ['BAD_SIGNAL'] });
});
