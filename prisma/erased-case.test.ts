import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokenAuditEntry } from './audit.ts';
import { Prisma } from './generated/client.ts';
import { noticeStore } from './notice-store.ts';
import { openNumber } from './number-changes.ts';
import { paperFacts } from './paper-facts.ts';
import { readApplication } from './read-application.ts';
import { stepRecorder } from './record-steps.ts';
import { application, at, openedCase, type TestDatabase, testDatabase } from './test-support/database.ts';
import { acceptedState, actTurn, clockTurn } from './test-support/turns.ts';

let t: TestDatabase;
let caseNumber: string;
beforeAll(async () => {
  t = await testDatabase();
  caseNumber = await openedCase(t);
  const state = await acceptedState(t, caseNumber);
  const recorder = stepRecorder(t.db, t.cipher);
  const parties = { a: { mobile: NEW_NUMBER } };
  const sealed = await t.cipher.seal(caseNumber, 'case_step.sealed', { reason: REASON, parties });
  const correction = actTurn(state, 'correct', at('2026-11-02'), {
    sealed: Buffer.from(sealed).toString('base64'),
    fields: ['parties.a.mobile'],
  });
  await recorder.record({ ...correction.input, resume: correction.state });
  await recorder.record(clockTurn(correction.state, at('2026-11-27', '09:00')).input);
  const notices = noticeStore(t.db, t.cipher);
  const by = 'a delivery';
  const claimed = await notices.claim({ ...CLAIM, by, now: LEASE, until: LEASE + 60_000, most: 10 });
  const attempts = claimed.map(({ id, contact }) => ({
    id,
    caseNumber,
    n: 1,
    channel: 'sms' as const,
    address: contact?.mobile ?? '',
    at: LEASE,
    text: `to ${contact?.mobile ?? ''}`,
    templateVersion: 'cooling-off-ending/zh-Hans/1',
    parts: 1,
  }));
  expect(await notices.begin(by, attempts)).toHaveProperty('size', 2);
});
afterAll(() => t.drop());

const CLAIM = { channel: 'sms' } as const;
/** Past the hour of what is ordered here: notices are sent in real time. */
const LEASE = Math.max(Date.now(), at('2026-11-27', '09:00')) + 60_000;
const NEW_NUMBER = '+8610066666666';
const REASON = '打错一位';
const PERSONAL = [
  NEW_NUMBER,
  REASON,
  '欧阳试',
  '样本',
  '440399199003070014',
  '440399199205080026',
  '10012345678',
  'a@heli.example',
  '样品花园',
  'J440311-2015',
];

describe('personal data', () => {
  it('comes back as it was handed in', async () => {
    const read = await readApplication(t.db, t.cipher, caseNumber);
    const [a, b] = application().parties;
    expect(read).toEqual({
      ...application(),
      parties: [
        { ...a, safety: false },
        { ...b, safety: false },
      ],
    });
  });

  it('stands in clear in no column of any table', async () => {
    const { rows } = await t.superuser.query<{ table_name: string }>(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    expect(rows.length).toBeGreaterThan(10);
    // What would be searched in vain if it held nothing.
    expect(await t.db.numberChange.count()).toBe(1);
    expect(await t.db.noticeAttempt.count()).toBe(2);
    expect(await t.db.caseRecord.count({ where: { resumeState: { not: Prisma.DbNull } } })).toBe(1);
    for (const { table_name: table } of rows) {
      const all = await t.superuser.query<{ text: string }>(
        `SELECT row_to_json(x)::text AS text FROM "${table}" x`,
      );
      for (const { text } of all.rows) {
        // Bytes are shown as hex: look for the words in that form too.
        for (const word of PERSONAL) {
          expect(text).not.toContain(word);
          expect(text).not.toContain(Buffer.from(word).toString('hex'));
        }
      }
    }
  });

  it('cannot be moved to another place or another case', async () => {
    const other = await openedCase(t);
    const { sealed } = await t.db.party.findUniqueOrThrow({
      where: { caseNumber_label: { caseNumber, label: 'a' } },
    });
    await expect(t.cipher.open(caseNumber, 'party.b', sealed)).rejects.toMatchObject({ name: 'SealBroken' });
    await expect(t.cipher.open(other, 'party.a', sealed)).rejects.toMatchObject({ name: 'SealBroken' });
  });
});

describe('a couple', () => {
  it('has one index whichever spouse comes first, and however the number is typed', async () => {
    const index = await t.cipher.coupleIndex('44039919900307001X', '440399199205080026');
    expect(await t.cipher.coupleIndex('440399199205080026', '44039919900307001x')).toBe(index);
    expect(await t.cipher.coupleIndex('440399199205080026', '440399199205080027')).not.toBe(index);
  });
});

describe('an erased case', () => {
  it('keeps its process and loses its persons', async () => {
    const id = `${caseNumber}/a/cooling-off-ending/v1/-3`;
    const contactOf = async (now: number) => {
      const claim = { ...CLAIM, by: `at ${now}`, now, until: now + 60_000, most: 1, only: id };
      const [claimed] = await noticeStore(t.db, t.cipher).claim(claim);
      return claimed && { mobile: claimed.contact?.mobile };
    };
    expect(await contactOf(LEASE + 100_000)).toEqual({ mobile: '10012345678' });
    const change = await t.db.numberChange.findFirstOrThrow({ where: { caseNumber } });
    expect(await openNumber(t.cipher, change)).toBe(NEW_NUMBER);
    const steps = await t.db.caseStep.count({ where: { caseNumber } });

    await t.keys.destroyCaseKey(caseNumber);
    t.forgetKeys();

    const erased = { name: 'CaseKeyErased' };
    await expect(readApplication(t.db, t.cipher, caseNumber)).rejects.toMatchObject(erased);
    expect(await contactOf(LEASE + 200_000)).toEqual({ mobile: undefined });
    await expect(openNumber(t.cipher, change)).rejects.toMatchObject(erased);
    await expect(paperFacts(t.db, t.cipher)(caseNumber)).rejects.toMatchObject(erased);
    await expect(t.cipher.seal(caseNumber, 'party.a', {})).rejects.toMatchObject(erased);
    await expect(t.keys.createCaseKey(caseNumber)).rejects.toMatchObject(erased);

    expect(await t.db.caseStep.count({ where: { caseNumber } })).toBe(steps);
    const row = await t.db.caseRecord.findUniqueOrThrow({ where: { caseNumber } });
    expect(row).toMatchObject({ stage: 'cooling-off', receivedOn: '2026-10-30' });
    expect(await brokenAuditEntry(t.db, caseNumber)).toBeUndefined();
    const key = await t.db.dataKey.findUniqueOrThrow({ where: { caseNumber } });
    expect(key.wrappedKey).toBeNull();
    expect(key.erasedAt).not.toBeNull();
  });

  it('takes no other case with it', async () => {
    const other = await openedCase(t);
    expect((await readApplication(t.db, t.cipher, other)).parties[0].name).toBe('欧阳试');
  });
});
