import { describe, expect, it } from '@jest/globals';
import { acceptedCase, BOTH, moveTo, until } from './support/accepted-case.ts';
import { get, post } from './support/client.ts';

const REGISTER = { ...BOTH, separatelyQuestioned: true, agreementFinal: true, registrar: 'demo-clerk' };
const act = (caseNumber: string, name: string, body: object) =>
  post('clerk', `/cases/${caseNumber}/acts/${name}`, body);

describe('a case over REST', () => {
  it('goes from draft to archive', async () => {
    const { caseNumber, accepted } = await acceptedCase();
    expect(accepted.body.receiptNumber).toMatch(/^R?S440311-\d{4}-\d{6}$/);
    const { coolingOffLastDay, claimFirstWorkingDay } = accepted.body.clock;

    await moveTo(caseNumber, `${coolingOffLastDay}T10:00:00+08:00`);
    const notices = (await get('clerk', `/cases/${caseNumber}/notices`)).body.notices;
    const reminders = notices.filter(({ kind }) => kind === 'cooling-off-ending');
    expect(reminders.map(({ party }) => party).sort()).toEqual(['a', 'b']);
    for (const { text } of reminders) expect(text).not.toMatch(/离婚|測|测试/);

    const early = await act(caseNumber, 'register', REGISTER);
    expect(early).toMatchObject({ status: 409, body: { code: 'WITHIN_COOLING_OFF', stage: 'cooling-off' } });
    expect(early.body.allowedActs).toContain('withdraw');

    const moved = await moveTo(caseNumber, `${claimFirstWorkingDay}T10:00:00+08:00`);
    expect(moved.body).toMatchObject({ stage: 'confirmation' });
    expect(moved.body.allowedActs).toEqual(expect.arrayContaining(['check-in', 'review', 'register']));
    expect((await act(caseNumber, 'review', {})).status).toBe(200);
    const alone = await act(caseNumber, 'register', { ...REGISTER, presentParties: ['a'] });
    expect(alone.body.code).toBe('NOT_BOTH_PRESENT');
    const registered = await act(caseNumber, 'register', REGISTER);
    expect(registered.body).toMatchObject({ stage: 'registered' });
    expect(registered.body.certificateNumber).toMatch(/^R?L440311-\d{4}-\d{6}$/);

    await until(async () => (await get('clerk', `/cases/${caseNumber}`)).body.stage === 'archived');
    expect((await post('archivist', `/cases/${caseNumber}/archive/verify`, {})).body).toMatchObject({
      ok: true,
    });
    const volume = await get('archivist', `/cases/${caseNumber}/archive/volume`);
    expect(volume.bytes.subarray(257, 262).toString()).toBe('ustar');
    const timeline = (await get('clerk', `/cases/${caseNumber}/timeline`)).body.entries;
    expect(timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['open', 'submit', 'pass', 'accept', 'cooling-off-over', 'register', 'archive']),
    );
    expect((await get('supervisor', `/cases/${caseNumber}/history`)).body.events.length).toBeGreaterThan(20);
    const certificate = await get('clerk', `/cases/${caseNumber}/papers/certificate-a.pdf`);
    expect(certificate.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is withdrawn by one party alone, at the accepting office only', async () => {
    const { caseNumber } = await acceptedCase();
    const elsewhere = await act(caseNumber, 'withdraw', { party: 'b', venueId: 'gm-gongming' });
    expect(elsewhere.body.code).toBe('WRONG_OFFICE');
    expect((await act(caseNumber, 'withdraw', { party: 'b' })).body).toMatchObject({ stage: 'withdrawn' });
    // The volume is sealed when both have been told, which does not happen at night.
    await post('clerk', `/rehearsal/cases/${caseNumber}/fast-forward`, { days: 1 });
    await until(async () => (await get('clerk', `/cases/${caseNumber}`)).body.stage === 'archived');
    expect((await act(caseNumber, 'withdraw', { party: 'a' })).body.code).toBe('ACT_NOT_ALLOWED');
    const paper = await get('clerk', `/cases/${caseNumber}/papers/withdrawal-confirmation.pdf`);
    expect(paper.status).toBe(200);
  });

  it('is deemed withdrawn when nobody comes', async () => {
    const { caseNumber, accepted } = await acceptedCase();
    await moveTo(caseNumber, `${accepted.body.clock.claimLastDay}T23:00:00+08:00`);
    await post('clerk', `/rehearsal/cases/${caseNumber}/fast-forward`, { days: 1 });
    await until(async () => (await get('clerk', `/cases/${caseNumber}`)).body.stage === 'archived');
    expect((await get('clerk', `/cases/${caseNumber}`)).body.outcome).toBe('deemed-withdrawn');
  });

  it('has a counselling with a life of its own', async () => {
    const { caseNumber } = await acceptedCase();
    const referral = { party: 'a', topic: 'emotional' };
    expect((await act(caseNumber, 'refer-counselling', referral)).body.flags).toContain('counselling');
    const list = `/cases/${caseNumber}/counsellings`;
    const first = async () => (await get('counsellor', list)).body.counsellings[0];
    await until(async () => (await first())?.state === 'requested');
    const id = (await first())?.id ?? '';
    const counsel = (name: string, body: object) => post('counsellor', `${list}/${id}/acts/${name}`, body);
    expect((await counsel('finish', { outcome: 'attended' })).body.code).toBe('ACT_NOT_ALLOWED');
    expect((await counsel('assign', { counsellor: 'demo-counsellor' })).body.state).toBe('assigned');
    const past = { appointmentAt: '2020-01-01T09:00:00Z' };
    expect((await counsel('appoint', past)).body.code).toBe('APPOINTMENT_IN_PAST');
    expect((await counsel('finish', { outcome: 'attended' })).body.state).toBe('finished');
    await until(async () => !(await get('clerk', `/cases/${caseNumber}`)).body.flags.includes('counselling'));
  });
});
