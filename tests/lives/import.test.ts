import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ClockReading, periods } from '../../domain/clock/periods.ts';
import { addDays } from '../../domain/plain-date.ts';
import { planReminders } from '../../domain/reminders/plan.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { eventually } from '../support/cases/eventually.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { BOTH } from '../support/cases/path.ts';

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

/** The latest receipt whose first reminder lies in the past. */
function recentlyReminded(now: number): ClockReading {
  for (let receivedOn = addDays(dateAt(now), -20); ; receivedOn = addDays(receivedOn, -1)) {
    const clock = periods(receivedOn, district.calendar);
    const first = planReminders(clock, { deadlineVersion: 1 })[0];
    if (first && first.dueAt < now - 60_000) return clock;
  }
}

it('joins with its past taken as given: only what lies ahead is sent, each once', async () => {
  const clock = recentlyReminded(Date.now());
  const theCase = await CaseDriver.open(district, {
    changes: { channel: 'counter' },
    imported: { receivedOn: clock.receivedOn, calendar: district.calendar },
  });
  const joined = await eventually(async () => {
    const [, step] = await theCase.steps();
    expect(step).toMatchObject({
      kind: 'import',
      role: 'supervisor',
      actor: 'staff-2',
      toStage: 'cooling-off',
    });
    return step;
  });
  expect(joined?.sealed?.length).toBeGreaterThan(0);
  const row = await theCase.row();
  expect(row).toMatchObject({
    imported: true,
    receivedOn: clock.receivedOn,
    coolingOffLastDay: clock.coolingOffLastDay,
    claimLastDay: clock.claimLastDay,
    acceptingVenueId: 'gm-centre',
  });
  expect(row.receiptNumber).not.toBeNull();

  const ahead = planReminders(clock, { deadlineVersion: 1, after: row.createdAt.getTime() });
  expect(ahead.length).toBeLessThan(planReminders(clock, { deadlineVersion: 1 }).length);
  for (const reminder of ahead) {
    await theCase.toInstant(reminder.dueAt - 60_000);
    const before = await theCase.ordered();
    expect(before.every(({ dueAt }) => dueAt.getTime() < reminder.dueAt)).toBe(true);
    await theCase.toInstant(reminder.dueAt + 60_000);
  }
  await theCase.to(addDays(clock.claimLastDay, 1), '09:00');
  await expectCase(theCase, { stage: 'archived', last: 'archive' });
  const expected = [
    ...ahead.map(({ kind, offsetDays }) => `${kind} ${String(offsetDays)}`),
    'deemed-withdrawn 0',
  ];
  const sent = (await theCase.noticesSent()).map(
    ({ party, kind, offsetDays }) => `${party} ${kind} ${String(offsetDays)}`,
  );
  expect(sent.sort()).toEqual(BOTH.flatMap((party) => expected.map((each) => `${party} ${each}`)).sort());
  for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(expected.length);
});
