import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../plain-date.ts';
import { isOpen, mayAct, nextStage } from '../procedure.ts';
import { accepted, at, draft, inputOf, ready, sceneAt } from './case.fixture.ts';
import { decide } from './decide.ts';
import type { Refusal } from './refusals.ts';
import { ACTS, ROLES, STAGES, type Act, type Stage } from './vocabulary.ts';

/** Where the table has no act, but the law names the period the act belongs to. */
const NAMED: Readonly<Record<string, Refusal>> = {
  'cooling-off register': 'WITHIN_COOLING_OFF',
  'cooling-off review': 'WITHIN_COOLING_OFF',
  'cooling-off check-in': 'WITHIN_COOLING_OFF',
  'cooling-off refuse-registration': 'WITHIN_COOLING_OFF',
  'confirmation withdraw': 'COOLING_OFF_OVER',
  'deemed-withdrawn register': 'OUTSIDE_P2',
  'deemed-withdrawn review': 'OUTSIDE_P2',
  'deemed-withdrawn check-in': 'OUTSIDE_P2',
  'deemed-withdrawn refuse-registration': 'OUTSIDE_P2',
  // The scene at `confirmation` is inside the window, so nothing can be expired there.
  'confirmation expire': 'WINDOW_STILL_OPEN',
  // No scene stands before a person.
  ...Object.fromEntries(STAGES.filter(isOpen).map((stage) => [`${stage} settle`, 'NOTHING_TO_SETTLE'])),
};

function expected(stage: Stage, act: Act): Refusal | undefined {
  return NAMED[`${stage} ${act}`] ?? (nextStage(stage, act) === undefined ? 'ACT_NOT_ALLOWED' : undefined);
}

describe.each(STAGES)('at %s', (stage) => {
  const { state, now } = sceneAt(stage);
  const pairs = ACTS.flatMap((act) => ROLES.map((role) => ({ act, role })));

  it('the scene stands there', () => {
    expect(state.stage).toBe(stage);
  });

  it.each(pairs)('$act by $role is answered by table and guards', ({ act, role }) => {
    const decision = decide(state, inputOf(act, { role }), now);
    const reason = mayAct(role, act) ? expected(stage, act) : 'ROLE_NOT_ALLOWED';
    if (reason) {
      expect(decision).toEqual({ ok: false, reason, stage });
      return;
    }
    if (!decision.ok) throw new Error(`refused: ${decision.reason}`);
    const to = nextStage(stage, act);
    expect(decision.steps).toHaveLength(1);
    expect(decision.steps[0]).toMatchObject({ kind: act, from: stage, to, at: now, seq: state.seq + 1 });
    expect(decision.state).toMatchObject({
      stage: to,
      seq: state.seq + 1,
      stageSince: to === stage ? state.stageSince : now,
    });
  });

  it('refuses without touching the case it was asked about', () => {
    const before = structuredClone(state);
    for (const act of ACTS) decide(state, inputOf(act), now);
    expect(state).toEqual(before);
  });
});

describe('the clock runs before an act is judged', () => {
  it('a second after midnight the window is open, and the step of the clock comes first', () => {
    const decision = decide(accepted(), inputOf('check-in'), at('2026-12-01', '00:01'));
    if (!decision.ok) throw new Error(decision.reason);
    expect(decision.steps.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['cooling-off-over', 5],
      ['check-in', 6],
    ]);
    expect(decision.steps[0]?.at).toBe(at('2026-12-01', '00:00'));
  });

  it('a draft that has lapsed cannot be submitted', () => {
    expect(decide(draft(), inputOf('submit'), at('2026-11-27', '09:00'))).toEqual({
      ok: false,
      reason: 'ACT_NOT_ALLOWED',
      stage: 'lapsed',
    });
    expect(decide(draft(), inputOf('submit'), at('2026-11-27', '08:59')).ok).toBe(true);
  });

  it('a passed pre-check is good for sixty days', () => {
    const late = (time: string) => decide(ready(), inputOf('refuse-acceptance'), at('2026-12-27', time));
    expect(late('09:19').ok).toBe(true);
    expect(late('09:20')).toMatchObject({ ok: false, stage: 'lapsed' });
  });
});

describe('acceptance', () => {
  it('starts both periods, draws a receipt number and stops the lapse', () => {
    const decision = decide(ready(), inputOf('accept', { place: 'home' }), at('2026-10-30'));
    if (!decision.ok) throw new Error(decision.reason);
    expect(decision.steps[0]?.allocate).toBe('receipt');
    expect(decision.state.clock).toMatchObject({
      receivedOn: '2026-10-30',
      coolingOffLastDay: '2026-11-30',
      claimFirstDay: '2026-12-01',
      claimLastDay: '2026-12-30',
      provisional: false,
    });
    expect(decision.state).toMatchObject({ acceptingVenueId: 'gm-centre', flags: ['home-visit'] });
    expect(decision.state.lapsesAt).toBeUndefined();
    expect(decision.state.planned).toHaveLength(5);
  });

  it('counts from an earlier working day since the case was opened', () => {
    const backdated = { receivedOn: plainDate('2026-10-29') };
    const decision = decide(ready(), inputOf('accept', backdated), at('2026-10-31'));
    if (!decision.ok) throw new Error(decision.reason);
    expect(decision.state.clock?.receivedOn).toBe('2026-10-29');
  });

  it('is possible on a make-up Saturday', () => {
    const opened = draft();
    const early = { ...opened, openedAt: at('2026-10-01'), lapsesAt: at('2026-11-01') };
    const scene = { ...ready(), openedAt: early.openedAt };
    expect(decide(scene, inputOf('accept'), at('2026-10-10')).ok).toBe(true);
  });
});

describe('the last acts', () => {
  it('registers with a certificate number and plans nothing but the message', () => {
    const { state, now } = sceneAt('confirmation');
    const decision = decide(state, inputOf('register'), now);
    if (!decision.ok) throw new Error(decision.reason);
    expect(decision.steps[0]).toMatchObject({ allocate: 'certificate', detail: { registrar: 'staff-7' } });
    expect(decision.state.outcome).toBe('registered');
    expect(decision.state.planned.map(({ kind, parties }) => [kind, parties])).toEqual([
      ['registered', ['a', 'b']],
    ]);
  });

  it('lets a couple refused at the review come again, after a new check-in on the last day', () => {
    const { state } = sceneAt('confirmation');
    const lastDay = (time: string) => at('2026-12-30', time);
    const checkedIn = decide(state, inputOf('check-in'), lastDay('17:50'));
    if (!checkedIn.ok) throw new Error(checkedIn.reason);
    const refused = decide(checkedIn.state, inputOf('refuse-registration'), lastDay('18:10'));
    if (!refused.ok) throw new Error(refused.reason);
    expect(refused.state.stage).toBe('confirmation');
    expect(decide(refused.state, inputOf('register'), lastDay('17:55')).ok).toBe(true);
    expect(decide(refused.state, inputOf('register'), lastDay('18:20'))).toMatchObject({
      ok: false,
      reason: 'AFTER_CLOSING',
    });
  });

  it('gives every end of a case its outcome', () => {
    for (const stage of STAGES.filter((each) => !isOpen(each) && each !== 'archived')) {
      expect(sceneAt(stage).state.outcome).toBe(stage);
    }
  });
});
