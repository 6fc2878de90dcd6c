import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isRestDay } from '../../domain/clock/calendar.ts';
import { addDays } from '../../domain/plain-date.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { BOTH, FINAL_VISIT, untilAccepted } from '../support/cases/path.ts';

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

it.concurrent(
  'registers nobody on the last cooling-off day, and lets a party withdraw until closing',
  async () => {
    const theCase = await CaseDriver.open(district);
    const { coolingOffLastDay } = await untilAccepted(theCase);
    await theCase.to(coolingOffLastDay, '10:00');
    for (const act of ['register', 'review', 'check-in'] as const) {
      expect(await theCase.refusal(act, FINAL_VISIT)).toBe('WITHIN_COOLING_OFF');
    }
    await theCase.to(coolingOffLastDay, '17:50');
    await theCase.act('withdraw', { party: 'b' });
    await expectCase(theCase, { stage: 'archived', last: 'archive' });
    expect(await theCase.row()).toMatchObject({ outcome: 'withdrawn' });
  },
);

it.concurrent('refuses a withdrawal after closing, and claims elsewhere or on a rest day', async () => {
  const theCase = await CaseDriver.open(district);
  const clock = await untilAccepted(theCase);
  await theCase.to(clock.coolingOffLastDay, '18:00');
  expect(await theCase.refusal('withdraw', { party: 'a' })).toBe('AFTER_CLOSING');
  await theCase.to(clock.claimFirstWorkingDay, '09:30');
  expect(await theCase.refusal('register', FINAL_VISIT, { venueId: 'gm-yutang' })).toBe('WRONG_OFFICE');
  let restDay = clock.claimFirstWorkingDay;
  while (!isRestDay(district.calendar, restDay)) restDay = addDays(restDay, 1);
  await theCase.to(restDay, '10:00');
  expect(await theCase.refusal('check-in', { presentParties: BOTH })).toBe('NOT_WORKING_DAY');
  expect(await theCase.refusal('register', FINAL_VISIT)).toBe('NOT_WORKING_DAY');
  expect(await theCase.refusal('refuse-registration', { reason: 'NOT_VOLUNTARY' })).toBe('NOT_WORKING_DAY');
  await expectCase(theCase, { stage: 'confirmation', last: 'cooling-off-over' });
});

it.concurrent('decides by the date alone: the window is open before the case itself has woken', async () => {
  const theCase = await CaseDriver.open(district);
  const { coolingOffLastDay, claimFirstDay } = await untilAccepted(theCase);
  // Between midnight and the notice of nine o'clock no timer has rung.
  await theCase.to(claimFirstDay, '00:30');
  expect(await theCase.refusal('withdraw', { party: 'a' })).toBe('COOLING_OFF_OVER');
  expect(await theCase.row()).toMatchObject({ stage: 'cooling-off', coolingOffLastDay });
  await theCase.to(claimFirstDay, '09:01');
  await expectCase(theCase, { stage: 'confirmation', last: 'cooling-off-over' });
  expect(await theCase.noticesSent('window-open')).toHaveLength(2);
});
