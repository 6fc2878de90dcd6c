import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../domain/plain-date.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { eventually } from '../support/cases/eventually.ts';
import { moveTo } from './support/accepted-case.ts';
import { get, post, type Reply } from './support/client.ts';
import { application } from './support/couples.ts';
import { addressOf, keepNotices, noticeRow } from './support/notices.ts';

type Members = Record<string, unknown>;
const members = (reply: Reply) => reply.body as unknown as Members;

let district: District;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

/** A rehearsed case: what it sends leaves at any hour. */
async function openedCase(body = application()) {
  const { caseNumber } = (await post('clerk', '/rehearsal/cases', body)).body;
  const [a, b] = body.parties;
  return { caseNumber, a, b };
}

/** A notice of the case that reached nobody. */
async function unwarned(caseNumber: string, more: Parameters<typeof noticeRow>[1] = {}, kind = 'registered') {
  const facts = { caseNumber, state: 'to-call', dueAt: new Date(), kind: kind as 'registered' };
  const [id = ''] = await keepNotices(district, [noticeRow(facts, more)]);
  return { id, at: addressOf(id) };
}

const newMobile = () => `100${String(randomInt(100_000_000)).padStart(8, '0')}`;

/** What the simulated gateway took for a number. */
async function textsTo(mobile: string): Promise<string[]> {
  const received = await district.simulators.received({ to: `+86${mobile}`, channel: 'sms' });
  return received.flatMap((message) => (message.channel === 'sms' ? [message.text] : []));
}

const audited = async (caseNumber: string) =>
  (await district.db.auditEntry.findMany({ where: { stream: caseNumber }, orderBy: { seq: 'asc' } })).map(
    ({ action }) => action,
  );

describe('whom staff must ring', () => {
  it.each([
    ['clerk', 200],
    ['supervisor', 200],
    ['dispatcher', 200],
    ['counsellor', 200],
    ['quality', 403],
    ['auditor', 403],
    ['reviewer', 403],
    ['admin', 403],
  ] as const)('is told to a %s with %i, and nothing of the other party', async (role, status) => {
    const { caseNumber, a, b } = await openedCase();
    const { at } = await unwarned(caseNumber);
    const reply = await get(role, `${at}/contact`);
    expect(reply.status).toBe(status);
    const text = reply.bytes.toString();
    expect(text.includes(a.mobile)).toBe(status === 200);
    for (const other of [b.mobile, b.name, b.idNumber, a.idNumber, a.address])
      expect(text).not.toContain(other);
    expect((await audited(caseNumber)).includes('read-contact')).toBe(status === 200);
  });

  it('is told under the safety flag to those alone who know of it', async () => {
    const couple = application();
    const [a, b] = couple.parties;
    const parties: typeof couple.parties = [Object.assign(a, { safety: true }), b];
    const { caseNumber } = await openedCase({ ...couple, parties });
    const { at } = await unwarned(caseNumber);
    expect((await get('dispatcher', `${at}/contact`)).body.code).toBe('ROLE_NOT_ALLOWED');
    expect((await get('counsellor', `${at}/contact`)).status).toBe(200);
  });

  it('is told only as long as somebody must be rung', async () => {
    const { caseNumber } = await openedCase();
    const { at } = await unwarned(caseNumber, { state: 'delivered' });
    expect((await get('clerk', `${at}/contact`)).body.code).toBe('NOBODY_TO_CALL');
  });
});

describe('a call', () => {
  it('is counted until the party is reached; then the notice is handled and the case leaves the list', async () => {
    const { caseNumber } = await openedCase();
    const { id, at } = await unwarned(caseNumber);
    const ref = { caseNumber, realm: 'rehearsal' } as const;
    await district.engine.attention(ref, 'NOTICE_FAILED', true);
    const flagged = async () => (await get('clerk', `/cases/${caseNumber}`)).bytes.toString();
    await eventually(async () => expect(await flagged()).toContain('NOTICE_FAILED'));

    const key = { headers: { 'idempotency-key': randomUUID() } };
    const none = await post('clerk', `${at}/calls`, { outcome: 'no-answer', note: '无人接听' }, key);
    expect(members(none)).toMatchObject({ id, state: 'to-call', calls: 1 });
    await post('clerk', `${at}/calls`, { outcome: 'no-answer', note: '无人接听' }, key);
    expect(members(await post('counsellor', `${at}/calls`, { outcome: 'wrong-number' }))).toMatchObject({
      state: 'to-call',
      calls: 2,
    });
    const reached = await post('dispatcher', `${at}/calls`, { outcome: 'reached', note: '本人接听' });
    expect(members(reached)).toMatchObject({ state: 'called', calls: 3, handledBy: 'demo-dispatcher' });
    expect((await post('clerk', `${at}/calls`, { outcome: 'reached' })).body.code).toBe('NOBODY_TO_CALL');
    await eventually(async () => expect(await flagged()).not.toContain('NOTICE_FAILED'));

    const told = await get('supervisor', at, { 'accept-language': 'en' });
    expect(members(told)).toMatchObject({
      proof: expect.stringMatching(/^Told by telephone by demo-dispatcher at /),
      callLog: [
        { outcome: 'no-answer', note: '无人接听', by: 'demo-clerk' },
        { outcome: 'wrong-number', by: 'demo-counsellor' },
        { outcome: 'reached', note: '本人接听', by: 'demo-dispatcher' },
      ],
    });
    const kept = await district.db.notice.findUniqueOrThrow({ where: { id } });
    expect(Buffer.from(kept.sealedNote ?? []).toString('utf8')).not.toContain('本人');
    expect((await audited(caseNumber)).filter((action) => action === 'call-party')).toHaveLength(3);
  });
});

describe('a retry', () => {
  it('sends the notice again under its own key', async () => {
    const { caseNumber, a } = await openedCase();
    const { at } = await unwarned(caseNumber);
    expect(members(await post('quality', `${at}/retry`, {}))).toMatchObject({
      state: 'queued',
      channel: 'sms',
    });
    await eventually(async () => {
      const { state, attempts } = members(await get('quality', at));
      expect(attempts).toMatchObject([{ n: 1, channel: 'sms' }]);
      expect(['sent', 'delivered']).toContain(state);
    });
    expect(await textsTo(a.mobile)).toHaveLength(1);
    expect((await post('quality', `${at}/retry`, {})).body.code).toBe('NOBODY_TO_CALL');
  });

  it.each([
    [{ usefulUntil: new Date(Date.now() - 1_000) }, {}, 'REMINDER_OUT_OF_USE'],
    [{}, { channel: 'email' }, 'CHANNEL_WITHOUT_ADDRESS'],
    [{ channels: ['email'], channel: 'email' }, {}, 'CHANNEL_WITHOUT_ADDRESS'],
    [{}, { channel: 'call' }, 'VALUE_NOT_ALLOWED'],
  ])('of %j by %j is refused', async (more, body, code) => {
    const { caseNumber } = await openedCase();
    const { at } = await unwarned(caseNumber, more);
    expect((await post('clerk', `${at}/retry`, body)).body.code).toBe(code);
  });
});

describe('another number', () => {
  it('takes the old one’s place after a second person and the party’s own code', async () => {
    const { caseNumber, a, b } = await openedCase();
    const { id, at } = await unwarned(caseNumber, { optional: false });
    const late = await unwarned(caseNumber, { usefulUntil: new Date(Date.now() - 1_000) });
    const mobile = newMobile();
    const proposed = await post('clerk', `${at}/resend`, { mobile });
    expect(proposed.status).toBe(201);
    expect(members(proposed)).toMatchObject({ state: 'proposed', noticeId: id, party: 'a' });
    const change = `/number-changes/${String(members(proposed)['id'])}`;
    expect(proposed.bytes.toString()).not.toContain(mobile);
    expect((await post('clerk', `${change}/confirm`, { code: '000000' })).body.code).toBe(
      'NUMBER_CHANGE_DECIDED',
    );
    expect((await post('clerk', `${change}/approve`, {})).body.code).toBe('ROLE_NOT_ALLOWED');
    const listed = await get('supervisor', '/number-changes?realm=rehearsal&state=proposed&limit=200');
    expect(listed.bytes.toString()).toContain(change.slice('/number-changes/'.length));
    expect(await textsTo(mobile)).toEqual([]);

    expect(members(await post('supervisor', `${change}/approve`, {}))).toMatchObject({ state: 'sent' });
    const code = await eventually(async () => {
      const [text = ''] = await textsTo(mobile);
      const [digits] = /\d{6}/.exec(text.replace(caseNumber, '')) ?? [];
      if (!digits) throw new Error('no code has come');
      return digits;
    });
    for (const known of [a.mobile, b.mobile]) expect(await textsTo(known)).toEqual([]);
    const wrong = await post('clerk', `${change}/confirm`, { code: code === '123456' ? '654321' : '123456' });
    expect(members(wrong)).toMatchObject({ code: 'CODE_WRONG', triesLeft: 4 });
    const shown = await get('clerk', `/cases/${caseNumber}?party=a`);
    expect(shown.bytes.toString()).toContain(a.mobile);

    const confirmed = await post('clerk', `${change}/confirm`, { code });
    expect(members(confirmed)).toMatchObject({ state: 'confirmed', sentAgain: 1 });
    const now = (await get('clerk', `/cases/${caseNumber}?party=a`)).bytes.toString();
    expect([now.includes(mobile), now.includes(a.mobile)]).toEqual([true, false]);
    expect((await get('clerk', `/cases?realm=rehearsal&q=${mobile}`)).body.items).toHaveLength(1);
    await eventually(async () => expect(await textsTo(mobile)).toHaveLength(2));
    expect(await textsTo(a.mobile)).toEqual([]);
    expect(members(await get('quality', late.at))).toMatchObject({ state: 'to-call' });
    expect(await audited(caseNumber)).toEqual(
      expect.arrayContaining(['propose-number', 'approve-number', 'wrong-code', 'confirm-number']),
    );
  });

  it('needs another person than who proposed it', async () => {
    const { caseNumber } = await openedCase();
    const { at } = await unwarned(caseNumber);
    const proposed = await post('supervisor', `${at}/resend`, { mobile: newMobile() });
    const change = `/number-changes/${String(members(proposed)['id'])}`;
    expect(await post('supervisor', `${change}/approve`, {})).toMatchObject({
      status: 403,
      body: { code: 'SECOND_PERSON_REQUIRED' },
    });
    expect(members(await post('clerk', `${change}/refuse`, {}))).toMatchObject({ state: 'refused' });
    expect((await post('reviewer', `${change}/approve`, {})).body.code).toBe('NUMBER_CHANGE_DECIDED');
  });

  it('is read whole by whoever may approve it, who may refuse it as well', async () => {
    const { caseNumber, b } = await openedCase();
    const { at } = await unwarned(caseNumber);
    const mobile = newMobile();
    const proposed = await post('clerk', `${at}/resend`, { mobile });
    const change = `/number-changes/${String(members(proposed)['id'])}`;
    const whole = await get('reviewer', change);
    expect(members(whole)).toMatchObject({ wholeMobile: `+86${mobile}`, party: 'a' });
    expect(whole.bytes.toString()).not.toContain(b.mobile);
    const masked = await get('clerk', change);
    expect([masked.status, masked.bytes.toString().includes(mobile)]).toEqual([200, false]);
    expect((await get('dispatcher', change)).body.code).toBe('ROLE_NOT_ALLOWED');
    expect(await audited(caseNumber)).toContain('read-number-change');
    expect(members(await post('reviewer', `${change}/refuse`, {}))).toMatchObject({ state: 'refused' });
  });

  it('corrected while the party must be warned waits for a second person', async () => {
    const { caseNumber } = await openedCase();
    await unwarned(caseNumber);
    const mobile = newMobile();
    await post('clerk', `/cases/${caseNumber}/acts/correct`, {
      reason: '号码有误',
      parties: { a: { mobile } },
    });
    const change = await district.db.numberChange.findFirstOrThrow({ where: { caseNumber } });
    expect(change).toMatchObject({ state: 'proposed', approvedBy: null });
    expect(await textsTo(mobile)).toEqual([]);
    await post('supervisor', `/number-changes/${change.id}/approve`, {});
    await eventually(async () => expect(await textsTo(mobile)).toHaveLength(1));
  });

  it('and an e-mail address are each party’s own under the safety flag', async () => {
    const { caseNumber, a } = await openedCase();
    const correct = `/cases/${caseNumber}/acts/correct`;
    const parties = { a: { safety: true }, b: { mobile: a.mobile } };
    expect((await post('clerk', correct, { reason: '更正', parties })).body.code).toBe(
      'CONTACT_NOT_SEPARATE',
    );
    const couple = application();
    const [first, second] = couple.parties;
    const shared = [
      { ...first, safety: true, email: 'home@heli.example' },
      { ...second, email: 'HOME@heli.example' },
    ];
    const opened = await post('clerk', '/rehearsal/cases', { ...couple, parties: shared });
    expect(opened).toMatchObject({ status: 422, body: { code: 'CONTACT_NOT_SEPARATE' } });
  });

  it('is given up after five wrong codes, even for the right one', async () => {
    const { caseNumber } = await openedCase();
    const { at } = await unwarned(caseNumber);
    const mobile = newMobile();
    const proposed = await post('clerk', `${at}/resend`, { mobile });
    const change = `/number-changes/${String(members(proposed)['id'])}`;
    await post('supervisor', `${change}/approve`, {});
    const answers: unknown[] = [];
    for (let n = 0; n < 6; n += 1)
      answers.push((await post('clerk', `${change}/confirm`, { code: 'x' })).body.code);
    expect(answers).toEqual([
      ...Array.from({ length: 4 }, () => 'CODE_WRONG'),
      'CODE_TRIES_EXHAUSTED',
      'NUMBER_CHANGE_DECIDED',
    ]);
    const again = await post('clerk', `${at}/resend`, { mobile });
    expect(members(again)).toMatchObject({ state: 'proposed', codeTriesLeft: 5 });
  });

  it('is replaced by the next one, and none is under way twice', async () => {
    const { caseNumber } = await openedCase();
    const { at } = await unwarned(caseNumber);
    const key = { headers: { 'idempotency-key': randomUUID() } };
    const body = { mobile: newMobile() };
    const [first, same] = [
      await post('clerk', `${at}/resend`, body, key),
      await post('clerk', `${at}/resend`, body, key),
    ];
    expect(members(same)['id']).toBe(members(first)['id']);
    await post('clerk', `${at}/resend`, { mobile: newMobile() });
    const rows = await district.db.numberChange.findMany({
      where: { caseNumber },
      orderBy: { proposedAt: 'asc' },
    });
    expect(rows.map(({ state }) => state)).toEqual(['replaced', 'proposed']);
    expect(Buffer.from(rows[0]?.sealedNumber ?? []).toString('utf8')).not.toContain(body.mobile);
  });

  it('must be one, another one, and not the other party’s', async () => {
    const { caseNumber, a, b } = await openedCase();
    const { at } = await unwarned(caseNumber);
    const codes: unknown[] = [];
    for (const mobile of ['12345', a.mobile, b.mobile])
      codes.push((await post('clerk', `${at}/resend`, { mobile })).body.code);
    expect(codes).toEqual(['MOBILE_SHAPE', 'NUMBER_UNCHANGED', 'NUMBER_NOT_SEPARATE']);
  });

  it('corrected in the application gets nothing but its code until that is read out', async () => {
    const { caseNumber, a } = await openedCase();
    const mobile = newMobile();
    // A case asks for confirmation in the hours in which messages may be sent.
    await moveTo(caseNumber, `${addDays(dateAt(Date.now()), 1)}T10:00:00+08:00`);
    const corrected = await post('clerk', `/cases/${caseNumber}/acts/correct`, {
      reason: '号码有误',
      parties: { a: { mobile } },
    });
    expect(corrected.status).toBe(200);
    const code = await eventually(async () => {
      const [text = ''] = await textsTo(mobile);
      const [digits] = /\d{6}/.exec(text.replace(caseNumber, '')) ?? [];
      if (!digits) throw new Error('no code has come');
      return digits;
    });
    expect(await textsTo(a.mobile)).toEqual([]);
    const change = await district.db.numberChange.findFirstOrThrow({ where: { caseNumber } });
    expect(change).toMatchObject({ state: 'sent', approvedBy: null });
    const { at } = await unwarned(caseNumber);
    await post('clerk', `${at}/retry`, {});
    await eventually(async () => expect(await textsTo(a.mobile)).toHaveLength(1));
    expect(await textsTo(mobile)).toHaveLength(1);
    const confirmed = await post('clerk', `/number-changes/${change.id}/confirm`, { code });
    expect(members(confirmed)).toMatchObject({ state: 'confirmed' });
    expect((await get('clerk', `/cases/${caseNumber}?party=a`)).bytes.toString()).toContain(mobile);

    const message = await district.db.notice.findFirstOrThrow({
      where: { caseNumber, kind: 'number-confirmation' },
    });
    for (const path of [addressOf(message.id), `/cases/${caseNumber}/notices`])
      expect((await get('supervisor', path)).bytes.toString()).not.toContain(code);
  });
});

describe('a party who wants no optional messages', () => {
  it('is taken at their word, and the lists say so', async () => {
    const { caseNumber } = await openedCase();
    const dueAt = new Date(Date.now() + 86_400_000);
    const [id = ''] = await keepNotices(district, [
      noticeRow({ caseNumber, state: 'planned', dueAt, kind: 'rating-invitation' }, { optional: true }),
    ]);
    const wants = `/cases/${caseNumber}/parties/a/messages`;
    expect(members(await post('clerk', wants, { optional: false }))).toMatchObject({
      optional: false,
      planned: 1,
    });
    const told = await get('quality', addressOf(id), { 'accept-language': 'en' });
    expect(members(told)).toMatchObject({
      declined: true,
      proof: 'Not sent, since the party wants no optional messages.',
    });
    await post('clerk', wants, { optional: true });
    expect(members(await get('quality', addressOf(id)))).toMatchObject({ declined: false });
    expect((await audited(caseNumber)).filter((action) => action === 'optional-messages')).toHaveLength(2);
    expect((await post('clerk', `/cases/${caseNumber}/parties/c/messages`, { optional: true })).status).toBe(
      422,
    );
    expect((await post('admin', wants, { optional: true })).body.code).toBe('ROLE_NOT_ALLOWED');
  });
});
