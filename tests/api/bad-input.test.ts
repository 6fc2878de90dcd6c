import { beforeAll, describe, expect, it } from '@jest/globals';
import { API, get, post, type Reply, tokenOf } from './support/client.ts';
import { application, identityNumber } from './support/couples.ts';

type Application = ReturnType<typeof application>;
const changed = (change: (each: Application) => unknown): unknown => change(application());
const tomorrow = new Date(Date.now() + 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);

function expectProblem(reply: Reply, status: number, code: string, field?: string): void {
  expect({ status: reply.status, code: reply.body.code }).toEqual({ status, code });
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  expect(reply.body).toMatchObject({
    status,
    title: expect.any(String),
    type: expect.stringContaining(code),
  });
  if (field !== undefined) expect(reply.body.errors).toContainEqual(expect.objectContaining({ field }));
}

describe('an application', () => {
  const WRONG: [string, (each: Application) => unknown, string, string][] = [
    [
      'a wrong check digit',
      (each) => ({
        ...each,
        parties: [{ ...each.parties[0], idNumber: '440399199003070015' }, each.parties[1]],
      }),
      'ID_CHECK_DIGIT',
      'parties[0].idNumber',
    ],
    [
      'the same person twice',
      (each) => ({
        ...each,
        parties: [each.parties[0], { ...each.parties[1], idNumber: each.parties[0].idNumber }],
      }),
      'SAME_PERSON_TWICE',
      'parties[1].idNumber',
    ],
    [
      'a marriage after today',
      (each) => ({ ...each, marriage: { ...each.marriage, registeredOn: tomorrow } }),
      'MARRIAGE_DATE_AFTER_TODAY',
      'marriage.registeredOn',
    ],
    [
      'a party under age',
      (each) => ({
        ...each,
        parties: [{ ...each.parties[0], idNumber: identityNumber('2015-01-01', 3) }, each.parties[1]],
      }),
      'PARTY_UNDER_AGE',
      'parties[0].idNumber',
    ],
    ['an unknown venue', (each) => ({ ...each, venueId: 'gm-nowhere' }), 'VENUE_UNKNOWN', 'venueId'],
    [
      'a venue that accepts nothing',
      (each) => ({ ...each, venueId: 'gm-c-biyan' }),
      'VENUE_UNKNOWN',
      'venueId',
    ],
    ['one party only', (each) => ({ ...each, parties: [each.parties[0]] }), 'LIST_LENGTH_WRONG', 'parties'],
    ['no parties', (each) => ({ ...each, parties: undefined }), 'REQUIRED', 'parties'],
    ['an unknown channel', (each) => ({ ...each, channel: 'fax' }), 'VALUE_NOT_ALLOWED', 'channel'],
    [
      'no agreement',
      (each) => ({ ...each, agreement: { ...each.agreement, voluntary: false } }),
      'AGREEMENT_NOT_VOLUNTARY',
      'agreement.voluntary',
    ],
    [
      'a number as a name',
      (each) => ({ ...each, parties: [{ ...each.parties[0], name: 5 }, each.parties[1]] }),
      'TYPE_WRONG',
      'parties[0].name',
    ],
    [
      'a child not yet born',
      (each) => ({ ...each, minorChildren: [{ bornOn: tomorrow }] }),
      'CHILD_BORN_IN_FUTURE',
      'minorChildren[0].bornOn',
    ],
  ];

  it.each(WRONG)('with %s is refused', async (_name, change, code, field) => {
    expectProblem(await post('clerk', '/cases', changed(change)), 422, code, field);
  });

  it('with several faults has all of them named, in the language asked for', async () => {
    const body = changed((each) => ({
      ...each,
      parties: [{ ...each.parties[0], idNumber: '440399199003070015', mobile: '123' }, each.parties[1]],
    }));
    const reply = await post('clerk', '/cases', body, { headers: { 'accept-language': 'zh-HK' } });
    expectProblem(reply, 422, 'VALIDATION_FAILED', 'parties[0].idNumber');
    expect(reply.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'parties[0].idNumber',
      'parties[0].mobile',
    ]);
    expect(reply.body.title).toBe('所填內容有誤，請逐項核對。');
  });

  it('that is refused leaves nothing behind', async () => {
    const wrong = application();
    wrong.parties[0].idNumber = '440399199003070015';
    const mobile = wrong.parties[1].mobile;
    await post('clerk', '/cases', wrong);
    expect((await get('clerk', `/cases?q=${mobile}`)).body.items).toEqual([]);
  });

  it('never echoes what was entered', async () => {
    const wrong = application();
    wrong.parties[0].idNumber = '440399199003070015';
    const reply = await post('clerk', '/cases', wrong);
    expect(reply.bytes.toString()).not.toContain('440399199003070015');
    expect(reply.bytes.toString()).not.toContain(wrong.parties[0].name);
  });
});

describe('a request', () => {
  it('that is not JSON', async () => {
    expectProblem(await post('clerk', '/cases', '{"channel":'), 400, 'MALFORMED_JSON');
  });
  it('that is too large', async () => {
    const huge = JSON.stringify({ ...application(), office: 'x'.repeat(300_000) });
    expectProblem(await post('clerk', '/cases', huge), 413, 'BODY_TOO_LARGE');
  });
  it('of another type', async () => {
    const reply = await post('clerk', '/cases', 'channel=online', {
      headers: { 'content-type': 'text/plain' },
    });
    expectProblem(reply, 415, 'MEDIA_TYPE_NOT_SUPPORTED');
  });
  it('to nowhere', async () => {
    expectProblem(await get('clerk', '/nothing'), 404, 'ROUTE_UNKNOWN');
  });
  it('with another method', async () => {
    const answer = await fetch(`${API}/api/v1/cases`, { method: 'DELETE' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toContain('POST');
  });
  it.each([
    [undefined, 'TOKEN_MISSING'],
    ['Bearer a.b.c', 'TOKEN_INVALID'],
  ])('with the token %s', async (authorization, code) => {
    const answer = await fetch(`${API}/api/v1/cases`, { headers: authorization ? { authorization } : {} });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect(await answer.json()).toMatchObject({ code });
  });
  it('with a token whose role was tampered with', async () => {
    const [head = '', payload = '', signature = ''] = (await tokenOf('clerk')).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, role: 'supervisor' })).toString('base64url');
    const authorization = `Bearer ${head}.${forged}.${signature}`;
    expect((await fetch(`${API}/api/v1/cases`, { headers: { authorization } })).status).toBe(401);
  });
});

describe('an act', () => {
  let caseNumber: string;
  beforeAll(async () => {
    caseNumber = (await post('clerk', '/cases', application())).body.caseNumber;
  });

  it('the stage does not know', async () => {
    const reply = await post('clerk', `/cases/${caseNumber}/acts/withdraw`, { party: 'a' });
    expectProblem(reply, 409, 'ACT_NOT_ALLOWED');
    expect(reply.body).toMatchObject({
      stage: 'draft',
      allowedActs: ['submit', 'refer-counselling', 'correct'],
    });
  });
  it('the stage does not know, with a body that is wrong as well', async () => {
    expectProblem(await post('clerk', `/cases/${caseNumber}/acts/register`, {}), 409, 'ACT_NOT_ALLOWED');
  });
  it('by the wrong role', async () => {
    expectProblem(await post('reviewer', `/cases/${caseNumber}/acts/submit`, {}), 403, 'ROLE_NOT_ALLOWED');
    expectProblem(await post('supervisor', `/cases/${caseNumber}/acts/accept`, {}), 403, 'ROLE_NOT_ALLOWED');
  });
  it('on an unknown case', async () => {
    expectProblem(await post('clerk', '/cases/GM01-2020-999999/acts/submit', {}), 404, 'CASE_UNKNOWN');
    expectProblem(await post('clerk', '/cases/whatever/acts/submit', {}), 404, 'CASE_UNKNOWN');
  });
  it('nobody knows', async () => {
    expectProblem(await post('clerk', `/cases/${caseNumber}/acts/celebrate`, {}), 404, 'ACT_UNKNOWN');
  });
  it('at an unknown venue', async () => {
    const reply = await post('clerk', `/cases/${caseNumber}/acts/submit`, { venueId: 'gm-nowhere' });
    expectProblem(reply, 422, 'VENUE_UNKNOWN', 'venueId');
  });
  it('of correction that changes nothing, or makes the application wrong', async () => {
    const path = `/cases/${caseNumber}/acts/correct`;
    expectProblem(await post('clerk', path, { reason: 'x' }), 422, 'NOTHING_TO_CORRECT');
    const parties = { a: { idNumber: '440399199003070015' } };
    expectProblem(
      await post('clerk', path, { reason: 'x', parties }),
      422,
      'ID_CHECK_DIGIT',
      'parties[0].idNumber',
    );
  });
  it('moves no case but one of the rehearsal in time', async () => {
    const reply = await post('clerk', `/rehearsal/cases/${caseNumber}/fast-forward`, { days: 27 });
    expectProblem(reply, 409, 'NOT_A_REHEARSAL_CASE');
  });
});

describe('a list, a date, an import', () => {
  it.each([
    ['/cases?cursor=!!!', 'CURSOR_INVALID', 'cursor'],
    ['/cases?stage=divorced', 'VALUE_NOT_ALLOWED', 'stage'],
    ['/cases?limit=0', 'NUMBER_OUT_OF_RANGE', 'limit'],
    ['/legal-clock?receivedOn=2026-02-31', 'DATE_INVALID', 'receivedOn'],
    ['/legal-clock?receivedOn=1899-01-01', 'DATE_OUT_OF_RANGE', 'receivedOn'],
    ['/legal-clock', 'REQUIRED', 'receivedOn'],
  ])('GET %s', async (path, code, field) => {
    expectProblem(await get('clerk', path), 422, code, field);
  });

  it.each([
    [tomorrow, 'RECEIVED_ON_IN_FUTURE'],
    ['2026-11-01', 'RECEIVED_ON_NOT_WORKING_DAY'],
  ])('an import received on %s', async (receivedOn, code) => {
    const reply = await post('supervisor', '/cases/import', {
      ...application(),
      receivedOn,
      reason: '纸质案件',
    });
    expectProblem(reply, 422, code, 'receivedOn');
  });

  it('an import without a reason, or by a clerk', async () => {
    const body = { ...application(), receivedOn: '2026-11-02' };
    expectProblem(await post('supervisor', '/cases/import', body), 422, 'REQUIRED', 'reason');
    expectProblem(await post('clerk', '/cases/import', { ...body, reason: 'x' }), 403, 'ROLE_NOT_ALLOWED');
  });

  it('an Idempotency-Key that is too long', async () => {
    const headers = { 'idempotency-key': 'x'.repeat(201) };
    expectProblem(await post('clerk', '/cases', application(), { headers }), 422, 'IDEMPOTENCY_KEY_INVALID');
  });
});
