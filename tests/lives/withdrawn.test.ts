import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addDays } from '../../domain/plain-date.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { untilAccepted } from '../support/cases/path.ts';

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

async function expectWithdrawnAndArchived(theCase: CaseDriver): Promise<void> {
  await expectCase(theCase, { stage: 'archived', last: 'archive', deadline: null });
  expect(await theCase.row()).toMatchObject({ outcome: 'withdrawn', certificateNumber: null });
  expect(await theCase.story()).toEqual('open submit pass accept withdraw archive'.split(' '));
}

for (const party of ['a', 'b'] as const) {
  it.concurrent(`is withdrawn by party ${party} alone; both hear of it, and of nothing else`, async () => {
    const theCase = await CaseDriver.open(district);
    const { receivedOn } = await untilAccepted(theCase);
    await theCase.to(addDays(receivedOn, 5), '11:00');
    expect(await theCase.refusal('withdraw', { party }, { venueId: 'gm-gongming' })).toBe('WRONG_OFFICE');
    expect(await theCase.act('withdraw', { party })).toMatchObject({ stage: 'withdrawn' });
    await expectWithdrawnAndArchived(theCase);
    const withdraw = (await theCase.steps()).find(({ kind }) => kind === 'withdraw');
    expect(withdraw?.detail).toEqual({ party });
    const sent = (await theCase.noticesSent()).map((notice) => `${notice.party} ${notice.kind}`);
    expect(sent).toEqual(['a withdrawn', 'b withdrawn']);
    for (const each of ['a', 'b'] as const) expect(await theCase.sms(each)).toHaveLength(1);
  });

  it.concurrent(`under the safety flag a withdrawal by ${party} is told to nobody else`, async () => {
    const theCase = await CaseDriver.open(district, { changes: { b: { safety: true } } });
    const { receivedOn } = await untilAccepted(theCase);
    expect((await theCase.row()).flags).toContain('safety');
    await theCase.to(addDays(receivedOn, 2), '11:00');
    await theCase.act('withdraw', { party });
    await expectWithdrawnAndArchived(theCase);
    expect((await theCase.noticesSent()).map((notice) => `${notice.party} ${notice.kind}`)).toEqual([
      `${party} withdrawn`,
    ]);
    const other = party === 'a' ? 'b' : 'a';
    expect(await theCase.sms(party)).toHaveLength(1);
    expect(await theCase.sms(other)).toHaveLength(0);
  });
}

it.concurrent(
  'waits with the news of a late withdrawal until the morning, and archives after it',
  async () => {
    const theCase = await CaseDriver.open(district);
    const { receivedOn } = await untilAccepted(theCase);
    await theCase.to(addDays(receivedOn, 4), '21:00');
    await theCase.act('withdraw', { party: 'a' });
    await expectCase(theCase, { stage: 'withdrawn', last: 'withdraw' });
    expect(await theCase.ordered()).toHaveLength(0);
    await theCase.to(addDays(receivedOn, 5), '08:31');
    await expectWithdrawnAndArchived(theCase);
    expect(await theCase.sms('b')).toHaveLength(1);
  },
);
