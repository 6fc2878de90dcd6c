import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addDays } from '../../domain/plain-date.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { BOTH, FINAL_VISIT, untilAccepted } from '../support/cases/path.ts';

/** The server suggests a fresh history after 4,096 events; an act writes at least five when acts come one by one. */
const MOST_ACTS = 900;

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

async function runOf(theCase: CaseDriver): Promise<string> {
  return (await theCase.describe()).runId;
}

it('carries everything over to a fresh history, and still answers an act of the old one once', async () => {
  const theCase = await CaseDriver.open(district);
  const clock = await untilAccepted(theCase);
  const firstRun = await runOf(theCase);
  const early = randomUUID();
  const answered = await theCase.act('correct', { fields: ['mobile'] }, { actId: early });

  let acts = 1;
  // Two clerks at once, so that acts are also under way at the moment of the change.
  const clerk = async (): Promise<void> => {
    while (acts < MOST_ACTS) {
      acts += 1;
      await theCase.act('correct', { fields: ['address'] });
      if (acts % 50 < 2 && (await runOf(theCase)) !== firstRun) return;
    }
  };
  await Promise.all([clerk(), clerk()]);
  expect(await runOf(theCase)).not.toBe(firstRun);
  const story = await theCase.story();
  expect(story.filter((kind) => kind === 'correct')).toHaveLength(acts);

  expect(await theCase.act('correct', { fields: ['mobile'] }, { actId: early })).toEqual(answered);
  expect(await theCase.story()).toHaveLength(story.length);
  await expectCase(theCase, { stage: 'cooling-off', last: 'correct' });

  await theCase.to(addDays(clock.coolingOffLastDay, -3), '09:01');
  expect(await theCase.noticesSent('cooling-off-ending')).toHaveLength(2);
  await theCase.to(clock.claimFirstWorkingDay, '10:00');
  await theCase.act('register', FINAL_VISIT);
  await expectCase(theCase, { stage: 'archived', last: 'archive' });
  expect(await theCase.row()).toMatchObject({ outcome: 'registered', claimLastDay: clock.claimLastDay });
  for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(3);
}, 180_000);
