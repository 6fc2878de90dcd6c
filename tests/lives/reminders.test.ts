import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CounsellingAct } from '../../domain/counselling/counselling.ts';
import { withYear, type WorkCalendar, yearCalendar } from '../../domain/clock/calendar.ts';
import { addDays, type PlainDate, yearOf } from '../../domain/plain-date.ts';
import { DISTRICT_POLICY } from '../../domain/reminders/district-policy.fixture.ts';
import { dateAt, instantAt } from '../../domain/zoned-time.ts';
import { CaseDriver, type OpenOptions } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { eventually } from '../support/cases/eventually.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { BOTH, untilAccepted, untilChecked, untilReady } from '../support/cases/path.ts';

const DAY = 86_400_000;

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

const open = (options: OpenOptions = {}) =>
  CaseDriver.open(district, { policy: DISTRICT_POLICY, ...options });

/** What is planned of a kind, as party, day and hour. */
async function plan(theCase: CaseDriver, kind: string): Promise<string[]> {
  return (await theCase.inState('planned', kind)).map(
    ({ party, dueAt }) => `${party} ${dueAt.toISOString()}`,
  );
}
const bothAt = (instant: number) => BOTH.map((party) => `${party} ${new Date(instant).toISOString()}`);

describe('before acceptance', () => {
  it.concurrent('a draft is reminded of three days before it lapses', async () => {
    const theCase = await open();
    const lapsesOn = dateAt((await theCase.row()).createdAt.getTime() + 30 * DAY);
    const hour = instantAt(addDays(lapsesOn, -3), '09:00');
    await eventually(async () => expect(await plan(theCase, 'draft-lapsing')).toEqual(bothAt(hour)));
    expect((await theCase.row()).policyVersion).toBe(DISTRICT_POLICY.version);
    await theCase.toInstant(hour - 60_000);
    expect(await theCase.ordered()).toHaveLength(0);
    await theCase.toInstant(hour + 60_000);
    expect(await theCase.noticesSent('draft-lapsing')).toHaveLength(2);
    for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(1);
    await theCase.toInstant((await theCase.now()) + 4 * DAY);
    await expectCase(theCase, { stage: 'lapsed', last: 'lapse' });
    expect(await theCase.ordered()).toHaveLength(2);
  });

  it.concurrent('a draft that is submitted is not', async () => {
    const theCase = await open();
    await untilChecked(theCase);
    expect(await theCase.inState('cancelled', 'draft-lapsing')).toMatchObject([
      { lastError: 'CASE_WENT_ON' },
      { lastError: 'CASE_WENT_ON' },
    ]);
  });

  it.concurrent('missing material is asked for at once, and again before the correction lapses', async () => {
    const theCase = await open();
    await untilChecked(theCase);
    await theCase.act('return', { missing: ['agreement'], checkedRound: 1 });
    expect(await theCase.noticesSent('material-missing')).toHaveLength(2);
    const hour = instantAt(addDays(dateAt((await theCase.now()) + 30 * DAY), -7), '09:00');
    expect(await plan(theCase, 'material-missing')).toEqual(bothAt(hour));
    await theCase.toInstant(hour + 60_000);
    expect(await theCase.noticesSent('material-missing')).toHaveLength(4);
    await theCase.act('submit', {});
    expect(await theCase.inState('planned')).toHaveLength(0);
  });

  it.concurrent(
    'a passed pre-check that is not used is reminded of, and by nobody after acceptance',
    async () => {
      const theCase = await open();
      await untilReady(theCase);
      expect(await theCase.inState('planned', 'pre-check-passed')).toHaveLength(2);
      const accepted = await open();
      await untilAccepted(accepted);
      expect(await accepted.inState('planned', 'pre-check-passed')).toHaveLength(0);
      expect((await accepted.inState('planned')).map(({ kind }) => kind)).toEqual(
        ['cooling-off-ending', 'window-open', ...Array.from({ length: 3 }, () => 'window-closing')].flatMap(
          (kind) => [kind, kind],
        ),
      );
    },
  );
});

describe('a visit', () => {
  const counsel = (theCase: CaseDriver, act: object) =>
    district.engine.counsel(theCase.ref, `${theCase.caseNumber}-1`, {
      ...{ actId: randomUUID(), actor: 'counsellor-3', role: 'counsellor' },
      ...act,
    } as CounsellingAct);

  it.concurrent(
    'is reminded of the day before and two hours before, at its new time when it is moved',
    async () => {
      const theCase = await open();
      await theCase.act('refer-counselling', {
        ...{ counsellingId: `${theCase.caseNumber}-1`, party: 'a', topic: 'family', immediate: false },
      });
      await eventually(() => counsel(theCase, { act: 'assign', counsellor: 'counsellor-3' }));
      const day = addDays(dateAt(await theCase.now()), 4);
      await counsel(theCase, { act: 'appoint', appointmentAt: instantAt(day, '15:00') });
      await eventually(async () => {
        expect(await plan(theCase, 'appointment')).toEqual([
          `a ${new Date(instantAt(addDays(day, -1), '17:00')).toISOString()}`,
          `a ${new Date(instantAt(day, '13:00')).toISOString()}`,
        ]);
      });
      await theCase.to(addDays(day, -1), '17:01');
      expect(await theCase.noticesSent('appointment')).toHaveLength(1);
      expect(await theCase.sms('a')).toHaveLength(1);
      expect(await theCase.sms('b')).toHaveLength(0);

      await counsel(theCase, { act: 'appoint', appointmentAt: instantAt(day, '17:00') });
      await eventually(async () =>
        expect(await plan(theCase, 'appointment')).toEqual([
          `a ${new Date(instantAt(day, '15:00')).toISOString()}`,
        ]),
      );
      expect(await theCase.inState('cancelled', 'appointment')).toMatchObject([
        { lastError: 'APPOINTMENT_CHANGED', dueAt: new Date(instantAt(day, '13:00')) },
      ]);
      await theCase.to(day, '15:01');
      const [first, second] = await theCase.noticesSent('appointment');
      expect(first?.urgency).toBe('routine');
      expect(second).toMatchObject({ urgency: 'urgent', dueAt: new Date(instantAt(day, '15:00')) });
      expect((await theCase.story()).filter((kind) => kind === 'appointment-changed')).toHaveLength(2);
    },
  );
});

describe('dates that move', () => {
  const withDayOff = (calendar: WorkCalendar, day: PlainDate): WorkCalendar => {
    const year = yearCalendar(calendar, yearOf(day));
    const monthDay = day.slice(5);
    const off = [...new Set([...year.off, monthDay])].sort();
    const makeUp = year.makeUp.filter((each) => each !== monthDay);
    return withYear(calendar, { ...year, off, makeUp }, `${calendar.version}-moved`);
  };

  it.concurrent('are told to both, once, and the old reminders taken back', async () => {
    const theCase = await open();
    const before = await untilAccepted(theCase);
    const calendar = withDayOff(district.calendar, before.coolingOffLastDay);
    const handle = district.client.workflow.getHandle(theCase.workflowId);
    for (let told = 0; told < 2; told += 1) {
      await handle.signal('calendarPublished', { calendar, recomputationId: 'recompute-test' });
    }
    await expectCase(theCase, { stage: 'cooling-off', last: 'calendar-published' });
    expect((await theCase.noticesSent('dates-changed')).map(({ party }) => party)).toEqual([...BOTH]);
    const cancelled = await theCase.inState('cancelled', 'cooling-off-ending');
    expect(cancelled).toMatchObject([
      { deadlineVersion: 1, lastError: 'DATES_CHANGED' },
      { deadlineVersion: 1, lastError: 'DATES_CHANGED' },
    ]);
    expect(await theCase.inState('planned', 'cooling-off-ending')).toMatchObject([
      { deadlineVersion: 2 },
      { deadlineVersion: 2 },
    ]);
    expect((await theCase.story()).filter((kind) => kind === 'calendar-published')).toHaveLength(1);
  });
});

describe('a withdrawal', () => {
  const told = async (safety: boolean): Promise<{ theCase: CaseDriver; rows: string[] }> => {
    const theCase = await open(safety ? { changes: { b: { safety: true } } } : {});
    const { receivedOn } = await untilAccepted(theCase);
    await theCase.to(addDays(receivedOn, 2), '10:00');
    await theCase.act('withdraw', { party: 'a' });
    await expectCase(theCase, { stage: 'archived', last: 'archive' });
    const kinds = ['withdrawn', 'status-changed', 'archive-copy', 'rating-invitation'];
    const rows = (await theCase.ordered()).filter(({ kind }) => kinds.includes(kind));
    return { theCase, rows: rows.map(({ kind, party }) => `${kind} ${party}`).sort() };
  };

  it.concurrent('is confirmed to who withdrew; the other hears only that something changed', async () => {
    const { theCase, rows } = await told(false);
    expect(rows).toEqual(expect.arrayContaining(['status-changed b', 'withdrawn a', 'rating-invitation a']));
    expect(rows).not.toContain('withdrawn b');
    expect(rows).not.toContain('status-changed a');
    expect(await theCase.sms('b')).toHaveLength(1);
    expect(await theCase.inState('cancelled', 'window-open')).toMatchObject([
      { lastError: 'CASE_ENDED' },
      { lastError: 'CASE_ENDED' },
    ]);
  });

  it.concurrent('is hidden from the other under the safety flag, before and after the archive', async () => {
    const { theCase, rows } = await told(true);
    expect(rows.filter((row) => row.endsWith(' b'))).toEqual([]);
    expect(rows).toContain('withdrawn a');
    expect(await theCase.sms('b')).toHaveLength(0);
  });
});

describe('a case before a person', () => {
  it.concurrent('goes on when a supervisor has settled it', async () => {
    const theCase = await open();
    await untilAccepted(theCase);
    expect(await theCase.refusal('settle', { code: 'BAD_SIGNAL' })).toBe('NOTHING_TO_SETTLE');
    const handle = district.client.workflow.getHandle(theCase.workflowId);
    await handle.signal('appointmentChanged', { id: 'v1', service: 'wedding' });
    await expectCase(theCase, { stage: 'cooling-off', last: 'attention-raised', attention: ['BAD_SIGNAL'] });
    expect(await theCase.refusal('settle', { code: 'BAD_SIGNAL' }, { role: 'clerk' })).toBe(
      'ROLE_NOT_ALLOWED',
    );
    await theCase.act('settle', { code: 'BAD_SIGNAL' });
    await expectCase(theCase, { stage: 'cooling-off', last: 'settle' });
  });
});

describe('a record that differs from its case', () => {
  it.concurrent('is written again when the case is asked, and nothing else happens', async () => {
    const theCase = await open();
    await untilAccepted(theCase);
    const [row, notices, story] = [await theCase.row(), await theCase.notices(), await theCase.story()];
    const { caseNumber } = theCase;
    await district.db.notice.deleteMany({ where: { caseNumber, kind: 'window-open' } });
    await district.db.caseRecord.update({
      where: { caseNumber },
      data: { stage: 'ready', nextDeadline: null, coolingOffLastDay: null },
    });
    const status = await theCase.reconcile();
    expect(status).toMatchObject({ stage: 'cooling-off', seq: row.actSeq });
    const { stage, nextDeadline, coolingOffLastDay, clock, deadlineVersion, actSeq } = row;
    expect(await theCase.row()).toMatchObject({
      ...{ stage, nextDeadline, coolingOffLastDay, clock, deadlineVersion, actSeq },
    });
    expect((await theCase.notices()).map(({ id, state }) => [id, state])).toEqual(
      notices.map(({ id, state }) => [id, state]),
    );
    expect(await theCase.story()).toEqual(story);
    const seen = await district.engine.status(theCase.ref);
    expect(seen?.alarmAt).toBe(seen?.nextWakeAt);
  });
});
