import { describe, expect, it } from '@jest/globals';
import type { MailRecord, SmsRecord } from '../../../simulators/inbox.ts';
import { type Claimed, type Owed, reckon } from './ledger.ts';

const OWED: Owed = { caseNumber: '1', party: 'a', mobile: '10000000002', email: 'a@heli.example' };
const CLAIMED: Claimed = {
  caseNumber: '1',
  party: 'a',
  state: 'delivered',
  channel: 'sms',
  providerId: 'SM1',
  lastError: null,
};

function sms(id: string, changes: Partial<SmsRecord> = {}): SmsRecord {
  return {
    key: id,
    id,
    channel: 'sms',
    to: '+8610000000002',
    text: '提醒',
    status: 'delivered',
    ...changes,
  } as SmsRecord;
}

function mail(id: string): MailRecord {
  return { key: `${id}-key`, id, channel: 'email', to: 'a@heli.example', text: '提醒' } as MailRecord;
}

const byMail = { ...CLAIMED, state: 'sent', channel: 'email', providerId: '<1@heli>' };
const toCall = { ...CLAIMED, state: 'to-call', channel: null, providerId: null };

describe('what Heli says, held against what arrived', () => {
  it.each([
    ['one text message', CLAIMED, [sms('SM1')], 'by SMS'],
    ['a mail, repeated with its own id', byMail, [mail('<1@heli>'), mail('<1@heli>')], 'by e-mail'],
    [
      'a mail after a text message that failed',
      byMail,
      [sms('SM1', { status: 'undelivered' }), mail('<1@heli>')],
      'by e-mail',
    ],
    ['nothing, and staff are to ring', toCall, [], 'to be rung'],
    [
      'nobody else is mistaken for the party',
      CLAIMED,
      [sms('SM1'), sms('SM2', { to: '+8610000000003' })],
      'by SMS',
    ],
  ] as const)('%s is right', (_, claim, received, end) => {
    const { sentTwice, lost, wrong, ends } = reckon([OWED], [claim], received);
    expect({ sentTwice, lost, wrong }).toEqual({ sentTwice: [], lost: [], wrong: [] });
    expect(ends[end]).toBe(1);
  });

  it.each([
    ['a blind second send', CLAIMED, [sms('SM1'), sms('SM2')], 'sentTwice'],
    ['a second send in other words', CLAIMED, [sms('SM1'), sms('SM2', { text: '再次提醒' })], 'sentTwice'],
    [
      'a second send after a failure',
      byMail,
      [sms('SM1', { status: 'failed' }), sms('SM2', { status: 'failed' }), mail('<1@heli>')],
      'sentTwice',
    ],
    ['two different mails', byMail, [mail('<1@heli>'), mail('<2@heli>')], 'sentTwice'],
    ['one still queued', { ...CLAIMED, state: 'queued' }, [], 'lost'],
    ['one of unknown outcome', { ...CLAIMED, state: 'sending' }, [sms('SM1')], 'lost'],
    ['one given up', { ...CLAIMED, state: 'failed' }, [], 'lost'],
    ['one without its receipt', { ...CLAIMED, state: 'sent' }, [sms('SM1')], 'lost'],
    ['a proof of nothing', CLAIMED, [], 'wrong'],
    ['a proof of what failed', CLAIMED, [sms('SM1', { status: 'undelivered' })], 'wrong'],
    ['a proof of another message', CLAIMED, [sms('SM9')], 'wrong'],
    ['a mail that never came', byMail, [], 'wrong'],
    ['a mail after a text message that arrived', byMail, [sms('SM1'), mail('<1@heli>')], 'wrong'],
    ['ringing somebody who was reached', toCall, [sms('SM1')], 'wrong'],
  ] as const)('%s is found', (_, claim, received, fault) => {
    expect(reckon([OWED], [claim], received)[fault]).toHaveLength(1);
  });

  it('finds what was never planned, and what was planned twice', () => {
    expect(reckon([OWED], [], []).lost).toHaveLength(1);
    expect(reckon([OWED], [CLAIMED, CLAIMED], [sms('SM1')]).lost).toHaveLength(1);
  });
});
