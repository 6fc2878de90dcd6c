import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../domain/plain-date.ts';
import { NOTICE_KINDS } from '../domain/reminders/kinds.ts';
import { EVENT_ANCHORS } from '../domain/reminders/policy.ts';
import { REQUIRED_KINDS } from './policy-fit.ts';
import { loadDistrictPolicies, ReminderPolicyError } from './reminder-policies.ts';

const EVENTS: readonly string[] = EVENT_ANCHORS;
const TODAY = plainDate('2026-11-23');
const GUANGMING = resolve(import.meta.dirname, 'reminder-policies/440311.json');

const RULE = {
  kind: 'window-open',
  on: 'claim-first-day',
  days: 0,
  at: '09:00',
  channels: ['sms', 'email', 'call'],
  to: 'both',
  urgency: 'routine',
};
const TOLD = { channels: ['sms'], to: 'both', urgency: 'routine' };
const AT_NINE = { ...TOLD, days: 0, at: '09:00' };
/** What no policy may be without. */
const REQUIRED = [
  { kind: 'cooling-off-ending', on: 'cooling-off-last-day', ...AT_NINE },
  { kind: 'window-open', on: 'claim-first-day', ...AT_NINE, days: 7 },
  { kind: 'window-closing', on: 'claim-last-day', ...AT_NINE },
  { kind: 'dates-changed', on: 'dates-changed', ...TOLD },
  { kind: 'number-confirmation', on: 'number-changed', ...TOLD, to: 'concerned' },
];
const POLICY = {
  version: 'v-1',
  from: '2026-01-01',
  basis: 'a decision',
  sendingHours: { from: '08:30', until: '20:00' },
  leadMinutes: 30,
  rules: [RULE, ...REQUIRED],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heli-policy-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(value: unknown): string {
  const file = join(folder, 'policy.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

function refusal(value: unknown): ReminderPolicyError {
  try {
    loadDistrictPolicies(written(value), TODAY);
  } catch (error) {
    if (error instanceof ReminderPolicyError) return error;
    throw error;
  }
  throw new Error('the policies were taken');
}

/** `CODE path` of each problem of a policy with these rules. */
function problemsOf(...changes: object[]): string[] {
  const rules = changes.map((change): { kind: string } => ({ ...RULE, ...change }));
  const others = REQUIRED.filter(({ kind }) => !rules.some((rule) => rule.kind === kind));
  const file = { district: '440311', policies: [{ ...POLICY, rules: [...rules, ...others] }] };
  return refusal(file).problems.map(({ code, path }) => `${code} ${path}`);
}

describe('the policies of 光明区', () => {
  const district = loadDistrictPolicies(GUANGMING, TODAY);
  const rules = district.policies[0]?.rules ?? [];

  it('can be used, and remind of every kind there is', () => {
    expect(district.district).toBe('440311');
    expect(new Set(rules.map(({ kind }) => kind))).toEqual(new Set(NOTICE_KINDS));
  });

  it('ring up whoever could lose a right by not being warned', () => {
    const carriesRight = [
      'cooling-off-ending',
      'window-open',
      'window-closing',
      'dates-changed',
      'deemed-withdrawn',
    ];
    for (const { kind, channels } of rules) {
      if (carriesRight.includes(kind)) expect([kind, channels]).toEqual([kind, ['sms', 'email', 'call']]);
    }
  });

  it('warn seven, three and one days before the window closes, and two hours before a visit', () => {
    const closing = rules.filter(({ kind }) => kind === 'window-closing');
    expect(closing.map(({ days }) => days)).toEqual([-7, -3, -1]);
    const visits = rules.filter(({ kind }) => kind === 'appointment');
    expect(visits).toMatchObject([
      { days: -1, at: '17:00' },
      { minutes: -120, urgency: 'urgent' },
    ]);
  });

  it('are given as they stand, without fields nobody wrote', () => {
    expect(district).toEqual(JSON.parse(readFileSync(GUANGMING, 'utf8')));
  });
});

describe('a rule', () => {
  it.each<[string, object, string]>([
    ['of a kind nobody knows', { kind: 'birthday' }, 'KIND_UNKNOWN kind'],
    ['on an anchor nobody knows', { on: 'full-moon' }, 'ANCHOR_UNKNOWN on'],
    ['with a channel nobody knows', { channels: ['sms', 'pigeon'] }, 'CHANNEL_UNKNOWN channels[1]'],
    ['without channels', { channels: [] }, 'VALUE_INVALID channels'],
    ['with a channel twice', { channels: ['sms', 'sms'] }, 'CHANNEL_TWICE channels[1]'],
    ['with a call before another channel', { channels: ['call', 'sms'] }, 'CALL_NOT_LAST channels[0]'],
    ['with a wording nobody wrote', { template: 'cheerful' }, 'TEMPLATE_UNKNOWN template'],
    ['with a wording that cannot be filled', { template: 'appointment' }, 'TEMPLATE_DOES_NOT_FIT template'],
    ['on an anchor of another kind', { on: 'claim-last-day' }, 'KIND_NOT_AT_ANCHOR on'],
    ['for somebody nobody can tell', { to: 'actor' }, 'RECIPIENTS_DO_NOT_FIT to'],
    ['at no time of the day', { at: '24:00' }, 'VALUE_INVALID at'],
    ['at an hour when nothing is sent', { at: '06:00' }, 'TIME_OUTSIDE_SENDING_HOURS at'],
    ['at the hour when sending ends', { at: '20:00' }, 'TIME_OUTSIDE_SENDING_HOURS at'],
    ['on a day without an hour', { at: undefined }, 'TIME_MISSING at'],
    ['with half a day', { days: 0.5 }, 'VALUE_INVALID days'],
    ['with a field nobody reads', { colour: 'red' }, 'FIELD_UNKNOWN colour'],
    [
      'with minutes elsewhere than at a visit',
      { minutes: -5, days: undefined, at: undefined },
      'MINUTES_NOT_AT_ANCHOR minutes',
    ],
    [
      'with minutes and a day',
      { kind: 'appointment', on: 'appointment', minutes: -120 },
      'MINUTES_WITH_DAYS minutes',
    ],
    [
      'on the day before what it follows',
      { kind: 'rating-invitation', on: 'archived', days: -1 },
      'VALUE_INVALID days',
    ],
    [
      'that lets a stranger have the code',
      {
        kind: 'number-confirmation',
        on: 'number-changed',
        days: undefined,
        at: undefined,
        to: 'both',
        channels: ['sms'],
      },
      'RECIPIENTS_DO_NOT_FIT to',
    ],
    [
      'that confirms a number elsewhere',
      {
        kind: 'number-confirmation',
        on: 'number-changed',
        days: undefined,
        at: undefined,
        to: 'concerned',
        channels: ['email'],
      },
      'CONFIRMATION_NOT_BY_SMS channels',
    ],
  ])('%s is refused', (_, rule, problem) => {
    const [code, field] = problem.split(' ');
    expect(problemsOf(rule)).toEqual([`${code} policies[0].rules[0].${field}`]);
  });

  it.each([
    ['withdrawn', 'withdrawn', 'status-changed'],
    ['status-changed', 'withdrawn', 'withdrawn'],
    ['rating-invitation', 'archived', 'archive-copy'],
    ['window-open', 'claim-first-day', 'window-open'],
  ])('for %s on %s may speak in the wording of %s, which is true there', (kind, on, template) => {
    const rule = { kind, on, ...AT_NINE, template };
    const file = { district: '440311', policies: [{ ...POLICY, rules: [rule, ...REQUIRED] }] };
    expect(loadDistrictPolicies(written(file), TODAY).policies[0]?.rules[0]?.template).toBe(template);
  });

  it.each([
    // A period that ends is no period that begins, although both are dates of the clock.
    ['window-open', 'claim-first-day', 'window-closing'],
    ['cooling-off-ending', 'cooling-off-last-day', 'deemed-withdrawn'],
    ['material-missing', 'correction-lapses', 'pre-check-passed'],
    ['pre-check-passed', 'pre-check-lapses', 'draft-lapsing'],
    ['registered', 'registered', 'withdrawn'],
    ['deemed-withdrawn', 'deemed-withdrawn', 'archive-copy'],
    ['window-closing', 'claim-last-day', 'number-confirmation'],
    // Both follow the archive; the invitation is optional, and not for everybody.
    ['archive-copy', 'archived', 'rating-invitation'],
  ])('for %s on %s may not speak in the wording of %s', (kind, on, template) => {
    expect(problemsOf({ kind, on, days: -3 * Number(!EVENTS.includes(on)), template })).toEqual([
      'TEMPLATE_DOES_NOT_FIT policies[0].rules[0].template',
    ]);
  });

  it.each(NOTICE_KINDS.filter((kind) => kind !== 'number-confirmation'))(
    'for a changed number may not speak in the wording of %s',
    (template) => {
      const rule = { kind: 'number-confirmation', on: 'number-changed', to: 'concerned', channels: ['sms'] };
      expect(problemsOf({ ...rule, template })).toContain(
        'TEMPLATE_DOES_NOT_FIT policies[0].rules[0].template',
      );
    },
  );

  it.each(REQUIRED_KINDS)('for %s may not be declined', (kind) => {
    const rules = REQUIRED.map((rule) => (rule.kind === kind ? { ...rule, optional: true } : rule));
    const { problems } = refusal({ district: '440311', policies: [{ ...POLICY, rules }] });
    expect(problems).toMatchObject([{ code: 'RIGHT_MADE_OPTIONAL', value: 'true' }]);
  });

  it.each([
    ['draft-lapsing', 'draft-lapses', -1],
    ['material-missing', 'correction-lapses', -1],
    ['pre-check-passed', 'pre-check-lapses', -1],
    ['cooling-off-ending', 'cooling-off-last-day', 0],
    ['window-open', 'claim-first-day', 29],
    ['window-closing', 'claim-last-day', 0],
    ['appointment', 'appointment', 0],
  ])('for %s on %s is of use up to day %i, and refused after it', (kind, on, latest) => {
    const others = REQUIRED.filter((rule) => rule.kind !== kind);
    const file = (days: number) => ({
      district: '440311',
      policies: [{ ...POLICY, rules: [{ kind, on, ...AT_NINE, days }, ...others] }],
    });
    expect(loadDistrictPolicies(written(file(latest)), TODAY).policies[0]?.rules[0]?.days).toBe(latest);
    expect(refusal(file(latest + 1)).problems).toMatchObject([
      { code: 'DAYS_TOO_LATE', path: 'policies[0].rules[0].days' },
    ]);
  });

  it('that is there twice is refused, and one for another day is not', () => {
    expect(problemsOf({}, { days: 1 }, { at: '10:00' })).toEqual(['RULE_TWICE policies[0].rules[2]']);
  });
});

describe('a policy', () => {
  it.each(REQUIRED_KINDS)('without any rule for %s is refused, also among others', (kind) => {
    const rules = REQUIRED.filter((rule) => rule.kind !== kind);
    const later = { ...POLICY, version: 'v-2', from: '2027-01-01', rules };
    const { problems, message } = refusal({ district: '440311', policies: [POLICY, later] });
    expect(problems).toMatchObject([{ code: 'KIND_MISSING', path: 'policies[1].rules' }]);
    expect(message).toContain(`expected a rule for ${kind} too`);
  });

  it('may order its notices up to eight hours early', () => {
    const file = (leadMinutes: number) => ({ district: '440311', policies: [{ ...POLICY, leadMinutes }] });
    expect(loadDistrictPolicies(written(file(480)), TODAY).policies[0]?.leadMinutes).toBe(480);
    expect(refusal(file(481)).problems).toEqual([
      {
        code: 'LEAD_MINUTES_INVALID',
        path: 'policies[0].leadMinutes',
        value: '481',
        expected: 'a whole number from 0 to 480',
      },
    ]);
  });
});

describe('policies', () => {
  it('of one version, or from one day, are refused', () => {
    const file = {
      district: '440311',
      policies: [POLICY, { ...POLICY, from: '2026-06-01' }, { ...POLICY, version: 'v-2' }],
    };
    expect(refusal(file).problems).toMatchObject([
      { code: 'VERSION_TWICE', path: 'policies[1].version', value: '"v-1"' },
      { code: 'FROM_TWICE', path: 'policies[2].from', value: '"2026-01-01"' },
    ]);
  });

  it('none of which is in force are refused', () => {
    const file = { district: '440311', policies: [{ ...POLICY, from: '2026-11-24' }] };
    expect(refusal(file).problems).toMatchObject([
      { code: 'NONE_IN_FORCE', expected: 'a policy in force on 2026-11-23' },
    ]);
  });

  it.each([
    ['2026-02-30', 'policies[0].from'],
    [20260101, 'policies[0].from'],
  ])('from %s are refused', (from, path) => {
    const { problems } = refusal({ district: '440311', policies: [{ ...POLICY, from }] });
    expect(problems).toContainEqual(expect.objectContaining({ code: 'VALUE_INVALID', path }));
  });

  it('whose sending hours end before they begin are refused', () => {
    const sendingHours = { from: '20:00', until: '08:30' };
    const { problems } = refusal({
      district: '440311',
      policies: [{ ...POLICY, sendingHours, rules: [{ ...RULE }] }],
    });
    expect(problems).toContainEqual(
      expect.objectContaining({ path: 'policies[0].sendingHours', expected: 'a beginning before its end' }),
    );
  });
});

describe('a file', () => {
  it('names everything that is wrong at once, each with its place, its value and what is expected', () => {
    const rules = [
      { ...RULE, channels: ['sms', 'pigeon'] },
      { ...RULE, channels: ['call', 'sms'] },
    ];
    const { message } = refusal({
      district: '44',
      policies: [{ ...POLICY, rules: [...rules, ...REQUIRED.slice(1)], leadMinutes: -1 }, POLICY],
    });
    expect(message.split('\n').slice(1)).toEqual([
      '  district is "44": expected a division code of 6 digits (VALUE_INVALID)',
      '  policies[0].leadMinutes is -1: expected a whole number from 0 to 480 (LEAD_MINUTES_INVALID)',
      '  policies[0].rules[0].channels[1] is "pigeon": expected one of sms, email, call (CHANNEL_UNKNOWN)',
      '  policies[0].rules[1].channels[0] is "call": expected call as the last channel: nothing comes after a person (CALL_NOT_LAST)',
      '  policies[0].rules: expected a rule for cooling-off-ending too: a right hangs on it (KIND_MISSING)',
      '  policies[1].version is "v-1": expected a version of its own (VERSION_TWICE)',
      '  policies[1].from is "2026-01-01": expected a first day of its own (FROM_TWICE)',
    ]);
  });

  it('that is not there, is no JSON or holds something else is refused', () => {
    expect(() => loadDistrictPolicies(join(folder, 'none.json'), TODAY)).toThrow('"ENOENT"');
    expect(refusal('{ "district": ').problems).toMatchObject([{ code: 'NOT_JSON' }]);
    expect(refusal('[]').problems).toMatchObject([{ code: 'VALUE_INVALID', path: '' }]);
    expect(refusal({ district: '440311', policies: [] }).problems).toMatchObject([{ path: 'policies' }]);
  });
});
