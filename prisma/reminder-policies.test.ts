import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DistrictPolicies } from '../domain/reminders/policy.ts';
import { plainDate } from '../domain/plain-date.ts';
import { openAlarms } from './alarms.ts';
import { findPolicy, policyKeeper, registerPolicies } from './reminder-policies.ts';
import { at, type TestDatabase, testDatabase } from './test-support/database.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());
beforeEach(async () => {
  await t.db.reminderPolicyVersion.deleteMany();
});

function district(version: string, leadMinutes = 30): DistrictPolicies {
  return {
    district: '440311',
    policies: [
      {
        version,
        from: plainDate('2026-01-01'),
        basis: '服务办法',
        sendingHours: { from: '08:30', until: '20:00' },
        leadMinutes,
        rules: [
          {
            kind: 'registered',
            on: 'registered',
            channels: ['sms', 'email'],
            to: 'both',
            urgency: 'routine',
          },
        ],
      },
    ],
  };
}

describe('a version of the policies', () => {
  it('is put on record once, and can be read for ever', async () => {
    expect(await registerPolicies(t.db, district('v-1'))).toEqual([]);
    expect(await registerPolicies(t.db, district('v-1'))).toEqual([]);
    expect(await registerPolicies(t.db, district('v-2'))).toEqual([]);
    expect(await findPolicy(t.db, 'v-1')).toEqual(district('v-1').policies[0]);
    expect(await findPolicy(t.db, 'v-3')).toBeUndefined();
  });

  it('never means two things', async () => {
    await registerPolicies(t.db, district('v-1'));
    expect(await registerPolicies(t.db, district('v-1', 31))).toEqual(['v-1']);
    expect(await registerPolicies(t.db, { ...district('v-1'), district: '440312' })).toEqual(['v-1']);
    expect(await findPolicy(t.db, 'v-1')).toEqual(district('v-1').policies[0]);
  });

  it('is the same in whatever order its fields were written', async () => {
    const [policy] = district('v-1').policies;
    const turned = Object.fromEntries(Object.entries(policy ?? {}).reverse());
    await registerPolicies(t.db, district('v-1'));
    expect(await registerPolicies(t.db, { district: '440311', policies: [turned] } as never)).toEqual([]);
  });
});

describe('a bad change of the policies', () => {
  it('raises an alarm once, which the next good one clears', async () => {
    const said: string[] = [];
    const log = {
      info: () => said.push('info'),
      warn: () => said.push('warn'),
      error: () => said.push('error'),
    };
    const keeper = policyKeeper(t.db, log, () => at('2026-11-23'));
    const problems = [{ code: 'CHANNEL_UNKNOWN', path: 'policies[0].rules[2].channels[1]' }];
    await keeper.onProblem({ message: 'bad', problems });
    await keeper.onProblem({ message: 'bad', problems });
    expect(await openAlarms(t.db)).toEqual([
      {
        code: 'REMINDER_POLICY_INVALID',
        raisedAt: at('2026-11-23'),
        detail: { codes: 'CHANNEL_UNKNOWN policies[0].rules[2].channels[1]' },
      },
    ]);
    expect(await keeper.register(district('v-1'))).toEqual([]);
    expect(await keeper.register(district('v-1', 5))).toEqual(['v-1']);
    await keeper.onChange(district('v-1'));
    keeper.onError(new Error('away'));
    expect(await openAlarms(t.db)).toEqual([]);
    expect(said).toEqual(['error', 'error', 'info', 'warn']);
  });
});
