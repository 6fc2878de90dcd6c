import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CounsellingAct } from '../../domain/counselling/counselling.ts';
import { fastForward } from '../../temporal/rehearsal.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { eventually } from '../support/cases/eventually.ts';
import { expectCase } from '../support/cases/expect-case.ts';

const HOUR = 3_600_000;

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

type Act = CounsellingAct extends infer A
  ? A extends CounsellingAct
    ? Omit<A, 'actId' | 'actor' | 'role'>
    : never
  : never;

function counsel(theCase: CaseDriver, id: string, act: Act, actId: string = randomUUID()) {
  const full = { actId, actor: 'counsellor-3', role: 'counsellor', ...act } as CounsellingAct;
  return district.engine.counsel(theCase.ref, id, full);
}

async function refer(immediate: boolean): Promise<{ theCase: CaseDriver; id: string }> {
  const theCase = await CaseDriver.open(district);
  const id = `${theCase.caseNumber}-1`;
  await theCase.act('refer-counselling', {
    counsellingId: id,
    party: 'a',
    topic: 'emotional',
    immediate,
    ...(immediate ? { counsellor: 'psychologist-1' } : {}),
  });
  await eventually(async () => {
    expect((await row(id)).state).toBe(immediate ? 'assigned' : 'requested');
  });
  return { theCase, id };
}

const row = (id: string) => district.db.counselling.findUniqueOrThrow({ where: { id } });

async function expectFinished(theCase: CaseDriver): Promise<void> {
  await expectCase(theCase, { stage: 'draft', last: 'counselling-finished' });
  expect((await theCase.row()).flags).not.toContain('counselling');
}

it.concurrent('goes from the request to an outcome beside its case', async () => {
  const { theCase, id } = await refer(false);
  await expectCase(theCase, { stage: 'draft', last: 'refer-counselling' });
  expect((await theCase.row()).flags).toContain('counselling');
  await expect(counsel(theCase, id, { act: 'finish', outcome: 'attended' })).rejects.toMatchObject({
    reason: 'ACT_NOT_ALLOWED',
  });
  await counsel(theCase, id, { act: 'assign', counsellor: 'counsellor-3' });
  await expect(
    counsel(theCase, id, { act: 'appoint', appointmentAt: Date.now() - HOUR }),
  ).rejects.toMatchObject({
    reason: 'APPOINTMENT_IN_PAST',
  });
  const appointmentAt = Date.now() + 48 * HOUR;
  const appoint = randomUUID();
  const first = await counsel(theCase, id, { act: 'appoint', appointmentAt }, appoint);
  expect(await counsel(theCase, id, { act: 'appoint', appointmentAt }, appoint)).toEqual(first);
  expect(await row(id)).toMatchObject({ state: 'appointed', seq: 2, appointmentAt: new Date(appointmentAt) });
  await counsel(theCase, id, { act: 'finish', outcome: 'attended' });
  await expectFinished(theCase);
  expect(await row(id)).toMatchObject({ state: 'finished', outcome: 'attended', counsellor: 'counsellor-3' });
});

it.concurrent('refers an agitated party at once', async () => {
  const { theCase, id } = await refer(true);
  expect(await row(id)).toMatchObject({ immediate: true, counsellor: 'psychologist-1' });
  await counsel(theCase, id, { act: 'finish', outcome: 'referred-on' });
  await expectFinished(theCase);
});

it.concurrent(
  'tells a person when nobody has answered for three days, and the case can be moved meanwhile',
  async () => {
    const { theCase, id } = await refer(false);
    await theCase.toInstant((await theCase.now()) + 24 * HOUR);
    await fastForward(district.client, `counselling-${id}`, { byMs: 73 * HOUR });
    await expectCase(theCase, {
      stage: 'draft',
      last: 'attention-raised',
      attention: ['COUNSELLING_UNANSWERED'],
    });
    await counsel(theCase, id, { act: 'decline' });
    await expectFinished(theCase);
    expect(await theCase.story()).toEqual(
      'open refer-counselling attention-raised attention-cleared counselling-finished'.split(' '),
    );
  },
);

it.concurrent('goes on when its case has ended', async () => {
  const { theCase, id } = await refer(false);
  await theCase.toInstant((await theCase.now()) + 31 * 24 * HOUR);
  await expectCase(theCase, { stage: 'lapsed', last: 'lapse' });
  await counsel(theCase, id, { act: 'assign', counsellor: 'counsellor-3' });
  await counsel(theCase, id, { act: 'finish', outcome: 'attended' });
  expect(await row(id)).toMatchObject({ state: 'finished' });
  await eventually(async () => {
    const { status } = await district.client.workflow.getHandle(`counselling-${id}`).describe();
    expect(status.name).toBe('COMPLETED');
  });
});
