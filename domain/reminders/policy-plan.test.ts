import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PARTIES, STAGES } from '../case/vocabulary.ts';
import { CALENDAR_2026 } from '../clock/calendar-2026.fixture.ts';
import { periods } from '../clock/periods.ts';
import { addDays, plainDate } from '../plain-date.ts';
import { type EpochMs, instantAt, timeAt } from '../zoned-time.ts';
import { DISTRICT_POLICY } from './district-policy.fixture.ts';
import { NOTICE_KINDS } from './kinds.ts';
import { appointmentReminders } from './plan-appointment.ts';
import { eventNotices } from './plan-event.ts';
import { lapseReminders } from './plan-lapse.ts';
import { planReminders } from './plan.ts';
import { DATE_ANCHORS, EVENT_ANCHORS, type ReminderAnchor, type ReminderPolicy } from './policy.ts';
import type { PlannedNotice } from './planned-notice.ts';

const at = (date: string, time = '10:00') => instantAt(plainDate(date), time);
const NOW = at('2026-11-02');
/** Cooling-off to 2026-11-30, claim 2026-12-01 to 2026-12-30. */
const reading = periods(plainDate('2026-10-30'), CALENDAR_2026);
const lapsesAt = at('2026-12-02');
const visit = {
  id: 'v1',
  service: 'counselling',
  state: 'booked',
  startsAt: at('2026-11-20', '15:00'),
} as const;
const booking = { seq: 7, deadlineVersion: 1 };
const STAGE_OF = {
  'draft-lapses': 'draft',
  'correction-lapses': 'correction',
  'pre-check-lapses': 'ready',
} as const;

/** What a policy plans on an anchor, everything else being as usual. */
function planOn(policy: ReminderPolicy, on: ReminderAnchor): PlannedNotice[] {
  switch (on) {
    case 'draft-lapses':
    case 'correction-lapses':
    case 'pre-check-lapses':
      return lapseReminders(
        policy,
        { stage: STAGE_OF[on], lapsesAt, deadlineVersion: 0, begunBy: 'act-1' },
        NOW,
      );
    case 'cooling-off-last-day':
    case 'claim-first-day':
    case 'claim-last-day':
      return planReminders(reading, { deadlineVersion: 1, policy }).filter((each) => each.on === on);
    case 'appointment':
      return appointmentReminders(policy, { ...visit, parties: ['b'] }, booking, NOW);
    case 'returned':
    case 'passed':
    case 'dates-changed':
    case 'withdrawn':
    case 'deemed-withdrawn':
    case 'registered':
    case 'archived':
    case 'number-changed':
      return eventNotices(policy, {
        on,
        at: NOW,
        deadlineVersion: 1,
        actor: 'a',
        concerned: ['b'],
        facts: { safety: false },
        about: { clock: reading, lapsesAt, rateBy: plainDate('2026-12-02') },
      });
  }
}

const withRule = (rule: ReminderPolicy['rules'][number]): ReminderPolicy => ({
  ...DISTRICT_POLICY,
  rules: [rule],
});

describe.each(DISTRICT_POLICY.rules)('$kind on $on', (rule) => {
  const [notice, ...more] = planOn(withRule(rule), rule.on);

  it('is planned once, with the terms of its rule', () => {
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      kind: rule.kind,
      on: rule.on,
      channels: rule.channels,
      urgency: rule.urgency,
      offsetDays: rule.days ?? 0,
    });
    expect(notice?.optional).toBe(rule.optional);
  });

  it('goes to whom the rule says', () => {
    const who = { both: ['a', 'b'], actor: ['a'], other: ['b'], concerned: ['b'] }[rule.to];
    expect(notice?.parties).toEqual(who);
  });

  it('is due in sending hours and before it is of no use', () => {
    if (!notice) throw new Error('not planned');
    expect(timeAt(notice.dueAt) >= '08:30' && timeAt(notice.dueAt) < '20:00').toBe(true);
    expect(notice.usefulUntil).toBeGreaterThan(notice.dueAt);
    if (rule.at !== undefined) expect(timeAt(notice.dueAt)).toBe(rule.at);
  });

  it('carries its template when that is not its own', () => {
    expect(planOn(withRule({ ...rule, template: 'window-open' }), rule.on)[0]?.template).toBe('window-open');
    expect(notice && 'template' in notice).toBe(false);
  });
});

it('the fixture has every kind and every anchor', () => {
  const { rules } = DISTRICT_POLICY;
  expect(new Set(rules.map(({ kind }) => kind))).toEqual(new Set(NOTICE_KINDS));
  expect(new Set(rules.map(({ on }) => on))).toEqual(new Set([...DATE_ANCHORS, ...EVENT_ANCHORS]));
});

describe('of use until', () => {
  const ends = Object.fromEntries(
    DISTRICT_POLICY.rules.map((rule) => [rule.kind, planOn(withRule(rule), rule.on)[0]?.usefulUntil]),
  );

  it.each<[string, EpochMs]>([
    ['draft-lapsing', lapsesAt],
    ['material-missing', lapsesAt],
    ['pre-check-passed', lapsesAt],
    ['appointment', visit.startsAt],
    ['cooling-off-ending', at('2026-12-01', '00:00')],
    ['window-open', at('2026-12-31', '00:00')],
    ['window-closing', at('2026-12-31', '00:00')],
    ['dates-changed', at('2026-12-31', '00:00')],
    ['rating-invitation', at('2026-12-03', '00:00')],
    ['withdrawn', at('2026-12-02')],
    ['number-confirmation', at('2026-12-02')],
  ])('%s', (kind, until) => {
    expect(ends[kind]).toBe(until);
  });

  it('leaves out what quiet hours would move behind its end', () => {
    const rule = {
      ...DISTRICT_POLICY.rules[7],
      on: 'cooling-off-last-day',
      kind: 'cooling-off-ending',
    } as const;
    const late = {
      ...rule,
      days: 0,
      at: '21:00',
      channels: ['sms'],
      to: 'both',
      urgency: 'routine',
    } as const;
    expect(planOn(withRule(late), 'cooling-off-last-day')).toEqual([]);
    const always = { ...withRule(late), sendingHours: { from: '00:00', until: '24:00' } };
    expect(planOn(always, 'cooling-off-last-day')).toHaveLength(1);
  });
});

describe('a visit', () => {
  const of = (changes: object, now = NOW) =>
    appointmentReminders(DISTRICT_POLICY, { ...visit, ...changes }, booking, now);

  it('is reminded of the day before and two hours before, under keys of their own', () => {
    expect(of({}).map(({ dueAt, occasion, parties }) => [dueAt, occasion, parties])).toEqual([
      [at('2026-11-19', '17:00'), `v1@${visit.startsAt}/-1d/7`, ['a', 'b']],
      [at('2026-11-20', '13:00'), `v1@${visit.startsAt}/-120m/7`, ['a', 'b']],
    ]);
  });

  it('gets no reminder that is past, none when it is cancelled, none that would come when it has begun', () => {
    expect(of({}, at('2026-11-20', '12:59'))).toHaveLength(1);
    expect(of({}, at('2026-11-20', '13:00'))).toEqual([]);
    expect(of({ state: 'cancelled' })).toEqual([]);
    // Two hours before half past eight is in the night; its morning comes too late.
    expect(of({ startsAt: at('2026-11-20', '08:30') }).map(({ offsetDays }) => offsetDays)).toEqual([-1]);
  });
});

describe('an event', () => {
  const told = (changes: object, rule: object = {}) =>
    eventNotices(
      withRule({
        kind: 'withdrawn',
        on: 'withdrawn',
        channels: ['sms'],
        to: 'actor',
        urgency: 'routine',
        ...rule,
      }),
      {
        on: 'withdrawn',
        at: NOW,
        deadlineVersion: 1,
        actor: 'a',
        facts: { safety: false },
        about: {},
        ...changes,
      },
    );

  it('is told to nobody when it is not known who acted, or whom it concerns', () => {
    expect(told({ actor: undefined })).toEqual([]);
    expect(told({ actor: undefined }, { to: 'other' })).toEqual([]);
    expect(told({}, { to: 'concerned' })).toEqual([]);
  });

  it.each<[object, string, string]>([
    [{}, '2026-11-02', '10:00'],
    [{ at: '11:00' }, '2026-11-02', '11:00'],
    [{ at: '09:00' }, '2026-11-03', '09:00'],
    [{ days: 1, at: '09:00' }, '2026-11-03', '09:00'],
    [{ days: 3 }, '2026-11-05', '10:00'],
  ])('is told, with %j, on %s at %s', (rule, date, time) => {
    expect(told({}, rule)[0]?.dueAt).toBe(at(date, time));
  });

  it('in the night is told in the morning', () => {
    expect(told({ at: at('2026-11-02', '22:00') })[0]?.dueAt).toBe(at('2026-11-03', '08:30'));
  });
});

describe('a lapse', () => {
  it.each(STAGES)('at %s is reminded of if and only if the stage lapses', (stage) => {
    const planned = lapseReminders(
      DISTRICT_POLICY,
      { stage, lapsesAt, deadlineVersion: 0, begunBy: 'act-1' },
      NOW,
    );
    expect(planned).toHaveLength(['draft', 'correction', 'ready'].includes(stage) ? 1 : 0);
    for (const notice of planned) expect(notice.parties).toEqual(PARTIES);
  });

  it('that is too near is not reminded of', () => {
    const near = { stage: 'draft', lapsesAt: NOW + 1, deadlineVersion: 0, begunBy: 'act-1' } as const;
    expect(lapseReminders(DISTRICT_POLICY, near, NOW)).toEqual([]);
  });
});

it('whatever the receipt day: in sending hours, ahead of its end, earliest first, and no key twice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 360 }), (days) => {
      const read = periods(addDays(plainDate('2026-01-01'), days), CALENDAR_2026);
      const plan = planReminders(read, { deadlineVersion: 1, policy: DISTRICT_POLICY });
      expect(plan).toHaveLength(5);
      expect(plan.map(({ dueAt }) => dueAt)).toEqual(plan.map(({ dueAt }) => dueAt).sort((x, y) => x - y));
      for (const { dueAt, usefulUntil } of plan) expect(usefulUntil).toBeGreaterThan(dueAt);
      expect(new Set(plan.map(({ kind, offsetDays }) => `${kind} ${offsetDays}`)).size).toBe(plan.length);
    }),
    { seed: 20261123 },
  );
});
