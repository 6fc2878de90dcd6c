import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { BOTH, checksEnded, untilChecked, untilReady } from '../support/cases/path.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

/** Still there an hour before, gone an hour after `days` since the last step. */
async function expectLapse(
  theCase: CaseDriver,
  days: number,
  before: Parameters<typeof expectCase>[1],
): Promise<void> {
  const since = (await theCase.steps()).at(-1)?.at.getTime() ?? 0;
  await theCase.toInstant(since + days * DAY - HOUR);
  await expectCase(theCase, before);
  await theCase.toInstant(since + days * DAY + HOUR);
  await expectCase(theCase, { stage: 'lapsed', last: 'lapse', deadline: null });
  const row = await theCase.row();
  expect(row).toMatchObject({ outcome: 'lapsed', receiptNumber: null, nextDeadline: null });
  // The draft's own time begins when its workflow does, a moment after its row.
  expect(Math.abs(row.stageSince.getTime() - since - days * DAY)).toBeLessThan(20_000);
  await expect(theCase.act('correct', { fields: [] })).rejects.toMatchObject({ name: 'CaseNotRunning' });
}

it.concurrent('lets a draft lapse after 30 idle days', async () => {
  const theCase = await CaseDriver.open(district);
  await expectLapse(theCase, 30, { stage: 'draft', last: 'open' });
  expect(await theCase.notices()).toHaveLength(0);
});

it.concurrent('lets a correction lapse after 30 days, having asked each party once', async () => {
  const theCase = await CaseDriver.open(district);
  await untilChecked(theCase);
  await theCase.act('return', { missing: ['marriage-certificate'], checkedRound: 1 });
  await theCase.noticesSent();
  for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(1);
  await expectLapse(theCase, 30, { stage: 'correction', last: 'return' });
  for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(1);
});

it.concurrent('lets a passed pre-check lapse after 60 days', async () => {
  const theCase = await CaseDriver.open(district);
  await untilReady(theCase);
  await expectLapse(theCase, 60, { stage: 'ready', last: 'pass' });
});

it.concurrent('goes through a correction and a second round of checks', async () => {
  const theCase = await CaseDriver.open(district);
  await untilChecked(theCase);
  await theCase.act('return', { missing: ['agreement'], checkedRound: 1 });
  await theCase.act('submit', {});
  expect(await theCase.refusal('pass', { checkedRound: 1 })).toBe('PRE_CHECK_RUNNING');
  await checksEnded(theCase, 2);
  await theCase.act('pass', { checkedRound: 2 });
  await expectCase(theCase, { stage: 'ready', last: 'pass' });
  expect(await theCase.story()).toEqual('open submit return submit pass'.split(' '));
});

it.concurrent('ends with a rejection by a reviewer, who waits for the checks', async () => {
  const theCase = await CaseDriver.open(district);
  await untilChecked(theCase);
  expect(await theCase.refusal('reject', { reason: 'NO_CAPACITY', checkedRound: 0 })).toBe(
    'PRE_CHECK_RUNNING',
  );
  expect(await theCase.refusal('reject', { reason: 'NO_CAPACITY', checkedRound: 1 }, { role: 'clerk' })).toBe(
    'ROLE_NOT_ALLOWED',
  );
  await theCase.act('reject', { reason: 'NO_CAPACITY', checkedRound: 1 });
  await expectCase(theCase, { stage: 'rejected', last: 'reject', deadline: null });
  expect(await theCase.row()).toMatchObject({ outcome: 'rejected' });
  expect(await theCase.notices()).toHaveLength(0);
});

it.concurrent('ends with a refused acceptance at the counter', async () => {
  const theCase = await CaseDriver.open(district);
  await untilReady(theCase);
  await theCase.act('refuse-acceptance', { reason: 'NO_AGREEMENT' });
  await expectCase(theCase, { stage: 'refused', last: 'refuse-acceptance', deadline: null });
  expect(await theCase.row()).toMatchObject({ outcome: 'refused', receiptNumber: null, receivedOn: null });
});
