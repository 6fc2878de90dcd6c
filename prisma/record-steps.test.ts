import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokenAuditEntry } from './audit.ts';
import { openNumber } from './number-changes.ts';
import { readApplication } from './read-application.ts';
import { stepRecorder } from './record-steps.ts';
import { application, at, openedCase, type TestDatabase, testDatabase } from './test-support/database.ts';
import { acceptedState, actTurn, clockTurn, freshState } from './test-support/turns.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

/** Everything that a turn may write, without the times of writing. */
async function everything(caseNumber: string): Promise<unknown> {
  const where = { caseNumber };
  const steps = await t.db.caseStep.findMany({ where, orderBy: { seq: 'asc' } });
  const row = await t.db.caseRecord.findUniqueOrThrow({ where, omit: { updatedAt: true } });
  const notices = await t.db.notice.findMany({ where, orderBy: { id: 'asc' } });
  const audit = await t.db.auditEntry.findMany({ where: { stream: caseNumber }, orderBy: { seq: 'asc' } });
  return { steps, row, notices, audit };
}

describe('a turn', () => {
  it('writes step, case row, audit and number together', async () => {
    const caseNumber = await openedCase(t);
    const state = await acceptedState(t, caseNumber);
    const row = await t.db.caseRecord.findUniqueOrThrow({ where: { caseNumber } });
    expect(row).toMatchObject({
      stage: 'cooling-off',
      actSeq: state.seq,
      acceptingVenueId: 'gm-centre',
      receivedOn: '2026-10-30',
      coolingOffLastDay: '2026-11-30',
      claimLastDay: '2026-12-30',
      nextDeadline: new Date(at('2026-11-27', '09:00')),
      certificateNumber: null,
    });
    expect(row.receiptNumber).toMatch(/^S440311-2026-\d{6}$/);
    const steps = await t.db.caseStep.findMany({ where: { caseNumber }, orderBy: { seq: 'asc' } });
    expect(steps.map(({ seq, kind, actor, toStage }) => [seq, kind, actor, toStage])).toEqual([
      [1, 'open', 'staff-1', 'draft'],
      [2, 'submit', 'staff-1', 'pre-check'],
      [3, 'pass', 'staff-1', 'ready'],
      [4, 'accept', 'staff-1', 'cooling-off'],
    ]);
    expect(await t.db.auditEntry.count({ where: { stream: caseNumber } })).toBe(4);
    expect(await brokenAuditEntry(t.db, caseNumber)).toBeUndefined();
  });

  it('tells the clock from the person whose act it preceded', async () => {
    const caseNumber = await openedCase(t);
    const state = await acceptedState(t, caseNumber);
    const { input } = actTurn(state, 'check-in', at('2026-12-01', '10:00'));
    await stepRecorder(t.db, t.cipher).record(input);
    const steps = await t.db.caseStep.findMany({
      where: { caseNumber, seq: { gt: 4 } },
      orderBy: { seq: 'asc' },
    });
    expect(steps.map(({ kind, actor, role }) => [kind, actor, role])).toEqual([
      ['cooling-off-over', 'clock', 'system'],
      ['check-in', 'staff-1', 'clerk'],
    ]);
  });

  it('of a case that does not exist is an error and writes nothing', async () => {
    const { input } = actTurn(freshState('GM01-2026-999999'), 'submit', at('2026-10-28'));
    await expect(stepRecorder(t.db, t.cipher).record(input)).rejects.toThrow();
    expect(await t.db.auditEntry.count({ where: { stream: 'GM01-2026-999999' } })).toBe(0);
  });
});

describe('the same turn again', () => {
  it('changes nothing and answers the same', async () => {
    const caseNumber = await openedCase(t);
    const state = await acceptedState(t, caseNumber);
    const recorder = stepRecorder(t.db, t.cipher);
    const registered = actTurn(state, 'register', at('2026-12-01'));
    const first = await recorder.record(registered.input);
    expect(first.certificateNumber).toMatch(/^L440311-2026-\d{6}$/);
    const before = await everything(caseNumber);
    expect(await recorder.record(registered.input)).toEqual(first);
    expect(await everything(caseNumber)).toEqual(before);
  });

  it('ten times at once is done once, with one number', async () => {
    const caseNumber = await openedCase(t);
    const ready = freshState(caseNumber);
    const recorder = stepRecorder(t.db, t.cipher);
    const submitted = actTurn(ready, 'submit', at('2026-10-28', '09:10'));
    await recorder.record(submitted.input);
    const passed = actTurn(submitted.state, 'pass', at('2026-10-28', '09:20'));
    await recorder.record(passed.input);
    const accept = actTurn(passed.state, 'accept', at('2026-10-30'));
    const answers = await Promise.all(Array.from({ length: 10 }, () => recorder.record(accept.input)));
    expect(new Set(answers.map(({ receiptNumber }) => receiptNumber)).size).toBe(1);
    expect(await t.db.caseStep.count({ where: { caseNumber } })).toBe(4);
    expect(await t.db.auditEntry.count({ where: { stream: caseNumber } })).toBe(4);
    const others = await t.db.caseRecord.findMany({ where: { receiptNumber: { not: null } } });
    const sequences = others
      .map(({ receiptNumber }) => Number(receiptNumber?.slice(-6)))
      .sort((x, y) => x - y);
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
  });

  it('late, after a newer one, does not turn the case back', async () => {
    const caseNumber = await openedCase(t);
    const state = await acceptedState(t, caseNumber);
    const recorder = stepRecorder(t.db, t.cipher);
    const older = actTurn(state, 'correct', at('2026-11-02'));
    await recorder.record(older.input);
    await recorder.record(actTurn(older.state, 'withdraw', at('2026-11-03')).input);
    const before = await everything(caseNumber);
    await recorder.record(older.input);
    expect(await everything(caseNumber)).toEqual(before);
    expect((await t.db.caseRecord.findUniqueOrThrow({ where: { caseNumber } })).stage).toBe('withdrawn');
  });
});

describe('a turn the engine has forgotten', () => {
  it('that comes again after another one is done once, and neither is lost', async () => {
    const caseNumber = await openedCase(t);
    const state = await acceptedState(t, caseNumber);
    const recorder = stepRecorder(t.db, t.cipher);
    // Both acts were decided upon the same state: the first one's turn was lost with the engine's memory.
    const first = actTurn(state, 'correct', at('2026-11-02'), { actId: 'first' });
    const second = actTurn(state, 'correct', at('2026-11-03'), { actId: 'second' });
    await recorder.record(first.input);
    const answer = await recorder.record(second.input);
    expect(answer.seq).toBe(6);
    const again = actTurn({ ...second.state, seq: 6 }, 'correct', at('2026-11-04'), { actId: 'first' });
    expect((await recorder.record(again.input)).seq).toBe(7);
    const steps = await t.db.caseStep.findMany({
      where: { caseNumber, seq: { gt: 4 } },
      orderBy: { seq: 'asc' },
    });
    expect(steps.map(({ seq, kind, actId }) => [seq, kind, actId])).toEqual([
      [5, 'voided', 'first/voided-5'],
      [6, 'correct', 'second'],
      [7, 'correct', 'first'],
    ]);
    expect(await brokenAuditEntry(t.db, caseNumber)).toBeUndefined();
  });

  it('that comes again itself is taken as done', async () => {
    const caseNumber = await openedCase(t);
    const state = await acceptedState(t, caseNumber);
    const recorder = stepRecorder(t.db, t.cipher);
    const withdrawn = actTurn(state, 'withdraw', at('2026-11-02'), { actId: 'once' });
    const first = await recorder.record(withdrawn.input);
    // The engine asks again a little later, with another time of its own.
    const later = actTurn(state, 'withdraw', at('2026-11-02', '10:01'), { actId: 'once' });
    expect(await recorder.record(later.input)).toEqual(first);
    expect(await t.db.caseStep.count({ where: { caseNumber } })).toBe(5);
    const notices = await t.db.notice.findMany({ where: { caseNumber, kind: 'withdrawn' } });
    expect(notices.map(({ party }) => party).sort()).toEqual(['a', 'b']);
  });
});

describe('notices', () => {
  it('are one row for each party, kind and version, and stay as they are', async () => {
    const caseNumber = await openedCase(t);
    const state = await acceptedState(t, caseNumber);
    const recorder = stepRecorder(t.db, t.cipher);
    const woken = clockTurn(state, at('2026-11-27', '09:00'));
    await recorder.record(woken.input);
    const ids = ['a', 'b'].map((party) => `${caseNumber}/${party}/cooling-off-ending/v1/-3`);
    const where = { caseNumber, kind: 'cooling-off-ending' };
    const rows = await t.db.notice.findMany({ where, orderBy: { id: 'asc' } });
    expect(rows.map(({ id, state: stood, channels }) => [id, stood, channels])).toEqual([
      [ids[0], 'queued', ['sms', 'email']],
      [ids[1], 'queued', ['sms']],
    ]);
    await t.db.notice.updateMany({ where, data: { state: 'delivered' } });
    await recorder.record(woken.input);
    const again = await t.db.notice.findMany({ where });
    expect(again.map((row) => row.state)).toEqual(['delivered', 'delivered']);
  });
});

describe('a rehearsal', () => {
  it('draws numbers nobody can take for real ones, from series of its own', async () => {
    const live = () =>
      t.db.counter.findMany({ where: { name: { contains: ':live:' } }, orderBy: { name: 'asc' } });
    const before = await live();
    const caseNumber = await openedCase(t, {}, 'rehearsal');
    await acceptedState(t, caseNumber);
    const row = await t.db.caseRecord.findUniqueOrThrow({ where: { caseNumber } });
    expect(row.receiptNumber).toMatch(/^RS440311-2026-000001$/);
    expect(await live()).toEqual(before);
  });
});

describe('a correction', () => {
  it('changes the sealed values once, and nothing about it stands in clear', async () => {
    const caseNumber = await openedCase(t);
    const state = await acceptedState(t, caseNumber);
    const a = { mobile: '+8610055555555', address: '样品花园13栋' };
    const correction = { reason: '手误', parties: { a } };
    const sealed = Buffer.from(await t.cipher.seal(caseNumber, 'case_step.sealed', correction)).toString(
      'base64',
    );
    const fields = ['parties.a.mobile', 'parties.a.address'];
    const { input } = actTurn(state, 'correct', at('2026-11-02'), { sealed, fields });
    await stepRecorder(t.db, t.cipher).record(input);
    await stepRecorder(t.db, t.cipher).record(input);
    const parties = (await readApplication(t.db, t.cipher, caseNumber)).parties;
    const { mobile } = application().parties[0];
    expect(parties[0]).toMatchObject({ ...application().parties[0], address: a.address, safety: false });
    expect(parties[1]).toMatchObject(application().parties[1]);
    const row = await t.db.party.findUniqueOrThrow({
      where: { caseNumber_label: { caseNumber, label: 'a' } },
    });
    expect(row.mobileIndex).toBe(await t.cipher.index(mobile));
    const step = await t.db.caseStep.findFirstOrThrow({ where: { caseNumber, kind: 'correct' } });
    expect(step.detail).toEqual({ fields });
    // The new number waits for the party to confirm it.
    const changes = await t.db.numberChange.findMany({ where: { caseNumber } });
    expect(changes).toMatchObject([{ party: 'a', state: 'sent', proposedBy: 'staff-1' }]);
    for (const change of changes) expect(await openNumber(t.cipher, change)).toBe(a.mobile);
  });
});
