import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ActRefusedByCase } from '../../api/engine/port.ts';
import type { ActAnswer } from '../../domain/case/state.ts';
import { addDays } from '../../domain/plain-date.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { BOTH, FINAL_VISIT, untilAccepted, untilReady, untilWindow } from '../support/cases/path.ts';

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

/** Lets all run at once; one must be done, and the others refused. @returns its answer and the reasons */
async function onlyOne(
  attempts: readonly Promise<ActAnswer>[],
): Promise<{ done: ActAnswer; reasons: string[] }> {
  const settled = await Promise.allSettled(attempts);
  const done = settled.filter((each) => each.status === 'fulfilled').map(({ value }) => value);
  const reasons = settled
    .filter((each) => each.status === 'rejected')
    .map(({ reason }: { reason: unknown }) => {
      if (reason instanceof ActRefusedByCase) return `${reason.reason} at ${reason.stage}`;
      // The one that was done may have ended the case before the other arrived.
      if (reason instanceof Error && reason.name === 'CaseNotRunning') return 'CaseNotRunning';
      throw reason;
    });
  expect(done).toHaveLength(1);
  expect(reasons).toHaveLength(attempts.length - 1);
  const [answer] = done;
  if (!answer) throw new Error('none was done');
  return { done: answer, reasons };
}

it.concurrent('of two clerks who register at once, one does and the other hears why not', async () => {
  const theCase = await CaseDriver.open(district);
  await untilWindow(theCase);
  const { done, reasons } = await onlyOne([
    theCase.act('register', FINAL_VISIT, { actor: 'staff-1' }),
    theCase.act('register', FINAL_VISIT, { actor: 'staff-2' }),
  ]);
  expect(reasons[0]).toMatch(/^(ACT_NOT_ALLOWED at registered|CaseNotRunning)$/);
  await expectCase(theCase, { stage: 'archived', last: 'archive' });
  expect((await theCase.row()).certificateNumber).toBe(done.certificateNumber);
  expect((await theCase.story()).filter((kind) => kind === 'register')).toHaveLength(1);
  expect(await theCase.noticesSent('registered')).toHaveLength(2);
});

it.concurrent(
  'of two parties who withdraw at once, one does; a registration at once does not get through',
  async () => {
    const theCase = await CaseDriver.open(district);
    const { receivedOn } = await untilAccepted(theCase);
    await theCase.to(addDays(receivedOn, 3), '10:00');
    const { reasons } = await onlyOne([
      theCase.act('withdraw', { party: 'a' }),
      theCase.act('withdraw', { party: 'b' }),
      theCase.act('register', FINAL_VISIT),
    ]);
    for (const reason of reasons) {
      expect(reason).toMatch(
        /^(ACT_NOT_ALLOWED at withdrawn|WITHIN_COOLING_OFF at cooling-off|CaseNotRunning)$/,
      );
    }
    await expectCase(theCase, { stage: 'archived', last: 'archive' });
    for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(1);
  },
);

it.concurrent('of an acceptance and its refusal at once, one is done', async () => {
  const theCase = await CaseDriver.open(district);
  await untilReady(theCase);
  const { done } = await onlyOne([
    theCase.act('accept', {
      presentParties: BOTH,
      place: 'counter',
      calendar: district.calendar,
      closes: '18:00',
    }),
    theCase.act('refuse-acceptance', { reason: 'NO_AGREEMENT' }),
  ]);
  await expectCase(theCase, {
    stage: done.stage,
    last: done.stage === 'refused' ? 'refuse-acceptance' : 'accept',
  });
});

it.concurrent(
  'gives one answer to the same act sent twice at once and again later, and does it once',
  async () => {
    const theCase = await CaseDriver.open(district);
    await untilReady(theCase);
    const by = { actId: randomUUID() };
    const accept = () =>
      theCase.act(
        'accept',
        { presentParties: BOTH, place: 'counter', calendar: district.calendar, closes: '18:00' },
        by,
      );
    const [first, second] = await Promise.all([accept(), accept()]);
    expect(second).toEqual(first);
    expect(first.receiptNumber).toBe((await theCase.row()).receiptNumber);
    await theCase.act('correct', { fields: ['address'] });
    await theCase.to(addDays((await theCase.row()).receivedOn as never, 2), '10:00');
    expect(await accept()).toEqual(first);
    await expectCase(theCase, { stage: 'cooling-off', last: 'correct' });
    expect((await theCase.story()).filter((kind) => kind === 'accept')).toHaveLength(1);
  },
);

it.concurrent('answers a registration sent again after its case was archived', async () => {
  const theCase = await CaseDriver.open(district);
  await untilWindow(theCase);
  const by = { actId: randomUUID() };
  const first = await theCase.act('register', FINAL_VISIT, by);
  await expectCase(theCase, { stage: 'archived', last: 'archive' });
  expect(await theCase.act('register', FINAL_VISIT, by)).toEqual(first);
});

it.concurrent('writes ten acts that arrive at once one after the other', async () => {
  const theCase = await CaseDriver.open(district);
  // As many as the engine lets wait for one workflow.
  await Promise.all(Array.from({ length: 10 }, () => theCase.act('correct', { fields: ['address'] })));
  await expectCase(theCase, { stage: 'draft', last: 'correct' });
  expect(await theCase.steps()).toHaveLength(11);
});
