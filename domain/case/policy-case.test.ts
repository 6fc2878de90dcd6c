import { describe, expect, it } from '@jest/globals';
import { CALENDAR_2026 } from '../clock/calendar-2026.fixture.ts';
import { compactYear, withYear } from '../clock/calendar.ts';
import { plainDate } from '../plain-date.ts';
import { DISTRICT_POLICY } from '../reminders/district-policy.fixture.ts';
import { leadOf } from '../reminders/lead.ts';
import { afterArchive } from './after-archive.ts';
import { appointmentChanged } from './appointment-changed.ts';
import { isAppointment } from './appointment-fact.ts';
import { raiseAttention } from './attention.ts';
import { carriedOn } from './carried.ts';
import { accepted, at, done, draft, inputOf, ready } from './case.fixture.ts';
import { catchUp } from './catch-up.ts';
import { decide } from './decide.ts';
import { calendarPublished, resumed } from './events.ts';
import { nextWake, takeDueNotices } from './next-wake.ts';
import { keysOf, planDifference, reachable } from './plan-change.ts';
import { type CaseState, openCase, type PendingNotice } from './state.ts';
import { stepKey } from './step.ts';
import { ATTENTION_CODES, PARTIES, SETTLED_BY_PERSON } from './vocabulary.ts';

const policy = DISTRICT_POLICY;
const promised = { policy, realm: 'rehearsal' } as const;
const planOf = ({ planned }: CaseState) =>
  planned.map(({ kind, dueAt, parties }) => [kind, dueAt, parties.join('')]);
const kindsOf = ({ planned }: CaseState) => planned.map(({ kind }) => kind);
const visit = {
  id: 'v1',
  service: 'counselling',
  state: 'booked',
  startsAt: at('2026-11-20', '15:00'),
  parties: ['b'],
} as const;

describe('a case with a policy', () => {
  it('is reminded of its draft, until that is submitted', () => {
    const opened = draft(promised);
    expect(planOf(opened)).toEqual([['draft-lapsing', at('2026-11-24', '09:00'), 'ab']]);
    expect(kindsOf(done(opened, 'submit', at('2026-10-28', '09:10')))).toEqual([]);
    expect(catchUp(opened, at('2026-11-27', '09:00')).state.planned).toEqual([]);
    expect(draft().planned).toEqual([]);
  });

  it('is told what is missing and reminded before the correction lapses, each time anew', () => {
    const submitted = done(draft(promised), 'submit', at('2026-10-28', '09:10'));
    const returned = done(submitted, 'return', at('2026-10-28', '09:20'));
    expect(planOf(returned)).toEqual([
      ['material-missing', at('2026-10-28', '09:20'), 'ab'],
      ['material-missing', at('2026-11-20', '09:00'), 'ab'],
    ]);
    const again = done(returned, 'submit', at('2026-10-29'), { actId: 's2' });
    expect(again.planned).toEqual([]);
    const second = done(again, 'return', at('2026-10-29', '10:10'), { checkedRound: 2, actId: 'r2' });
    const keys = [...returned.planned, ...second.planned].map(({ occasion }) => occasion);
    expect(new Set(keys).size).toBe(4);
  });

  it.each([
    ['return', 'material-missing'],
    ['pass', 'pre-check-passed'],
  ] as const)('done again a moment later, %s plans the same reminders', (act, kind) => {
    const submitted = done(draft(promised), 'submit', at('2026-10-28', '09:10'));
    const keys = (now: number) =>
      done(submitted, act, now).planned.flatMap((each) => keysOf('GM01-2026-000001', each));
    const first = keys(at('2026-10-28', '09:20'));
    expect(first.filter((key) => key.includes(kind))).toHaveLength(4);
    expect(keys(at('2026-10-28', '09:20') + 60_000)).toEqual(first);
  });

  it('is reminded that a passed pre-check runs out, until it is accepted or refused', () => {
    const passed = ready(promised);
    expect(planOf(passed)).toEqual([
      ['pre-check-passed', at('2026-10-28', '09:20'), 'ab'],
      ['pre-check-passed', at('2026-12-20', '09:00'), 'ab'],
    ]);
    expect(kindsOf(done(passed, 'refuse-acceptance', at('2026-10-29')))).toEqual([]);
    expect(kindsOf(done(passed, 'accept', at('2026-10-30')))).not.toContain('pre-check-passed');
  });

  it('takes the policy of the day at acceptance, and keeps its own without one', () => {
    const newer = {
      ...policy,
      version: 'newer',
      rules: policy.rules.filter(({ kind }) => kind === 'window-open'),
    };
    const replaced = done(ready(promised), 'accept', at('2026-10-30'), { policy: newer });
    expect([replaced.policy?.version, kindsOf(replaced)]).toEqual(['newer', ['window-open']]);
    expect(accepted('2026-10-30', promised).policy).toBe(policy);
    const first = done(ready(), 'accept', at('2026-10-30'), { policy });
    expect(first.policy).toBe(policy);
    expect('policy' in accepted()).toBe(false);
  });

  it.each(PARTIES)(
    'confirms a withdrawal to %s, and tells the other only that something changed',
    (party) => {
      const other = party === 'a' ? 'b' : 'a';
      const now = at('2026-11-10');
      const told = (safety: readonly ('a' | 'b')[]) =>
        planOf(done(accepted('2026-10-30', { ...promised, safety }), 'withdraw', now, { party }));
      expect(told([])).toEqual([
        ['withdrawn', now, party],
        ['status-changed', now, other],
      ]);
      for (const safety of [['a'], ['b'], ['a', 'b']] as const)
        expect(told(safety)).toEqual([['withdrawn', now, party]]);
    },
  );

  it('follows a correction of who must be protected and who has an address', () => {
    const before = accepted('2026-10-30', { ...promised, mailable: [] });
    const corrected = done(before, 'correct', at('2026-11-02'), { safety: ['b'], mailable: ['a'] });
    expect(corrected).toMatchObject({ safety: ['b'], mailable: ['a'], flags: ['safety'] });
    expect(kindsOf(done(corrected, 'withdraw', at('2026-11-10')))).toEqual(['withdrawn']);
    const lifted = done(corrected, 'correct', at('2026-11-03'), { safety: [], actId: 'c2' });
    expect(lifted).toMatchObject({ safety: [], mailable: ['a'], flags: [] });
    const untouched = done(corrected, 'correct', at('2026-11-03'), { actId: 'c3' });
    expect(untouched).toMatchObject({ safety: ['b'], mailable: ['a'], flags: ['safety'] });
  });
});

describe('a corrected mobile number', () => {
  const corrected = (state: CaseState, numbers?: readonly ('a' | 'b')[]) =>
    done(state, 'correct', at('2026-10-28', '09:30'), {
      actId: 'act-9',
      fields: ['parties.b.mobile'],
      ...(numbers ? { numbers } : {}),
    });
  const confirmation = [['number-confirmation', at('2026-10-28', '09:30'), 'b']];

  it('is confirmed by its party at once, whatever the policy of the case', () => {
    const asked = (state: CaseState) => planOf(state).filter(([kind]) => kind === 'number-confirmation');
    expect(asked(corrected(draft(promised), ['b']))).toEqual(confirmation);
    expect(asked(corrected(draft(), ['b']))).toEqual(confirmation);
    const [notice] = corrected(draft(), ['b']).planned;
    expect(notice).toMatchObject({ channels: ['sms'], urgency: 'urgent', occasion: 'act-9' });
  });

  it('of a history of the first release is planned nowhere: its replay must not differ', () => {
    expect(planOf(corrected(draft()))).toEqual([]);
  });
});

describe('dates that move', () => {
  const off = (CALENDAR_2026.years[0]?.off ?? []).map((day) => `2026-${day}`);
  const moved = withYear(
    CALENDAR_2026,
    compactYear(2026, true, [...off, '2026-11-30'].map(plainDate), []),
    'republished-2026',
  );
  const now = at('2026-11-10');

  it('are told to both at once, and planned anew', () => {
    const { state } = calendarPublished(accepted('2026-10-30', promised), moved, now, 'recompute-2026.2');
    expect(planOf(state)[0]).toEqual(['dates-changed', now, 'ab']);
    expect(state.planned.every(({ deadlineVersion }) => deadlineVersion === 2)).toBe(true);
    expect(kindsOf(state)).toHaveLength(6);
  });

  it('are told once, however often the batch tells the case', () => {
    const first = calendarPublished(accepted('2026-10-30', promised), moved, now, 'recompute-2026.2');
    expect(first.steps[0]?.detail).toMatchObject({ recomputationId: 'recompute-2026.2' });
    expect(calendarPublished(first.state, moved, now + 1, 'recompute-2026.2')).toEqual({
      state: first.state,
      steps: [],
    });
  });

  it('are the same step and the same message when a lost turn is lived again, at another second', () => {
    const [once, again] = [now, now + 1_000].map((at) =>
      calendarPublished(accepted('2026-10-30', promised), moved, at, 'recompute-2026.2'),
    );
    const stepsOf = (lived: typeof once) => lived?.steps.map((step) => stepKey(step));
    expect(stepsOf(once)).toEqual(stepsOf(again));
    const keys = (lived: typeof once) => lived?.state.planned.flatMap((each) => keysOf('c', each));
    expect(keys(once)).toEqual(keys(again));
  });

  it('are not told when they stay, nor by a case without a policy', () => {
    const same = { ...CALENDAR_2026, version: 'same days' };
    expect(kindsOf(calendarPublished(accepted('2026-10-30', promised), same, now, 'r').state)).toHaveLength(
      5,
    );
    expect(kindsOf(calendarPublished(accepted(), moved, now, 'r').state)).not.toContain('dates-changed');
  });

  it('keep the reminders of visits, and send no reminder twice that is on its way', () => {
    const booked = appointmentChanged(accepted('2026-10-30', promised), visit, at('2026-11-02'))?.state;
    if (!booked) throw new Error('not booked');
    const { state } = calendarPublished(booked, moved, now, 'r');
    expect(kindsOf(state).filter((kind) => kind === 'appointment')).toHaveLength(2);
    const hour = at('2026-11-27', '09:00');
    const left = takeDueNotices(accepted('2026-10-30', { policy }), hour - 1).state;
    expect(left.planned[0]).toMatchObject({ kind: 'cooling-off-ending', ordered: true });
    const late = calendarPublished(left, CALENDAR_2026_EARLIER, hour, 'r').state;
    expect(kindsOf(late)).not.toContain('cooling-off-ending');
  });
});
/** The Sunday on which the thirtieth day falls is worked through. */
const CALENDAR_2026_EARLIER = withYear(
  CALENDAR_2026,
  compactYear(
    2026,
    true,
    (CALENDAR_2026.years[0]?.off ?? []).map((day) => plainDate(`2026-${day}`)),
    [plainDate('2026-11-29')],
  ),
  'earlier',
);

describe('a visit', () => {
  const before = accepted('2026-10-30', promised);
  const now = at('2026-11-02');
  const hear = (state: CaseState, changes: object, when = now) =>
    appointmentChanged(state, { ...visit, ...changes }, when);
  const booked = hear(before, {})?.state ?? before;
  const visits = (state?: CaseState) =>
    state?.planned
      .filter(({ on }) => on === 'appointment')
      .map(({ dueAt, parties }) => [dueAt, parties.join('')]);

  it('is reminded of twice, to whom it is about', () => {
    expect(visits(booked)).toEqual([
      [at('2026-11-19', '17:00'), 'b'],
      [at('2026-11-20', '13:00'), 'b'],
    ]);
    expect(booked.appointments).toEqual([visit]);
  });

  it('that is moved is reminded of at its new time only; told again it changes nothing', () => {
    expect(hear(booked, {})).toBeUndefined();
    const moved = hear(booked, { startsAt: at('2026-11-24', '10:00') })?.state;
    expect(visits(moved)).toEqual([
      [at('2026-11-23', '17:00'), 'b'],
      [at('2026-11-24', '08:30'), 'b'],
    ]);
    const back = moved && hear(moved, {})?.state;
    expect(visits(back)).toEqual(visits(booked));
    const occasions = (state?: CaseState) => state?.planned.map(({ occasion }) => occasion).filter(Boolean);
    expect(occasions(back)).not.toEqual(occasions(booked));
  });

  it('that is cancelled is forgotten', () => {
    const cancelled = hear(booked, { state: 'cancelled' })?.state;
    expect(visits(cancelled)).toEqual([]);
    expect(cancelled?.appointments).toEqual([]);
    expect(hear(before, { state: 'cancelled' })).toBeUndefined();
  });

  it('of the past plans nothing and is not kept', () => {
    const late = hear(before, {}, visit.startsAt)?.state;
    expect(visits(late)).toEqual([]);
    expect(late?.appointments).toEqual([]);
  });

  it('survives submission and acceptance, not the end of the case', () => {
    const drafted = hear(draft(promised), {}, at('2026-10-28', '09:05'))?.state ?? before;
    const submitted = done(drafted, 'submit', at('2026-10-28', '09:10'));
    const running = done(done(submitted, 'pass', at('2026-10-28', '09:20')), 'accept', at('2026-10-30'));
    expect(visits(running)).toHaveLength(2);
    const over = done(running, 'withdraw', at('2026-11-10'));
    expect(visits(over)).toEqual([]);
    expect(hear(over, { id: 'v2' })).toBeUndefined();
  });

  it('without a policy is on record and nothing more', () => {
    expect(hear(accepted(), {})?.state.planned).toEqual(accepted().planned);
  });

  it.each<[object, boolean]>([
    [{}, true],
    [{ parties: undefined }, true],
    [{ startsAt: Number.NaN }, false],
    [{ startsAt: '2026-11-20' }, false],
    [{ service: 'wedding' }, false],
    [{ state: 'moved' }, false],
    [{ parties: ['c'] }, false],
    [{ parties: 'b' }, false],
    [{ venueId: 7 }, false],
    [{ id: undefined }, false],
  ])('as a fact with %j: %s', (changes, sensible) => {
    expect(isAppointment({ ...visit, ...changes })).toBe(sensible);
  });

  it('is no fact when there is none', () => {
    for (const nothing of [undefined, null, 'v1', []]) expect(isAppointment(nothing)).toBe(false);
  });
});

describe('ordering ahead', () => {
  const live = accepted('2026-10-30', { policy });
  const lead = leadOf(live.caseNumber, policy.leadMinutes);
  const hour = at('2026-11-27', '09:00');

  it('wakes the case by its lead before the hour; a rehearsed one on the hour', () => {
    expect(lead).toBeGreaterThan(0);
    expect(nextWake(live)).toEqual({ at: hour - lead, kind: 'notice' });
    expect(nextWake(accepted('2026-10-30', promised))).toEqual({ at: hour, kind: 'notice' });
    expect(nextWake(accepted())).toEqual({ at: hour, kind: 'notice' });
  });

  it('keeps what is ordered until its hour, orders it once, and sleeps on', () => {
    expect(takeDueNotices(live, hour - lead - 1).due).toEqual([]);
    const { state, due } = takeDueNotices(live, hour - lead);
    expect(due.map(({ kind }) => kind)).toEqual(['cooling-off-ending']);
    expect(state.planned[0]).toMatchObject({ kind: 'cooling-off-ending', ordered: true });
    expect(takeDueNotices(state, hour - 1)).toEqual({ state, due: [] });
    expect(nextWake(state)?.at).toBe(at('2026-12-01', '09:00') - lead);
    expect(kindsOf(takeDueNotices(state, hour).state)).not.toContain('cooling-off-ending');
  });

  it('lets an act take back what is on its way', () => {
    const { state } = takeDueNotices(live, hour - lead);
    const withdrawn = done(state, 'withdraw', hour - 1);
    const steps = [{ kind: 'withdraw' } as never];
    const plan = planDifference(state.planned, withdrawn, withdrawn.planned, steps, hour - 1);
    expect(plan.reason).toBe('CASE_ENDED');
    expect(plan.cancel).toHaveLength(10);
    expect(plan.cancel[0]).toBe('GM01-2026-000001/a/cooling-off-ending/v1/-3');
    expect(planDifference(state.planned, withdrawn, withdrawn.planned, steps, hour).cancel).toHaveLength(8);
  });

  it('keeps a case that has ended until the hour of its last message', () => {
    const over = done(live, 'withdraw', at('2026-11-10', '21:00'));
    const morning = at('2026-11-11', '08:30');
    expect(nextWake(over)?.at).toBe(morning - lead);
    const { state } = takeDueNotices(over, morning - lead);
    expect(nextWake(state)?.at).toBe(morning);
    expect(takeDueNotices(state, morning).state.planned).toEqual([]);
  });

  it('counts a reminder that has left as no missed one', () => {
    const { state } = takeDueNotices(live, hour - lead);
    expect(catchUp(state, at('2026-12-01')).steps[0]?.detail).not.toHaveProperty('missed');
    expect(catchUp(live, at('2026-12-01')).steps[0]?.detail).toHaveProperty('missed', 'cooling-off-ending');
  });
});

describe('the difference of a plan', () => {
  const state = accepted('2026-10-30', promised);
  const now = at('2026-11-10');
  const between = (
    after: CaseState,
    kinds: readonly string[],
    before: readonly PendingNotice[] = state.planned,
  ) => planDifference(before, after, [], kinds.map((kind) => ({ kind })) as never, now);

  it('is nothing when nothing changed', () => {
    expect(between(state, ['correct'])).toEqual({ add: [], cancel: [] });
  });

  it('takes back what can reach a party no longer, and plans it when it can again', () => {
    const byMail = state.planned.map((each) => ({ ...each, channels: ['email'] as const }));
    const reached = { ...state, planned: byMail, mailable: ['a', 'b'] as const };
    const lost = { ...reached, mailable: ['b'] as const };
    const { add, cancel, reason } = between(lost, ['correct'], byMail);
    expect([add, reason]).toEqual([[], 'CORRECTED']);
    expect(cancel).toHaveLength(byMail.length);
    for (const key of cancel) expect(key).toContain('/a/');
    expect(between(lost, [], reachable(lost, byMail))).toEqual({ add: [], cancel: [] });
    expect(between(reached, ['correct'], reachable(lost, byMail)).add).toEqual(byMail);
  });

  it('of a new case is all of its plan, for each party', () => {
    expect(between(state, ['accept'], []).add).toEqual(state.planned);
    expect(between(state, ['accept'], []).cancel).toEqual([]);
  });

  it.each([
    [['calendar-published', 'attention-cleared'], 'DATES_CHANGED'],
    [['appointment-changed'], 'APPOINTMENT_CHANGED'],
    [['cooling-off-over'], 'CASE_WENT_ON'],
    [[], 'CASE_WENT_ON'],
  ])('after %j is for the reason %s', (kinds, reason) => {
    expect(between({ ...state, planned: [] }, kinds)).toMatchObject({ add: [], reason });
    expect(between({ ...state, planned: [], stage: 'lapsed' }, kinds).reason).toBe('CASE_ENDED');
  });
});

describe('after the archive', () => {
  const now = at('2026-12-02', '10:01');
  const told = (changes: Partial<CaseState>) =>
    afterArchive({ ...accepted('2026-10-30', promised), stageSince: now, ...changes }, now).map(
      ({ kind, dueAt, parties }) => [kind, dueAt, parties.join('')],
    );
  const next = at('2026-12-03', '09:00');

  it('both are told of the copy and invited to rate their registration', () => {
    expect(told({ outcome: 'registered' })).toEqual([
      ['archive-copy', now, 'ab'],
      ['rating-invitation', next, 'ab'],
    ]);
  });

  it('after a withdrawal only who came is asked; under the safety flag only they are told', () => {
    const withdrawn = { outcome: 'withdrawn', withdrawnBy: 'b' } as const;
    expect(told(withdrawn)).toEqual([
      ['archive-copy', now, 'ab'],
      ['rating-invitation', next, 'b'],
    ]);
    expect(told({ ...withdrawn, safety: ['a'] })).toEqual([['archive-copy', now, 'b']]);
    expect(told({ outcome: 'deemed-withdrawn' })).toEqual([['archive-copy', now, 'ab']]);
  });

  it('nobody is told anything by a case of release 0.1', () => {
    expect(afterArchive({ ...accepted(), outcome: 'registered' }, now)).toEqual([]);
  });
});

describe('settling', () => {
  it.each(ATTENTION_CODES)('%s is a person’s to settle, or goes by itself', (code) => {
    const raised = raiseAttention(accepted(), code, at('2026-11-03'))?.state ?? accepted();
    const decision = decide(raised, inputOf('settle', { code: code as never }), at('2026-11-04'));
    const byPerson = SETTLED_BY_PERSON.some((each) => each === code);
    expect(decision.ok).toBe(byPerson);
    if (decision.ok) {
      expect(decision.state).toMatchObject({ attention: [], flags: [], stage: 'cooling-off' });
      expect(decision.steps.at(-1)?.detail).toEqual({ code });
    } else expect(decision.reason).toBe('NOTHING_TO_SETTLE');
  });

  it('lets the clock end what it had left to a person', () => {
    const open = catchUp(accepted(), at('2026-12-30')).state;
    const held = raiseAttention(open, 'EARLIER_DATE_THAN_TOLD', at('2026-12-30'))?.state ?? open;
    const later = at('2027-01-04');
    expect(catchUp(held, later).state.stage).toBe('confirmation');
    const settled = done(held, 'settle', later, { code: 'EARLIER_DATE_THAN_TOLD' });
    expect(catchUp(settled, later).state.stage).toBe('deemed-withdrawn');
  });
});

describe('a case that is handed on', () => {
  it('from release 0.1 gets the terms of its notices, and nothing else changes', () => {
    const state = catchUp(accepted(), at('2026-12-30')).state;
    const over = catchUp(state, at('2026-12-31')).state;
    for (const now of [accepted(), over]) {
      const planned = now.planned.map(({ kind, dueAt, deadlineVersion, offsetDays, occasion, parties }) => ({
        ...{ kind, dueAt, deadlineVersion, offsetDays },
        ...(occasion === undefined ? {} : { occasion, parties }),
      }));
      const carried = JSON.parse(JSON.stringify({ ...now, planned })) as CaseState;
      expect(carriedOn(carried)).toEqual(now);
    }
  });

  it('of this release is as it was', () => {
    const state = accepted('2026-10-30', promised);
    expect(carriedOn(state)).toBe(state);
  });

  it('with a notice nobody planned is refused', () => {
    const state = accepted();
    const planned = [{ kind: 'archive-copy', dueAt: 0, deadlineVersion: 1, offsetDays: 0 }] as never;
    expect(() => carriedOn({ ...state, planned })).toThrow(RangeError);
  });

  it('and was lost says so in its story', () => {
    const { state, step } = resumed(accepted(), 'run-1', at('2026-11-05'));
    expect(step).toMatchObject({ kind: 'resumed', detail: { runId: 'run-1' } });
    expect({ ...state, seq: 0 }).toEqual({ ...accepted(), seq: 0 });
  });

  it('opens with the policy it is given', () => {
    const opening = { ...promised, caseNumber: 'R', channel: 'online', venueId: 'v', flags: [] } as const;
    const opened = openCase({ ...opening, safety: [], mailable: [], closes: '18:00', seq: 1 }, 0);
    expect(opened.policy).toBe(policy);
  });
});
