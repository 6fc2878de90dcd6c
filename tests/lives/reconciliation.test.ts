import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Depth } from '../../activities/reconciliation/port.ts';
import { isWorkingDay, type WorkCalendar, withYear, yearCalendar } from '../../domain/clock/calendar.ts';
import { type PlainDate, yearOf } from '../../domain/plain-date.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import { calendarInForce } from '../../prisma/queries/calendars.ts';
import { QUICK_SCHEDULE } from '../../temporal/schedules.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import type { District } from '../support/cases/district.ts';
import { eventually } from '../support/cases/eventually.ts';
import { type OwnSystem, startOwnSystem } from '../support/cases/own-system.ts';
import { BOTH, checksEnded } from '../support/cases/path.ts';

const HOUR = 3_600_000;
const ON_DUTY = 'duty@heli.test';

let own: OwnSystem;
let district: District;

beforeAll(async () => {
  own = await startOwnSystem(['postgres', 'temporal', 'simulators', 'worker', 'api'], {
    HELI_ALARM_EMAIL: ON_DUTY,
    HELI_RECONCILE_MINUTES: '60',
  });
  district = own.district;
}, 120_000);
afterAll(() => own.stop(), 60_000);

/** A real case in its cooling-off period, as of today. */
async function accepted(): Promise<CaseDriver> {
  const theCase = await CaseDriver.open(district, { realm: 'live' });
  const today = dateAt(Date.now());
  await theCase.act('submit', {});
  await checksEnded(theCase);
  await theCase.act('pass', { checkedRound: 1 });
  await theCase.act('accept', {
    presentParties: BOTH,
    place: 'counter',
    calendar: openOn(await calendarInForce(district.db, yearOf(today), yearOf(today) + 1), today),
    policy: district.policies.inForce(today),
    closes: '18:00',
  });
  return theCase;
}

/** The office accepts today, whatever day of the week it is. */
function openOn(calendar: WorkCalendar, today: PlainDate): WorkCalendar {
  if (isWorkingDay(calendar, today)) return calendar;
  const year = yearCalendar(calendar, yearOf(today));
  const monthDay = today.slice(5);
  const off = year.off.filter((each) => each !== monthDay);
  return withYear(calendar, { ...year, off, makeUp: [...year.makeUp, monthDay].sort() }, calendar.version);
}

interface Listed {
  readonly ref: string;
  readonly code: string;
  readonly repair?: string;
  readonly repairedAt?: string;
  readonly error?: string;
}

/** Has the engine compared with the record, and answers with what is listed of these cases. */
async function reconciled(depth: Depth, ...cases: readonly CaseDriver[]): Promise<readonly Listed[]> {
  const started = await ask('supervisor', 'POST', '/reconciliations', { depth });
  expect(started.status).toBe(202);
  const { id } = started.body as { id: string };
  const found = await eventually(async () => {
    const { status, body } = await ask(
      'auditor',
      'GET',
      `/reconciliations/${encodeURIComponent(id)}?limit=200`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, depth, state: 'finished' });
    return (body as { findings: (Listed & { caseNumber: string })[] }).findings;
  }, 60_000);
  const own = cases.map(({ caseNumber }) => caseNumber);
  return found.filter(({ caseNumber }) => own.includes(caseNumber));
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function ask(role: string, method: string, path: string, body?: object): Promise<Answer> {
  const { apiUrl } = own.system.addresses;
  const secret = own.system.config.oidc.embedded?.clientSecret ?? '';
  const signedIn = await fetch(`${apiUrl}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`demo-${role}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token } = (await signedIn.json()) as { access_token: string };
  const answer = await fetch(`${apiUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: await answer.json() };
}

const damage = (theCase: CaseDriver, data: object) =>
  district.db.caseRecord.update({ where: { caseNumber: theCase.caseNumber }, data });

const repaired = (ref: string, code: string, repair: string) =>
  expect.objectContaining({ ref, code, repair, repairedAt: expect.any(String) });

describe('cases', () => {
  it('in perfect order yield nothing, at any stage', async () => {
    const draft = await CaseDriver.open(district, { realm: 'live' });
    const cooling = await accepted();
    expect(await reconciled('deep', draft, cooling)).toEqual([]);
  });

  it('with a damaged row get their own picture back', async () => {
    const [overdue, moved, otherStage] = [await accepted(), await accepted(), await accepted()];
    const before = await Promise.all([overdue, moved, otherStage].map((each) => each.row()));
    const longAgo = new Date(Date.now() - HOUR);
    await damage(overdue, { nextDeadline: longAgo, updatedAt: longAgo });
    await damage(moved, { nextDeadline: new Date(Date.now() + HOUR) });
    await damage(otherStage, { stage: 'confirmation' });
    const found = await reconciled('deep', overdue, moved, otherStage);
    expect(found).toContainEqual(repaired(overdue.caseNumber, 'WAKE_OVERDUE', 'reconcile'));
    expect(found).toContainEqual(repaired(moved.caseNumber, 'WAKE_DIFFERS', 'reconcile'));
    expect(found).toContainEqual(repaired(otherStage.caseNumber, 'STAGE_DIFFERS', 'reconcile'));
    const after = await Promise.all([overdue, moved, otherStage].map((each) => each.row()));
    const shown = ({ stage, nextDeadline, actSeq }: (typeof after)[number]) => ({
      stage,
      nextDeadline,
      actSeq,
    });
    expect(after.map(shown)).toEqual(before.map(shown));
    expect(await reconciled('deep', overdue, moved, otherStage)).toEqual([]);
  });

  it('whose workflow the engine has lost are started again and go on', async () => {
    const lost = [await accepted(), await CaseDriver.open(district, { realm: 'live' })] as const;
    for (const each of lost) await district.connection.main.workflow.getHandle(each.workflowId).terminate();
    const found = await reconciled('quick', ...lost);
    for (const { caseNumber } of lost)
      expect(found).toContainEqual(repaired(caseNumber, 'NOT_RUNNING', 'resume'));
    expect(await lost[0].story()).toContain('resumed');
    await lost[0].act('withdraw', { party: 'a' });
    await lost[1].act('submit', {});
    expect(await lost[0].story()).toContain('withdraw');
  });

  it('that have done more than is kept are left to a person', async () => {
    const theCase = await accepted();
    await district.connection.main.workflow.getHandle(theCase.workflowId).terminate();
    await damage(theCase, { actSeq: { increment: 1 } });
    const [finding] = await reconciled('quick', theCase);
    expect(finding).toMatchObject({ code: 'NOT_RUNNING', error: 'STATE_IS_OLDER' });
    expect(finding?.repairedAt).toBeUndefined();
    await damage(theCase, { actSeq: { decrement: 1 } });
    // It is listed where it was found first.
    expect(await reconciled('quick', theCase)).toEqual([]);
    const listed = await district.db.reconciliationFinding.findMany({
      where: { caseNumber: theCase.caseNumber },
    });
    expect(listed).toEqual([
      expect.objectContaining({ code: 'NOT_RUNNING', error: null, repairedAt: expect.any(Date) }),
    ]);
  });

  it('of the first release, whose state and plan nobody kept, get both written', async () => {
    const theCase = await accepted();
    const { caseNumber } = theCase;
    const before = (await theCase.row()).resumeState;
    await district.db.notice.deleteMany({ where: { caseNumber, state: 'planned' } });
    await district.db
      .$executeRaw`UPDATE case_record SET resume_state = NULL WHERE case_number = ${caseNumber}`;
    const found = await reconciled('deep', theCase);
    expect(found).toContainEqual(repaired(caseNumber, 'STATE_NOT_KEPT', 'reconcile'));
    // It knows by now which receipt it was given.
    expect((await theCase.row()).resumeState).toMatchObject(before as object);
    expect((await theCase.notices('window-open')).map(({ state }) => state)).toEqual(['planned', 'planned']);
    expect(await reconciled('deep', theCase)).toEqual([]);
  });

  it('hold the timer they ask for', async () => {
    const theCase = await accepted();
    const status = await district.engine.status(theCase.ref);
    expect(status).toMatchObject({ stage: 'cooling-off', settled: true });
    expect(status?.alarmAt).toBe(status?.nextWakeAt);
  });
});

describe('notices', () => {
  it('whose delivery was lost leave after all', async () => {
    const theCase = await accepted();
    const [notice] = await theCase.notices('cooling-off-ending');
    if (!notice) throw new Error('nothing is planned');
    const longAgo = new Date(Date.now() - HOUR);
    await district.db.notice.update({
      where: { id: notice.id },
      data: { state: 'queued', channel: 'sms', sendAt: longAgo, dueAt: longAgo },
    });
    const found = await reconciled('quick', theCase);
    expect(found).toContainEqual(repaired(notice.id, 'QUEUED_OVERDUE', 'deliver'));
  });

  it('without a receipt fall back when the gateway knows nothing of them', async () => {
    const theCase = await accepted();
    const [notice] = await theCase.notices('window-open');
    if (!notice) throw new Error('nothing is planned');
    const longAgo = new Date(Date.now() - 7 * HOUR);
    const providerId = `SM${randomUUID().replaceAll('-', '')}`;
    const sealedText = new Uint8Array(await district.cipher.seal(theCase.caseNumber, 'notice.text', 'text'));
    await district.db.notice.update({
      where: { id: notice.id },
      data: { state: 'sent', channel: 'sms', sentAt: longAgo, providerId, attempts: 1, sendAt: null },
    });
    await district.db.noticeAttempt.create({
      data: {
        noticeId: notice.id,
        n: 1,
        channel: 'sms',
        at: longAgo,
        state: 'sent',
        providerId,
        templateVersion: '1',
        parts: 1,
        sealedText,
      },
    });
    const found = await reconciled('quick', theCase);
    expect(found).toContainEqual(repaired(notice.id, 'RECEIPT_LATE', 'ask-gateway'));
    const after = await district.db.notice.findUniqueOrThrow({ where: { id: notice.id } });
    expect(after.state).not.toBe('sent');
  });

  it('that have reached nobody are told to a case that a crash kept it from', async () => {
    const theCase = await accepted();
    const [notice] = await theCase.notices('cooling-off-ending');
    if (!notice) throw new Error('nothing is planned');
    await district.db.notice.update({
      where: { id: notice.id },
      data: { state: 'to-call', sendAt: null, dueAt: new Date(Date.now() - HOUR) },
    });
    await reconciled('quick', theCase);
    await eventually(async () => {
      expect((await theCase.row()).attention).toMatchObject([{ code: 'NOTICE_FAILED' }]);
    });
  });

  it('that no case knows of are listed and taken back', async () => {
    const theCase = await accepted();
    const [notice] = await theCase.notices('window-open');
    if (!notice) throw new Error('nothing is planned');
    const { caseNumber, party, kind, channels, state, dueAt } = notice;
    const stray = {
      caseNumber,
      party,
      kind,
      channels,
      state,
      dueAt,
      deadlineVersion: 99,
      offsetDays: 0,
      props: {},
    };
    const id = `${caseNumber}/a/window-open/v99/0`;
    await district.db.notice.create({ data: { id, ...stray } });
    const found = await reconciled('deep', theCase);
    expect(found).toEqual([repaired(id, 'PLAN_DIFFERS', 'reconcile')]);
    expect(await district.db.notice.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'cancelled',
      lastError: 'CASE_WENT_ON',
    });
  });
});

describe('the reconciliation itself', () => {
  const health = async () =>
    ((await ask('quality', 'GET', '/reconciliations')).body as { health: object }).health;
  const alarms = async () =>
    (await ask('admin', 'GET', '/alarms')).body as { open: { code: string }[]; recent: { code: string }[] };

  it('raises an alarm when it is missed, and clears it when it runs again', async () => {
    await reconciled('quick');
    expect(await health()).toMatchObject({ state: 'on-time', lastFinishedAt: expect.any(String) });
    const schedule = district.connection.main.schedule.getHandle(QUICK_SCHEDULE);
    await schedule.pause();
    await district.db
      .$executeRaw`UPDATE reconciliation_run SET finished_at = finished_at - interval '3 hours'`;
    expect(await health()).toMatchObject({ state: 'missed' });
    await eventually(async () => {
      expect((await alarms()).open).toContainEqual(
        expect.objectContaining({ code: 'RECONCILIATION_MISSED' }),
      );
    }, 45_000);
    const { apiUrl } = own.system.addresses;
    expect(await (await fetch(`${apiUrl}/readyz`)).json()).toMatchObject({
      ready: true,
      alarms: ['RECONCILIATION_MISSED'],
    });
    expect(await (await fetch(`${apiUrl}/metrics`)).text()).toContain(
      'heli_alarm{code="RECONCILIATION_MISSED"} 1',
    );
    await eventually(async () => {
      const mails = await district.simulators.received({ to: ON_DUTY, channel: 'email' });
      expect(mails).toHaveLength(1);
    });
    await schedule.unpause();
    await reconciled('quick');
    await eventually(async () => {
      const { open, recent } = await alarms();
      expect(open).toEqual([]);
      expect(recent[0]).toMatchObject({ code: 'RECONCILIATION_MISSED' });
    }, 30_000);
    expect(await health()).toMatchObject({ state: 'on-time' });
  });

  it('is for those who answer for it', async () => {
    expect((await ask('clerk', 'GET', '/reconciliations')).status).toBe(403);
    expect((await ask('quality', 'POST', '/reconciliations', { depth: 'quick' })).status).toBe(403);
    expect((await ask('admin', 'GET', '/reconciliations/none')).status).toBe(404);
    expect((await ask('admin', 'POST', '/reconciliations', { depth: 'bottomless' })).status).toBe(422);
  });
});
