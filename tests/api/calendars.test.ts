import { describe, expect, it } from '@jest/globals';
import { get, post } from './support/client.ts';
import { application } from './support/couples.ts';

const off = (year: number) =>
  ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((monthDay) => `${year}-${monthDay}`);

describe('the legal clock', () => {
  it.each([
    ['2026-01-16', '2026-02-24', '2026-02-25', '2026-03-26', false],
    ['2026-02-24', '2026-03-26', '2026-03-27', '2026-04-27', false],
    ['2026-04-01', '2026-05-06', '2026-05-07', '2026-06-05', false],
    ['2026-09-10', '2026-10-10', '2026-10-12', '2026-11-09', false],
  ])('of %s', async (receivedOn, coolingOffLastDay, claimFirstWorkingDay, claimLastDay, provisional) => {
    const reply = await get('clerk', `/legal-clock?receivedOn=${receivedOn}`);
    expect(reply.body).toMatchObject({
      receivedOn,
      coolingOffLastDay,
      claimFirstWorkingDay,
      claimLastDay,
      provisional,
    });
    expect(reply.body.basis[0]).toMatchObject({ rule: '民法典 1077', text: { en: expect.any(String) } });
    expect(reply.body.calendarVersion).toContain('2026.');
  });

  it('warns of a day on which no office is open', async () => {
    const reply = await get('clerk', '/legal-clock?receivedOn=2026-02-16');
    expect(reply.body).toMatchObject({ receivedOnIsWorkingDay: false, coolingOffLastDay: '2026-03-18' });
    expect(reply.body.warnings).toHaveLength(1);
  });
});

describe('a calendar', () => {
  it('comes into force when a second person approves it', async () => {
    const year = 2190;
    const proposal = { year, source: '国办发明电', publishedOn: '2189-11-04', off: off(year), makeUp: [] };
    expect((await post('clerk', '/calendars', proposal)).status).toBe(403);
    const proposed = await post('supervisor', '/calendars', proposal);
    expect(proposed).toMatchObject({ status: 201, body: { state: 'proposed', affected: [] } });
    const own = await post('supervisor', `/calendars/${year}/approve`, {});
    expect(own).toMatchObject({ status: 403, body: { code: 'SECOND_PERSON_REQUIRED' } });
    const approved = await post('admin', `/calendars/${year}/approve`, {});
    expect(approved).toMatchObject({ status: 200, body: { state: 'published', approvedBy: 'demo-admin' } });
    const again = await post('admin', `/calendars/${year}/approve`, {});
    expect(again).toMatchObject({ status: 404, body: { code: 'CALENDAR_UNKNOWN' } });
    const listed = (await get('auditor', '/calendars')).body.calendars as { year: number; state: string }[];
    expect(listed.filter((each) => each.year === year && each.state === 'published')).toHaveLength(1);
  });

  it('with wrong dates is refused, each named', async () => {
    const proposal = {
      year: 2191,
      source: 'x',
      publishedOn: '2190-11-04',
      off: [...off(2191), '2191-02-30'],
      makeUp: ['2191-03-02'],
    };
    const reply = await post('supervisor', '/calendars', proposal);
    expect(reply.status).toBe(422);
    expect(
      reply.body.errors.map(({ field, code }: { field: string; code: string }) => [field, code]),
    ).toEqual([
      ['off[6]', 'CALENDAR_DATE_INVALID'],
      ['makeUp[0]', 'CALENDAR_MAKE_UP_NOT_WEEKEND'],
    ]);
  });

  it('shows whom it would concern before anything changes', async () => {
    const receivedOn = '2026-11-10';
    const imported = await post('supervisor', '/cases/import', {
      ...application(),
      receivedOn,
      reason: '纸质案件',
    });
    expect(imported.status).toBe(201);
    const { caseNumber } = imported.body as { caseNumber: string };
    await expectStage(caseNumber, 'cooling-off');
    const proposal = {
      year: 2027,
      source: 'test',
      publishedOn: '2026-11-20',
      off: [...off(2027), '2027-01-11'],
      makeUp: [],
    };
    const { body } = await post('supervisor', '/calendars', proposal);
    const own = (body.affected as { caseNumber: string; before: object; after: object }[]).find(
      (each) => each.caseNumber === caseNumber,
    );
    expect(own).toMatchObject({
      before: { claimLastDay: '2027-01-11', provisional: true },
      after: { claimLastDay: '2027-01-12', provisional: false },
    });
    expect((await get('clerk', `/cases/${caseNumber}`)).body.clock.claimLastDay).toBe('2027-01-11');
  });
});

async function expectStage(caseNumber: string, stage: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await get('clerk', `/cases/${caseNumber}`)).body.stage === stage) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the case did not come to ${stage}`);
}
