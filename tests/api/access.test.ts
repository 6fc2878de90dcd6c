import { beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../domain/case/vocabulary.ts';
import { API, get, post } from './support/client.ts';
import { application } from './support/couples.ts';

let caseNumber: string;
const body = application();
beforeAll(async () => {
  const [a, b] = body.parties;
  const parties = [{ ...a, safety: true }, b];
  caseNumber = (await post('clerk', '/cases', { ...body, parties })).body.caseNumber;
});

describe('personal data', () => {
  it.each(ROLES)('is shown to %s as far as the role needs it', async (role) => {
    const [a, b] = body.parties;
    const reply = await get(role, `/cases/${caseNumber}`);
    expect(reply.status).toBe(200);
    const text = reply.bytes.toString();
    const registrar = role === 'clerk' || role === 'reviewer' || role === 'supervisor';
    expect(text.includes(a.idNumber)).toBe(registrar);
    for (const contact of [a.mobile, b.mobile, b.address]) expect(text).not.toContain(contact);
    const one = (await get(role, `/cases/${caseNumber}?party=b`)).bytes.toString();
    expect(one.includes(b.mobile)).toBe(registrar || role === 'counsellor' || role === 'dispatcher');
    expect(one).not.toContain(a.mobile);
    expect(text.includes(a.name)).toBe(role !== 'quality' && role !== 'admin');
  });

  it.each(ROLES)('tells %s of a party to be protected only if they arrange visits', async (role) => {
    const reply = await get(role, `/cases/${caseNumber}`);
    const arranges = role === 'clerk' || role === 'counsellor' || role === 'supervisor';
    expect(reply.bytes.toString().includes('safety')).toBe(arranges);
    const listed = await get(role, `/cases?q=${caseNumber}`);
    expect(listed.bytes.toString().includes('safety')).toBe(arranges);
  });

  it('shows a dispatcher one party at a time, and no address of a protected one', async () => {
    const [a, b] = body.parties;
    const one = (await get('dispatcher', `/cases/${caseNumber}?party=b`)).body.parties as object[];
    expect(one).toEqual([
      expect.objectContaining({ label: 'b', mobile: `+86${b.mobile}`, address: b.address }),
    ]);
    const other = await get('dispatcher', `/cases/${caseNumber}?party=a`);
    expect(other.body.parties).toEqual([expect.objectContaining({ label: 'a', mobile: `+86${a.mobile}` })]);
    expect(other.bytes.toString()).not.toContain(a.address);
  });

  it('is found by the whole of a name or number, never by a part', async () => {
    const [{ idNumber, mobile }] = body.parties;
    const found = async (q: string) =>
      ((await get('clerk', `/cases?q=${q}`)).body.items as { caseNumber: string }[]).map(
        (each) => each.caseNumber,
      );
    expect(await found(idNumber)).toEqual([caseNumber]);
    expect(await found(mobile)).toEqual([caseNumber]);
    expect(await found(idNumber.slice(0, 12))).toEqual([]);
  });
});

describe('roles', () => {
  it.each([
    ['clerk', 'history'],
    ['clerk', 'archive'],
    ['quality', 'findings'],
    ['admin', 'papers/application.pdf'],
    ['counsellor', 'documents/x'],
  ] as const)('%s may not read %s', async (role, what) => {
    const reply = await get(role, `/cases/${caseNumber}/${what}`);
    expect(reply).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
  });
});

describe('pages of the work-list', () => {
  it('follow each other without gap or repetition', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await get('clerk', `/cases?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...(page.body.items as { caseNumber: string }[]).map((each) => each.caseNumber));
      cursor = page.body.nextCursor;
    } while (cursor !== undefined && seen.length < 20);
    expect(new Set(seen).size).toBe(seen.length);
    expect([...seen].sort()).toEqual(seen);
  });
});

describe('what needs no token', () => {
  it.each([
    '/',
    '/docs',
    '/problems',
    '/healthz',
    '/readyz',
    '/api/v1/openapi.json',
    '/docs/assets/swagger-ui.css',
  ])('%s', async (path) => {
    const answer = await fetch(API + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('metrics tell of stages and routes, never of a case', async () => {
    const text = await (await fetch(`${API}/metrics`)).text();
    expect(text).toContain('heli_cases{realm="live",stage="draft"}');
    expect(text).toContain('route="/api/v1/cases/{caseNumber}"');
    expect(text).not.toContain(caseNumber);
  });
});
