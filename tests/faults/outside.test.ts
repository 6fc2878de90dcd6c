import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClockReading } from '../../domain/clock/periods.ts';
import { addDays } from '../../domain/plain-date.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import type { District } from '../support/cases/district.ts';
import { eventually } from '../support/cases/eventually.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { type OwnSystem, startOwnSystem } from '../support/cases/own-system.ts';
import { BOTH, checksEnded, toWorkingMorning, untilAccepted } from '../support/cases/path.ts';

let own: OwnSystem;
let district: District;
beforeAll(async () => {
  own = await startOwnSystem(['postgres', 'temporal', 'simulators', 'worker']);
  district = own.district;
}, 120_000);
afterAll(() => own.stop(), 60_000);

function toReminder(theCase: CaseDriver, clock: ClockReading): Promise<unknown> {
  return theCase.to(addDays(clock.coolingOffLastDay, -3), '09:01');
}

async function expectOneMessageEach(theCase: CaseDriver): Promise<void> {
  await eventually(async () => {
    const notices = await theCase.notices('cooling-off-ending');
    expect(notices.map(({ state }) => state)).toEqual(['sent', 'sent']);
  }, 60_000);
  for (const party of BOTH) expect(await theCase.sms(party)).toHaveLength(1);
}

describe.each(['down', 'error'] as const)('a gateway that answers with "%s"', (mode) => {
  it('makes the case say so, then sends each message once and clears the case', async () => {
    const theCase = await CaseDriver.open(district);
    const clock = await untilAccepted(theCase);
    await district.simulators.setFault('twilio', { mode, status: 503 });
    await toReminder(theCase, clock);
    // Three tries in vain, and what became of an attempt is not asked for at once.
    await eventually(
      () =>
        expectCase(theCase, {
          stage: 'cooling-off',
          last: 'attention-raised',
          attention: ['NOTICE_DELAYED'],
        }),
      90_000,
    );
    const waiting = await theCase.notices('cooling-off-ending');
    for (const { state, sentAt } of waiting) {
      expect(['queued', 'sending']).toContain(state);
      expect(sentAt).toBeNull();
    }
    // People go on while messages wait.
    await theCase.act('correct', { fields: ['address'] });
    await district.simulators.clearFaults();
    await expectOneMessageEach(theCase);
    await eventually(async () => {
      expect((await theCase.row()).needsAttention).toBe(false);
    });
    expect((await theCase.story()).filter((kind) => kind.startsWith('attention'))).toEqual(
      expect.arrayContaining(['attention-raised', 'attention-cleared']),
    );
    await theCase.act('withdraw', { party: 'a' });
    await expectCase(theCase, { stage: 'archived', last: 'archive' });
  }, 240_000);
});

it('sends nothing again when the gateway took the message and never answered', async () => {
  const theCase = await CaseDriver.open(district);
  const clock = await untilAccepted(theCase);
  await district.simulators.setFault('twilio', { mode: 'timeout-after-accept', count: 2 });
  await toReminder(theCase, clock);
  await expectOneMessageEach(theCase);
  const notices = await theCase.notices('cooling-off-ending');
  for (const { attempts, providerId } of notices) {
    expect(attempts).toBe(1);
    expect(providerId).not.toBeNull();
  }
}, 120_000);

it('falls back to e-mail for a number the gateway rejects, and lists who could not be reached at all', async () => {
  const theCase = await CaseDriver.open(district, {
    changes: { a: { email: 'a.of.faults@example.test' } },
  });
  const clock = await untilAccepted(theCase);
  await district.simulators.setFault('twilio', { mode: 'reject-recipient' });
  await toReminder(theCase, clock);
  await expectCase(theCase, { stage: 'cooling-off', last: 'attention-raised', attention: ['NOTICE_FAILED'] });
  await district.simulators.clearFaults();
  const notices = await theCase.noticesSent('cooling-off-ending');
  expect(notices.map(({ party, channel, state }) => [party, channel, state])).toEqual([
    ['a', 'email', 'sent'],
    ['b', 'sms', 'failed'],
  ]);
}, 60_000);

describe('the marriage register', () => {
  async function submitted(): Promise<CaseDriver> {
    const theCase = await CaseDriver.open(district);
    await toWorkingMorning(theCase);
    await theCase.act('submit', {});
    return theCase;
  }
  const findings = async ({ caseNumber }: CaseDriver) =>
    (await district.db.finding.findMany({ where: { caseNumber } })).map(({ code }) => code);

  it('is down: the case waits and says so, and goes on when the register is back', async () => {
    await district.simulators.setFault('marriage-register', { mode: 'down' });
    const theCase = await submitted();
    await eventually(() =>
      expectCase(theCase, {
        stage: 'pre-check',
        last: 'attention-raised',
        attention: ['REGISTER_UNAVAILABLE'],
      }),
    );
    expect(await theCase.refusal('pass', { checkedRound: 0 })).toBe('PRE_CHECK_RUNNING');
    await district.simulators.clearFaults();
    await checksEnded(theCase);
    await expectCase(theCase, { stage: 'pre-check', last: 'attention-cleared' });
    await theCase.act('pass', { checkedRound: 1 });
    expect(await findings(theCase)).toEqual([]);
  }, 60_000);

  it('is slow: the checks take their time and nothing is raised', async () => {
    await district.simulators.setFault('marriage-register', { mode: 'slow', delayMs: 3_000 });
    const theCase = await submitted();
    await checksEnded(theCase);
    await district.simulators.clearFaults();
    await expectCase(theCase, { stage: 'pre-check', last: 'submit' });
  }, 60_000);

  it('refuses the question: a person decides', async () => {
    await district.simulators.setFault('marriage-register', { mode: 'error', status: 403 });
    const theCase = await submitted();
    await checksEnded(theCase);
    await district.simulators.clearFaults();
    expect(await findings(theCase)).toEqual(['MARRIAGE_REGISTER_REFUSED']);
    await expectCase(theCase, { stage: 'pre-check', last: 'submit' });
  }, 60_000);
});
