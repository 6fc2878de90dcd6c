import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addDays } from '../../domain/plain-date.ts';
import { instantAt } from '../../domain/zoned-time.ts';
import { nextWorkingDay } from '../../domain/clock/calendar.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { BOTH, FINAL_VISIT, untilAccepted, untilReady, untilWindow } from '../support/cases/path.ts';

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

it.concurrent(
  'goes from the draft to a sealed volume, with one message of each kind to each party',
  async () => {
    const theCase = await CaseDriver.open(district, {
      changes: { a: { email: 'a.of.registered@example.test' } },
    });
    await expectCase(theCase, { stage: 'draft', last: 'open' });
    const clock = await untilAccepted(theCase);
    const accepted = await theCase.row();
    expect(accepted.clock).toMatchObject({ ...clock });
    expect(accepted.receiptNumber).toMatch(/^RS\d{6}-\d{4}-\d{6}$/);
    await expectCase(theCase, {
      stage: 'cooling-off',
      last: 'accept',
      deadline: instantAt(clock.claimFirstDay),
    });

    // Three days before the end: nothing a minute before nine, one message to each a minute after.
    const reminderDay = addDays(clock.coolingOffLastDay, -3);
    await theCase.to(reminderDay, '08:55');
    expect(await theCase.ordered('cooling-off-ending')).toHaveLength(0);
    await theCase.to(reminderDay, '09:01');
    const reminders = await theCase.noticesSent('cooling-off-ending');
    expect(reminders.map(({ party, state }) => [party, state])).toEqual([
      ['a', 'sent'],
      ['b', 'sent'],
    ]);
    for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(1);
    await expectCase(theCase, { stage: 'cooling-off', last: 'accept' });

    await theCase.to(clock.claimFirstWorkingDay, '10:00');
    await theCase.noticesSent();
    await expectCase(theCase, {
      stage: 'confirmation',
      last: 'cooling-off-over',
      deadline: instantAt(addDays(clock.claimLastDay, 1)),
    });
    for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(2);

    await theCase.act('review', { separatelyQuestioned: true, agreementFinal: true });
    const answer = await theCase.act('register', FINAL_VISIT);
    expect(answer).toMatchObject({ stage: 'registered' });
    expect(answer.certificateNumber).toMatch(/^RL\d{6}-\d{4}-\d{6}$/);
    await expectCase(theCase, { stage: 'archived', last: 'archive', deadline: null });
    expect(await theCase.row()).toMatchObject({
      outcome: 'registered',
      certificateNumber: answer.certificateNumber,
      receiptNumber: accepted.receiptNumber,
    });
    expect(await theCase.story()).toEqual(
      'open submit pass accept cooling-off-over review register archive'.split(' '),
    );
    const volume = await district.db.archiveVolume.findUniqueOrThrow({
      where: { caseNumber: theCase.caseNumber },
    });
    expect(volume.sealedAt).not.toBeNull();
    expect(volume.objectKey).not.toBeNull();

    const kinds = (await theCase.noticesSent()).map(
      ({ party, kind, channel }) => `${party} ${kind} ${channel ?? ''}`,
    );
    expect(kinds.sort()).toEqual(
      [
        'a pre-check-passed email',
        ...BOTH.flatMap((party) =>
          ['cooling-off-ending', 'window-open', 'registered'].map((kind) => `${party} ${kind} sms`),
        ),
      ].sort(),
    );
    for (const party of BOTH) {
      const texts = (await theCase.sms(party)).map(({ text }) => text);
      expect(texts).toHaveLength(3);
      for (const text of texts) expect(text).not.toMatch(/离婚|冷静期/);
    }
    await expect(theCase.act('register', FINAL_VISIT)).rejects.toMatchObject({ name: 'CaseNotRunning' });
  },
);

it.concurrent('is refused at the review and registered later in the same window', async () => {
  const theCase = await CaseDriver.open(district);
  const clock = await untilWindow(theCase);
  expect(await theCase.refusal('register', { ...FINAL_VISIT, presentParties: ['a'] })).toBe(
    'NOT_BOTH_PRESENT',
  );
  expect(await theCase.refusal('register', { ...FINAL_VISIT, separatelyQuestioned: false })).toBe(
    'NOT_SEPARATELY_QUESTIONED',
  );
  expect(await theCase.refusal('register', { ...FINAL_VISIT, agreementFinal: false })).toBe(
    'AGREEMENT_NOT_FINAL',
  );
  expect(await theCase.refusal('withdraw', { party: 'a' })).toBe('COOLING_OFF_OVER');
  await theCase.act('refuse-registration', { reason: 'NOT_VOLUNTARY' });
  await expectCase(theCase, { stage: 'confirmation', last: 'refuse-registration' });
  await theCase.to(nextWorkingDay(district.calendar, addDays(clock.claimFirstWorkingDay, 1)), '15:00');
  await theCase.act('register', FINAL_VISIT);
  await expectCase(theCase, { stage: 'archived', last: 'archive' });
  expect(await theCase.row()).toMatchObject({ outcome: 'registered' });
});

it.concurrent('is accepted at home through the green channel', async () => {
  const theCase = await CaseDriver.open(district, { changes: { channel: 'phone' } });
  const clock = await untilAccepted(theCase, { place: 'home' });
  await expectCase(theCase, {
    stage: 'cooling-off',
    last: 'accept',
    deadline: instantAt(clock.claimFirstDay),
  });
  expect((await theCase.row()).flags).toContain('home-visit');
  const accept = (await theCase.steps()).at(-1);
  expect(accept?.detail).toMatchObject({ place: 'home', receivedOn: clock.receivedOn });
});

it.concurrent(
  'is not accepted on a rest day, nor with one party, nor for a day before it was opened',
  async () => {
    const theCase = await CaseDriver.open(district);
    const day = await untilReady(theCase);
    const accept = {
      presentParties: BOTH,
      place: 'counter',
      calendar: district.calendar,
      closes: '18:00',
    } as const;
    expect(await theCase.refusal('accept', { ...accept, presentParties: ['b'] })).toBe('NOT_BOTH_PRESENT');
    expect(await theCase.refusal('accept', { ...accept, receivedOn: addDays(day, -10) })).toBe(
      'RECEIVED_ON_INVALID',
    );
    let restDay = addDays(day, 1);
    while (nextWorkingDay(district.calendar, restDay) === restDay) restDay = addDays(restDay, 1);
    await theCase.to(restDay, '10:00');
    expect(await theCase.refusal('accept', accept)).toBe('NOT_WORKING_DAY');
    await expectCase(theCase, { stage: 'ready', last: 'pass' });
  },
);
