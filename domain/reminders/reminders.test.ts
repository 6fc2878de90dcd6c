import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CALENDAR_2026 } from '../clock/calendar-2026.fixture.ts';
import { periods } from '../clock/periods.ts';
import { addDays, plainDate } from '../plain-date.ts';
import { dateAt, instantAt, timeAt } from '../zoned-time.ts';
import { PARTIES } from '../case/vocabulary.ts';
import { audience, type AudienceFacts } from './audience.ts';
import { CLOCK_NOTICE_KINDS, NOTICE_KINDS } from './kinds.ts';
import { noticeKey, type NoticeIdentity } from './notice-key.ts';
import { planReminders } from './plan.ts';
import { POLICY_0_1 } from './policy-0-1.ts';
import type { ReminderRule } from './policy.ts';
import { nextAllowed } from './quiet-hours.ts';

const at = (date: string, time: string) => instantAt(plainDate(date), time);
/** Cooling-off to 2026-11-30, claim 2026-12-01 to 2026-12-30. */
const reading = periods(plainDate('2026-10-30'), CALENDAR_2026);

describe('the reminder plan', () => {
  it('follows the clock, earliest first', () => {
    const plan = planReminders(reading, { deadlineVersion: 1 });
    expect(plan.map(({ kind, dueAt, offsetDays }) => [kind, dueAt, offsetDays])).toEqual([
      ['cooling-off-ending', at('2026-11-27', '09:00'), -3],
      ['window-open', at('2026-12-01', '09:00'), 0],
      ['window-closing', at('2026-12-23', '09:00'), -7],
      ['window-closing', at('2026-12-27', '09:00'), -3],
      ['window-closing', at('2026-12-29', '09:00'), -1],
    ]);
    for (const notice of plan) {
      expect(notice).toMatchObject({ deadlineVersion: 1, parties: ['a', 'b'], channels: ['sms', 'email'] });
    }
  });

  it('reminds 27 days after a receipt whose thirtieth day is a working day', () => {
    const first = planReminders(periods(plainDate('2026-11-23'), CALENDAR_2026), { deadlineVersion: 1 })[0];
    expect(first && dateAt(first.dueAt)).toBe('2026-12-20');
  });

  it('leaves out what was due when a running case joins, to the millisecond', () => {
    const due = at('2026-12-01', '09:00');
    const kinds = (after: number) =>
      planReminders(reading, { deadlineVersion: 1, after }).map(({ kind }) => kind);
    expect(kinds(due - 1)).toEqual(['window-open', 'window-closing', 'window-closing', 'window-closing']);
    expect(kinds(due)).toEqual(['window-closing', 'window-closing', 'window-closing']);
    expect(kinds(at('2026-12-29', '09:00'))).toEqual([]);
  });

  it('moves what a policy puts into quiet hours', () => {
    const rule = { ...firstRuleOf('window-open'), days: 0 };
    const policy = {
      ...POLICY_0_1,
      rules: [
        { ...rule, at: '21:00' },
        { ...rule, at: '07:00' },
      ],
    };
    const due = planReminders(reading, { deadlineVersion: 1, policy }).map(({ dueAt }) => dueAt);
    expect(due).toEqual([at('2026-12-01', '08:30'), at('2026-12-02', '08:30')]);
  });

  it('is sorted, lawful in its hours and made of clock kinds for every receipt day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 360 }), (days) => {
        const read = periods(addDays(plainDate('2026-01-01'), days), CALENDAR_2026);
        const plan = planReminders(read, { deadlineVersion: 2 });
        expect(plan).toHaveLength(5);
        expect(plan.map(({ dueAt }) => dueAt)).toEqual(plan.map(({ dueAt }) => dueAt).sort((x, y) => x - y));
        for (const { kind, dueAt } of plan) {
          expect(CLOCK_NOTICE_KINDS).toContain(kind);
          expect(timeAt(dueAt)).toBe('09:00');
          expect(dateAt(dueAt) > read.receivedOn && dateAt(dueAt) < read.claimLastDay).toBe(true);
        }
      }),
      { seed: 20261123 },
    );
  });
});

describe('quiet hours', () => {
  it.each([
    ['2026-11-23', '08:29', '2026-11-23', '08:30'],
    ['2026-11-23', '08:30', '2026-11-23', '08:30'],
    ['2026-11-23', '19:59', '2026-11-23', '19:59'],
    ['2026-11-23', '20:00', '2026-11-24', '08:30'],
    ['2026-12-31', '23:59', '2027-01-01', '08:30'],
    ['2026-11-23', '00:00', '2026-11-23', '08:30'],
  ])('%s %s may be sent at %s %s', (date, time, allowedDate, allowedTime) => {
    expect(nextAllowed(at(date, time))).toBe(at(allowedDate, allowedTime));
  });

  it('keep the second within the last minute', () => {
    const last = at('2026-11-23', '20:00') - 1;
    expect(nextAllowed(last)).toBe(last);
  });

  it('never send earlier than asked, never inside them, and settle at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (instant) => {
        const allowed = nextAllowed(instant);
        expect(allowed).toBeGreaterThanOrEqual(instant);
        expect(timeAt(allowed) >= '08:30' && timeAt(allowed) < '20:00').toBe(true);
        expect(nextAllowed(allowed)).toBe(allowed);
      }),
      { seed: 20261123 },
    );
  });
});

describe('sending hours of a policy', () => {
  it.each([
    ['09:00', '17:00', '08:59', '2026-11-23', '09:00'],
    ['09:00', '17:00', '17:00', '2026-11-24', '09:00'],
    ['00:00', '24:00', '00:00', '2026-11-23', '00:00'],
    ['00:00', '24:00', '23:59', '2026-11-23', '23:59'],
    ['22:00', '24:00', '23:59', '2026-11-23', '23:59'],
    ['22:00', '24:00', '00:00', '2026-11-23', '22:00'],
  ])('from %s to %s, asked at %s: %s %s', (from, until, asked, date, time) => {
    expect(nextAllowed(at('2026-11-23', asked), { from, until })).toBe(at(date, time));
  });
});

describe('contact safety', () => {
  const told = (facts: AudienceFacts) =>
    Object.fromEntries(
      NOTICE_KINDS.map((kind) => [kind, audience(kind, facts).join('')] as const).filter(
        ([, who]) => who !== 'ab',
      ),
    );

  it('keeps every kind for both without the flag, but what is news only to the other, or was nobody’s visit', () => {
    expect(told({ safety: false })).toEqual({});
    expect(told({ safety: false, outcome: 'registered' })).toEqual({});
    expect(told({ safety: false, outcome: 'withdrawn', withdrawnBy: 'a' })).toEqual({
      'status-changed': 'b',
      'rating-invitation': 'a',
    });
    expect(told({ safety: false, outcome: 'deemed-withdrawn' })).toEqual({ 'rating-invitation': '' });
  });

  it('under the flag lets no notice tell the other party of a withdrawal, and asks nobody for a rating', () => {
    for (const withdrawnBy of PARTIES) {
      expect(told({ safety: true, outcome: 'withdrawn', withdrawnBy })).toEqual({
        withdrawn: withdrawnBy,
        'status-changed': '',
        'archive-copy': withdrawnBy,
        'rating-invitation': '',
      });
    }
    expect(told({ safety: true, outcome: 'withdrawn' })).toMatchObject({ withdrawn: '', 'archive-copy': '' });
    expect(told({ safety: true, outcome: 'registered' })).toMatchObject({ 'rating-invitation': '' });
  });
});

function firstRuleOf(kind: string): ReminderRule {
  const rule = POLICY_0_1.rules.find((each) => each.kind === kind);
  if (!rule) throw new Error(`no rule for ${kind}`);
  return rule;
}

describe('the key of a notice', () => {
  const notice: NoticeIdentity = {
    caseNumber: 'GM01-2026-000123',
    party: 'a',
    kind: 'window-closing',
    deadlineVersion: 1,
    offsetDays: -3,
  };

  it('is stable', () => {
    expect(noticeKey(notice)).toBe('GM01-2026-000123/a/window-closing/v1/-3');
    expect(noticeKey({ ...notice, kind: 'material-missing', occasion: 'act-7' })).toBe(
      'GM01-2026-000123/a/material-missing/v1/-3/act-7',
    );
  });

  it('differs whenever the notice does', () => {
    const others: NoticeIdentity[] = [
      notice,
      { ...notice, caseNumber: 'GM01-2026-000124' },
      { ...notice, party: 'b' },
      { ...notice, kind: 'window-open' },
      { ...notice, deadlineVersion: 2 },
      { ...notice, offsetDays: -1 },
      { ...notice, occasion: '1' },
    ];
    expect(new Set(others.map(noticeKey)).size).toBe(others.length);
  });
});
