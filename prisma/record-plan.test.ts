import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NoticeOrder, RecordInput, RecordPort, ResumeState } from '../activities/records/port.ts';
import type { CaseState } from '../domain/case/state.ts';
import { plainDate } from '../domain/plain-date.ts';
import { stepRecorder } from './record-steps.ts';
import { at, openedCase, type TestDatabase, testDatabase } from './test-support/database.ts';
import { acceptedState, actTurn } from './test-support/turns.ts';

let t: TestDatabase;
let recorder: RecordPort;
let caseNumber: string;
let state: CaseState;
beforeAll(async () => {
  t = await testDatabase();
  recorder = stepRecorder(t.db, t.cipher);
});
afterAll(() => t.drop());
beforeEach(async () => {
  caseNumber = await openedCase(t);
  state = await acceptedState(t, caseNumber);
  await t.db.notice.deleteMany({ where: { caseNumber } });
});

const LONG_AHEAD = at('2099-01-05', '09:00');

function order(name: string, changes: Partial<NoticeOrder> = {}): NoticeOrder {
  return {
    id: `${caseNumber}/a/window-open/v1/0/${name}`,
    party: 'a',
    kind: 'window-open',
    deadlineVersion: 1,
    offsetDays: 0,
    channels: ['sms', 'email', 'call'],
    urgency: 'routine',
    dueAt: LONG_AHEAD,
    usefulUntil: LONG_AHEAD + 86_400_000,
    props: { today: plainDate('2026-11-01'), stageSince: plainDate('2026-10-30') },
    ...changes,
  };
}

/** A turn without steps, as when the case wakes to order a reminder. */
function turn(changes: Partial<RecordInput>): RecordInput {
  return {
    caseNumber,
    steps: [],
    baseSeq: state.seq,
    notices: [],
    snapshot: state,
    now: at('2026-11-01'),
    ...changes,
  };
}

async function rows() {
  const found = await t.db.notice.findMany({ where: { caseNumber }, orderBy: { id: 'asc' } });
  return found.map((row) => ({ ...row, name: row.id.split('/').at(-1) }));
}

describe('the whole of what stands', () => {
  const whole = (names: readonly string[], changes: Partial<RecordInput> = {}) =>
    turn({ plan: { add: [], cancel: [], standing: names.map((name) => order(name).id) }, ...changes });
  const shown = async () => (await rows()).map(({ name, state: now, lastError }) => [name, now, lastError]);

  it('leaves nothing else planned, and what is on its way alone', async () => {
    const add = [order('1'), order('2')];
    await recorder.record(turn({ plan: { add, cancel: [] }, notices: [order('3')] }));
    await recorder.record(whole(['2']));
    expect(await shown()).toEqual([
      ['1', 'cancelled', 'CASE_WENT_ON'],
      ['2', 'planned', null],
      ['3', 'queued', null],
    ]);
    await recorder.record(whole([], { snapshot: { ...state, stage: 'lapsed' } }));
    expect(await shown()).toContainEqual(['2', 'cancelled', 'CASE_ENDED']);
  });

  it('is not said by a turn older than the record', async () => {
    await recorder.record(turn({ plan: { add: [order('1')], cancel: [] } }));
    await recorder.record(whole([], { baseSeq: state.seq - 1 }));
    expect(await shown()).toEqual([['1', 'planned', null]]);
  });
});

describe('the plan of a case', () => {
  it('stands on record from the day it is made, with the terms of the policy', async () => {
    const resume: ResumeState = { ...state, policyVersion: 'v-7' };
    await recorder.record(
      turn({
        plan: { add: [order('1', { template: 'window-closing', optional: true })], cancel: [] },
        resume,
      }),
    );
    expect(await rows()).toEqual([
      expect.objectContaining({
        name: '1',
        state: 'planned',
        channel: 'sms',
        channels: ['sms', 'email', 'call'],
        template: 'window-closing',
        optional: true,
        urgency: 'routine',
        policyVersion: 'v-7',
        dueAt: new Date(LONG_AHEAD),
        usefulUntil: new Date(LONG_AHEAD + 86_400_000),
        sendAt: null,
        lastError: null,
      }),
    ]);
  });

  it('leaves what is planned already as it is', async () => {
    await recorder.record(turn({ plan: { add: [order('1')], cancel: [] } }));
    await recorder.record(
      turn({ plan: { add: [order('1', { urgency: 'urgent' }), order('2')], cancel: [] } }),
    );
    expect((await rows()).map(({ name, urgency }) => [name, urgency])).toEqual([
      ['1', 'routine'],
      ['2', 'routine'],
    ]);
  });

  it('is sent from when an order is due, with what is known by then', async () => {
    await recorder.record(turn({ plan: { add: [order('1')], cancel: [] } }));
    const fresh = { today: plainDate('2026-11-02'), stageSince: plainDate('2026-10-30') };
    await recorder.record(turn({ notices: [order('1', { props: fresh, channels: ['email'] })] }));
    expect(await rows()).toMatchObject([
      { state: 'queued', channel: 'email', channels: ['email'], sendAt: new Date(LONG_AHEAD), props: fresh },
    ]);
  });

  it('is sent at once when the hour has passed', async () => {
    const before = Date.now();
    await recorder.record(turn({ notices: [order('1', { dueAt: at('2026-10-31') })] }));
    const [row] = await rows();
    expect(row?.sendAt?.getTime()).toBeGreaterThanOrEqual(before);
    expect(row?.dueAt).toEqual(new Date(at('2026-10-31')));
  });

  it('wants a person at once where the first channel is a call', async () => {
    await recorder.record(turn({ notices: [order('1', { channels: ['call'] })] }));
    expect(await rows()).toMatchObject([{ state: 'to-call', channel: 'call', sendAt: null }]);
  });

  it('is a failure on record where there is no channel at all', async () => {
    await recorder.record(turn({ notices: [order('1', { channels: [] })] }));
    expect(await rows()).toMatchObject([{ state: 'failed', lastError: 'NO_CHANNEL', sendAt: null }]);
  });

  it('keeps one row for what is planned and ordered in one turn', async () => {
    await recorder.record(turn({ plan: { add: [order('1')], cancel: [] }, notices: [order('1')] }));
    expect(await rows()).toMatchObject([{ state: 'queued' }]);
  });

  it.each(['sending', 'sent', 'delivered', 'to-call', 'called', 'failed', 'suppressed'])(
    'leaves alone what is %s, whatever is ordered or taken back',
    async (far) => {
      await recorder.record(turn({ notices: [order('1')] }));
      await t.db.notice.updateMany({ where: { caseNumber }, data: { state: far } });
      const before = await rows();
      const one = order('1');
      await recorder.record(turn({ notices: [one], plan: { add: [one], cancel: [one.id] } }));
      expect(await rows()).toEqual(before);
    },
  );

  it('is taken back with its reason, planned or waiting for its hour', async () => {
    await recorder.record(turn({ plan: { add: [order('1')], cancel: [] }, notices: [order('2')] }));
    const cancel = [order('1').id, order('2').id];
    await recorder.record(turn({ plan: { add: [], cancel, reason: 'CASE_ENDED' } }));
    const gone = { state: 'cancelled', lastError: 'CASE_ENDED', sendAt: null };
    expect(await rows()).toMatchObject([gone, gone]);
  });

  it('may be taken up again by the case, and not by a turn that comes late', async () => {
    const corrected = actTurn(state, 'correct', at('2026-11-02'));
    const late = { ...corrected.input, plan: { add: [order('1')], cancel: [] } };
    await recorder.record(late);
    const next = actTurn(corrected.state, 'correct', at('2026-11-03'));
    await recorder.record({
      ...next.input,
      plan: { add: [], cancel: [order('1').id], reason: 'CASE_WENT_ON' },
    });
    await recorder.record(late);
    const states = async () =>
      (await rows()).filter(({ name }) => name === '1').map((row) => [row.state, row.lastError]);
    expect(await states()).toEqual([['cancelled', 'CASE_WENT_ON']]);
    await recorder.record(turn({ baseSeq: next.state.seq, plan: { add: [order('1')], cancel: [] } }));
    expect(await states()).toEqual([['planned', null]]);
  });

  it('changes nothing when the same turn comes again', async () => {
    await recorder.record(turn({ notices: [order('2')] }));
    const { input } = actTurn(state, 'correct', at('2026-11-02'));
    const plan = { add: [order('1')], cancel: [order('2').id], reason: 'DATES_CHANGED' as const };
    const again: RecordInput = {
      ...input,
      plan,
      notices: [order('3')],
      resume: { ...state, policyVersion: 'v-7' },
    };
    await recorder.record(again);
    const before = [await rows(), await t.db.caseRecord.findMany({ where: { caseNumber } })];
    await recorder.record(again);
    expect([await rows(), await t.db.caseRecord.findMany({ where: { caseNumber } })]).toEqual(before);
  });

  it('of a rehearsal is sent at once, whatever hour the case has', async () => {
    caseNumber = await openedCase(t, {}, 'rehearsal');
    state = await acceptedState(t, caseNumber);
    await recorder.record(turn({ notices: [order('1')] }));
    const [row] = (await rows()).filter(({ name }) => name === '1');
    expect(row?.sendAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });
});

describe('the state of a case', () => {
  it('stands on record, so that the case can be started again', async () => {
    const bare = { ...state, calendar: undefined, policy: undefined };
    const rest = JSON.parse(JSON.stringify(bare)) as ResumeState;
    const { input } = actTurn(state, 'correct', at('2026-11-02'));
    await recorder.record({ ...input, resume: { ...rest, seq: 99, policyVersion: 'v-7' } });
    const row = await t.db.caseRecord.findUniqueOrThrow({ where: { caseNumber } });
    expect(row.policyVersion).toBe('v-7');
    // The number is the record's, which may have counted on while the engine had lost a turn.
    expect(row.resumeState).toEqual({ ...rest, seq: row.actSeq, policyVersion: 'v-7' });
  });

  it('is left as it was by a turn of the first release, which tells none', async () => {
    const resume: ResumeState = { ...state, policyVersion: 'v-7' };
    await recorder.record(turn({ resume }));
    await recorder.record(turn({}));
    const row = await t.db.caseRecord.findUniqueOrThrow({ where: { caseNumber } });
    expect(row.policyVersion).toBe('v-7');
    expect(row.resumeState).not.toBeNull();
  });
});
