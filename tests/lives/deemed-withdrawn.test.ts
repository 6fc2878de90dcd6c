import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addDays, daysBetween } from '../../domain/plain-date.ts';
import { dateAt, instantAt } from '../../domain/zoned-time.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { BOTH, FINAL_VISIT, untilAccepted, untilWindow } from '../support/cases/path.ts';

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

it.concurrent('ends at midnight after the last day, sixty-odd days on, with each notice once', async () => {
  const theCase = await CaseDriver.open(district);
  const clock = await untilAccepted(theCase);
  expect(daysBetween(clock.receivedOn, clock.claimLastDay)).toBeGreaterThanOrEqual(60);
  await theCase.to(clock.claimLastDay, '23:50');
  await expectCase(theCase, { stage: 'confirmation', last: 'cooling-off-over' });
  const midnight = instantAt(addDays(clock.claimLastDay, 1));
  await theCase.toInstant(midnight + 60_000);
  await expectCase(theCase, { stage: 'deemed-withdrawn', last: 'window-over', deadline: null });
  expect((await theCase.row()).stageSince.getTime()).toBe(midnight);
  expect((await theCase.steps()).at(-1)?.at.getTime()).toBe(midnight);
  expect(await theCase.ordered('deemed-withdrawn')).toHaveLength(0);

  await theCase.to(addDays(clock.claimLastDay, 1), '08:31');
  await expectCase(theCase, { stage: 'archived', last: 'archive' });
  expect(await theCase.row()).toMatchObject({ outcome: 'deemed-withdrawn', certificateNumber: null });
  const sent = (await theCase.noticesSent()).map((notice) =>
    [notice.party, notice.kind, dateAt(notice.dueAt.getTime())].join(' '),
  );
  const perParty = [
    ['cooling-off-ending', addDays(clock.coolingOffLastDay, -3)],
    ['window-open', clock.claimFirstDay],
    ...[-7, -3, -1].map((offset) => ['window-closing', addDays(clock.claimLastDay, offset)]),
    ['deemed-withdrawn', addDays(clock.claimLastDay, 1)],
  ].map((each) => each.join(' '));
  expect(sent.sort()).toEqual(BOTH.flatMap((party) => perParty.map((each) => `${party} ${each}`)).sort());
  for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(perParty.length);
});

it.concurrent(
  'keeps a couple that checked in before closing, whatever the hour of the registration',
  async () => {
    const theCase = await CaseDriver.open(district);
    const clock = await untilWindow(theCase);
    await theCase.to(clock.claimLastDay, '17:40');
    expect(await theCase.refusal('check-in', { presentParties: BOTH }, { venueId: 'gm-xinhu' })).toBe(
      'WRONG_OFFICE',
    );
    await theCase.act('check-in', { presentParties: BOTH });
    await theCase.to(clock.claimLastDay, '18:30');
    await theCase.act('register', FINAL_VISIT);
    await expectCase(theCase, { stage: 'archived', last: 'archive' });
    expect(await theCase.row()).toMatchObject({ outcome: 'registered' });
  },
);

it.concurrent('turns away a couple that comes after closing on the last day', async () => {
  const theCase = await CaseDriver.open(district);
  const clock = await untilWindow(theCase);
  await theCase.to(clock.claimLastDay, '18:01');
  expect(await theCase.refusal('check-in', { presentParties: BOTH })).toBe('AFTER_CLOSING');
  expect(await theCase.refusal('register', FINAL_VISIT)).toBe('AFTER_CLOSING');
  await theCase.to(addDays(clock.claimLastDay, 1), '09:00');
  await expectCase(theCase, { stage: 'archived', last: 'archive' });
  expect(await theCase.row()).toMatchObject({ outcome: 'deemed-withdrawn' });
});

it.concurrent('puts a couple that checked in and left before a supervisor, who ends the case', async () => {
  const theCase = await CaseDriver.open(district);
  const clock = await untilWindow(theCase);
  await theCase.to(clock.claimLastDay, '17:00');
  await theCase.act('check-in', { presentParties: BOTH });
  expect(await theCase.refusal('expire', {})).toBe('WINDOW_STILL_OPEN');
  await theCase.to(addDays(clock.claimLastDay, 1), '10:00');
  await expectCase(theCase, {
    stage: 'confirmation',
    last: 'attention-raised',
    attention: ['CHECKED_IN_NOT_CONCLUDED'],
    deadline: null,
  });
  expect(await theCase.refusal('register', FINAL_VISIT)).toBe('OUTSIDE_P2');
  expect(await theCase.refusal('expire', {}, { role: 'clerk' })).toBe('ROLE_NOT_ALLOWED');
  await theCase.act('expire', {});
  await expectCase(theCase, {
    stage: 'archived',
    last: 'archive',
    attention: ['CHECKED_IN_NOT_CONCLUDED'],
  });
  expect(await theCase.row()).toMatchObject({ outcome: 'deemed-withdrawn' });
  expect(await theCase.noticesSent('deemed-withdrawn')).toHaveLength(2);
});
