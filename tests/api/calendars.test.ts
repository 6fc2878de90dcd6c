import { describe, expect, it } from '@jest/globals';
import { get, post, type Reply } from './support/client.ts';
import { until } from './support/accepted-case.ts';
import { application } from './support/couples.ts';

const FIXED = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];
const isWeekend = (date: string) => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const february = (year: number) =>
  Array.from({ length: 28 }, (_, day) => `${year}-02-${String(day + 1).padStart(2, '0')}`);

/** A notice as they are: thirteen more weekdays off than weekend days worked. */
function noticeOf(year: number): { off: string[]; makeUp: string[] } {
  const makeUp = [1, 2, 3, 4, 5, 6, 7].map((day) => `${year}-03-0${day}`).filter(isWeekend);
  const off = FIXED.map((monthDay) => `${year}-${monthDay}`);
  for (const day of february(year)) {
    if (off.filter((each) => !isWeekend(each)).length === 13 + makeUp.length) break;
    off.push(day);
  }
  return { off, makeUp };
}

const proposalOf = (year: number, changes: object = {}) => ({
  year,
  source: '国办发明电',
  publishedOn: `${year - 1}-11-04`,
  ...noticeOf(year),
  ...changes,
});

const csvOf = ({ off, makeUp }: { off: string[]; makeUp: string[] }) =>
  ['date,kind', ...off.map((day) => `${day},off`), ...makeUp.map((day) => `${day},make-up`)].join('\r\n');
const upload = (year: number, csv: string, query = '') =>
  post('supervisor', `/calendars?year=${year}&source=x&publishedOn=${year - 1}-11-04${query}`, csv, {
    headers: { 'content-type': 'text/csv; charset=utf-8' },
  });

interface Fault {
  readonly field: string;
  readonly code: string;
  readonly line?: number;
  readonly value?: string;
}
const faultsOf = (reply: Reply) => reply.body.errors as readonly Fault[];
const revisionsOf = async (year: number) =>
  (await get('auditor', '/calendars')).body.calendars.filter((each) => each.year === year);

describe('the legal clock', () => {
  it.each([
    ['2026-01-16', '2026-02-24', '2026-02-25', '2026-03-26', false],
    ['2026-02-24', '2026-03-26', '2026-03-27', '2026-04-27', false],
    ['2026-04-01', '2026-05-06', '2026-05-07', '2026-06-05', false],
    ['2026-09-10', '2026-10-10', '2026-10-12', '2026-11-09', false],
  ])('of %s', async (receivedOn, coolingOffLastDay, claimFirstWorkingDay, claimLastDay, provisional) => {
    const reply = await get('clerk', `/legal-clock?receivedOn=${receivedOn}`);
    expect(reply.body).toMatchObject({
      receivedOn,
      coolingOffLastDay,
      claimFirstWorkingDay,
      claimLastDay,
      provisional,
    });
    expect(reply.body.basis[0]).toMatchObject({ rule: '民法典 1077', text: { en: expect.any(String) } });
    expect(reply.body.calendarVersion).toContain('2026.');
  });

  it('warns of a day on which no office is open', async () => {
    const reply = await get('clerk', '/legal-clock?receivedOn=2026-02-16');
    expect(reply.body).toMatchObject({ receivedOnIsWorkingDay: false, coolingOffLastDay: '2026-03-18' });
    expect(reply.body.warnings).toHaveLength(1);
  });
});

describe('a calendar', () => {
  it('comes into force when a second person approves it, and is recomputed', async () => {
    const year = 2190;
    const proposal = proposalOf(year);
    expect((await post('clerk', '/calendars', proposal)).status).toBe(403);
    const proposed = await post('supervisor', '/calendars', proposal);
    expect(proposed).toMatchObject({ status: 201, body: { state: 'proposed', affected: [] } });
    const own = await post('supervisor', `/calendars/${year}/approve`, {});
    expect(own).toMatchObject({ status: 403, body: { code: 'SECOND_PERSON_REQUIRED' } });
    const other = await post('admin', `/calendars/${year}/approve`, { revision: 99 });
    expect(other).toMatchObject({ status: 409, body: { code: 'CALENDAR_PROPOSAL_REPLACED' } });
    const approved = await post('admin', `/calendars/${year}/approve`, {});
    expect(approved).toMatchObject({
      status: 200,
      body: {
        state: 'published',
        approvedBy: 'demo-admin',
        recomputation: {
          id: `${year}.1`,
          counts: { earlier: 0, later: 0, settled: 0, none: 0, unchanged: 0 },
        },
      },
    });
    const again = await post('admin', `/calendars/${year}/approve`, {});
    expect(again).toMatchObject({
      status: 200,
      body: { revision: 1, state: 'published', approvedBy: 'demo-admin', recomputation: { id: `${year}.1` } },
    });
    const late = await post('supervisor', `/calendars/${year}/approve`, {});
    expect(late).toMatchObject({ status: 404, body: { code: 'CALENDAR_UNKNOWN' } });
    expect((await revisionsOf(year)).map(({ state }) => state)).toEqual(['published']);
    await until(async () => (await get('quality', `/recomputations/${year}.1`)).body.state === 'done');
    expect((await get('clerk', `/recomputations/${year}.1`)).status).toBe(403);
    const paused = await post('admin', `/recomputations/${year}.1/pause`, {});
    expect(paused).toMatchObject({ status: 409, body: { code: 'RECOMPUTATION_NOT_RUNNING' } });
    const resumed = await post('admin', `/recomputations/${year}.1/resume`, {});
    expect(resumed).toMatchObject({ status: 409, body: { code: 'RECOMPUTATION_NOT_PAUSED' } });
    expect((await get('admin', '/recomputations/2190.9')).body.code).toBe('RECOMPUTATION_UNKNOWN');
  });

  it('with wrong dates is refused, each named, and in formatted JSON by its line', async () => {
    const { off, makeUp } = noticeOf(2191);
    const proposal = proposalOf(2191, { off: [...off, '2191-02-30'], makeUp: ['2191-03-02', ...makeUp] });
    const reply = await post('supervisor', '/calendars', proposal);
    expect(reply.status).toBe(422);
    const named = [
      { field: `off[${off.length}]`, code: 'CALENDAR_DATE_INVALID', value: '2191-02-30' },
      { field: 'makeUp[0]', code: 'CALENDAR_MAKE_UP_NOT_WEEKEND', value: '2191-03-02' },
    ];
    expect(faultsOf(reply)).toMatchObject(named);
    expect(faultsOf(reply).some(({ line }) => line !== undefined)).toBe(false);
    const text = JSON.stringify(proposal, null, 2);
    const formatted = await post('supervisor', '/calendars', text);
    const lineOf = (date: string) => text.split('\n').findIndex((line) => line.includes(date)) + 1;
    expect(faultsOf(formatted)).toMatchObject(named.map((each) => ({ ...each, line: lineOf(each.value) })));
    expect(await revisionsOf(2191)).toEqual([]);
  });

  it('that looks unlikely is kept only when that is confirmed', async () => {
    const year = 2192;
    const proposal = proposalOf(year, { makeUp: [] });
    const flagged = await post('supervisor', '/calendars', proposal);
    expect(flagged).toMatchObject({
      status: 422,
      body: {
        code: 'CALENDAR_CONFIRMATION_REQUIRED',
        confirm: ['CALENDAR_NO_MAKE_UP_DAYS'],
        errors: [{ field: 'makeUp', code: 'CALENDAR_NO_MAKE_UP_DAYS' }],
      },
    });
    expect(await revisionsOf(year)).toEqual([]);
    const unknown = await post('supervisor', '/calendars', { ...proposal, confirm: ['ANYTHING'] });
    expect(faultsOf(unknown)).toMatchObject([{ field: 'confirm[0]', code: 'VALUE_NOT_ALLOWED' }]);
    const confirmed = { ...proposal, confirm: ['CALENDAR_NO_MAKE_UP_DAYS'] };
    expect(await post('supervisor', '/calendars', confirmed)).toMatchObject({
      status: 201,
      body: { flags: [{ code: 'CALENDAR_NO_MAKE_UP_DAYS' }] },
    });
  });

  it('of a year that is published is flagged with the days that differ', async () => {
    const seeded = (await revisionsOf(2026)).find(({ state }) => state === 'published') as unknown as {
      off: string[];
      makeUp: string[];
    };
    const date = (monthDay: string) => `2026-${monthDay}`;
    const days = {
      off: [...new Set([...seeded.off.map(date), '2026-05-02', '2026-10-03'])],
      makeUp: seeded.makeUp.map(date),
    };
    const same = await upload(2026, csvOf(days));
    expect(same.body).toMatchObject({ confirm: ['CALENDAR_YEAR_PUBLISHED_SAME'] });
    const differing = await upload(2026, csvOf({ ...days, off: [...days.off, '2026-12-30'] }));
    const line = days.off.length + 2;
    expect(differing.body).toMatchObject({
      code: 'CALENDAR_CONFIRMATION_REQUIRED',
      confirm: ['CALENDAR_YEAR_PUBLISHED_DIFFERS'],
      errors: [{ field: 'date', code: 'CALENDAR_YEAR_PUBLISHED_DIFFERS', value: '2026-12-30', line }],
      flags: [{ days: [{ date: '2026-12-30', before: 'working', after: 'holiday' }] }],
    });
    expect((await revisionsOf(2026)).map(({ state }) => state)).not.toContain('proposed');
  });

  it('shows whom it would concern before anything changes, and again before it is approved', async () => {
    const receivedOn = '2026-11-10';
    const imported = await post('supervisor', '/cases/import', {
      ...application(),
      receivedOn,
      reason: '纸质案件',
    });
    expect(imported.status).toBe(201);
    const { caseNumber } = imported.body as { caseNumber: string };
    await until(async () => (await get('clerk', `/cases/${caseNumber}`)).body.stage === 'cooling-off');
    const { off, makeUp } = noticeOf(2027);
    const { body } = await post(
      'supervisor',
      '/calendars',
      proposalOf(2027, { off: [...off, '2027-01-11'], makeUp }),
    );
    const own = {
      caseNumber,
      before: { claimLastDay: '2027-01-11', provisional: true },
      after: { claimLastDay: '2027-01-12', provisional: false },
      change: 'later',
    };
    const find = (affected: readonly { caseNumber: string }[]) =>
      affected.find((each) => each.caseNumber === caseNumber);
    expect(find(body.affected)).toMatchObject(own);
    const preview = await get('admin', '/calendars/2027/preview');
    expect(find(preview.body.affected)).toMatchObject(own);
    const { counts } = preview.body as unknown as { counts: Record<string, number> };
    expect(counts['later']).toBeGreaterThan(0);
    const paged = await get('admin', '/calendars/2027/preview?limit=1');
    expect(paged.body.affected).toHaveLength(1);
    expect((await get('clerk', `/cases/${caseNumber}`)).body.clock.claimLastDay).toBe('2027-01-11');
    expect((await get('admin', '/calendars/2189/preview')).body.code).toBe('CALENDAR_UNKNOWN');
  });
});

describe('a calendar file', () => {
  it('is taken as the same proposal', async () => {
    const year = 2193;
    const reply = await upload(year, `\uFEFF# 国办发明电\r\n${csvOf(noticeOf(year))}\r\n`);
    expect(reply).toMatchObject({ status: 201, body: { year, revision: 1, state: 'proposed' } });
    const json = await post('supervisor', '/calendars', proposalOf(year));
    const { off, makeUp } = reply.body as unknown as { off: string[]; makeUp: string[] };
    expect(makeUp).toHaveLength(2);
    expect(json.body).toMatchObject({ revision: 2, off, makeUp });
    const unseen = await post('admin', `/calendars/${year}/approve`, { revision: 1 });
    expect(unseen).toMatchObject({ status: 409, body: { code: 'CALENDAR_PROPOSAL_REPLACED', revision: 2 } });
    // The same days, a moment later: whoever looked at the first has seen the second.
    const seen = await post('admin', `/calendars/${year}/approve`, {});
    expect(seen).toMatchObject({ status: 200, body: { revision: 2, state: 'published' } });
  });

  const year = 2194;
  const good = csvOf(noticeOf(year));
  const lines = good.split('\r\n').length;
  it.each([
    ['an impossible date', `${good}\r\n2194-02-30,off`, 'date', 'CALENDAR_DATE_INVALID', lines + 1],
    ['a date twice', `${good}\r\n2194-10-01,休`, 'date', 'CALENDAR_DATE_TWICE', lines + 1],
    [
      'a day off and worked',
      `${good}\r\n2194-02-08,off\r\n2194-02-08,班`,
      'date',
      'CALENDAR_DATE_OFF_AND_WORKED',
      lines + 2,
    ],
    ['another year', `${good}\r\n2195-01-01,off`, 'date', 'CALENDAR_DATE_OTHER_YEAR', lines + 1],
    ['a make-up Monday', `${good}\r\n2194-03-10,班`, 'date', 'CALENDAR_MAKE_UP_NOT_WEEKEND', lines + 1],
    ['an unknown kind', `${good}\r\n2194-11-03,maybe`, 'kind', 'CALENDAR_FILE_KIND_UNKNOWN', lines + 1],
    ['half a line', `${good}\r\n2194-11-03`, 'file', 'CALENDAR_FILE_LINE_MALFORMED', lines + 1],
    ['no header', good.slice(good.indexOf('\n') + 1), 'file', 'CALENDAR_FILE_HEADER_WRONG', 1],
    ['nothing', 'date,kind', 'file', 'CALENDAR_FILE_EMPTY', 1],
    ['bytes of something else', `${good}\u0000`, 'file', 'CALENDAR_FILE_NOT_TEXT', lines],
  ])('with %s is refused by its line', async (_what, csv, field, code, line) => {
    const reply = await upload(year, csv);
    expect(reply.status).toBe(422);
    expect(faultsOf(reply)).toContainEqual(expect.objectContaining({ field, code, line }));
    expect(await revisionsOf(year)).toEqual([]);
  });

  it('is refused without a statutory day, in another encoding, too large or without its year', async () => {
    const missing = await upload(year, good.replace('2194-05-01,off\r\n', ''));
    expect(faultsOf(missing)).toMatchObject([
      { field: 'off', code: 'CALENDAR_STATUTORY_DAY_MISSING', value: '2194-05-01' },
    ]);
    const large = await upload(year, `${good}\r\n${'#'.repeat(70_000)}`);
    expect(large).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
    const nameless = await post('supervisor', '/calendars?year=soon', good, {
      headers: { 'content-type': 'text/csv' },
    });
    expect(faultsOf(nameless).map(({ field }) => field)).toEqual(['year', 'source', 'publishedOn']);
    const unread = await post('supervisor', '/calendars', good, {
      headers: { 'content-type': 'text/csv; charset=x-none' },
    });
    expect(unread.status).toBe(422);
    const other = await post('supervisor', '/calendars', good, { headers: { 'content-type': 'text/html' } });
    expect(other).toMatchObject({ status: 415, body: { code: 'MEDIA_TYPE_NOT_SUPPORTED' } });
    expect(await revisionsOf(year)).toEqual([]);
  });

  it('is flagged like any proposal, and confirmed in its address', async () => {
    const bare = csvOf({ ...noticeOf(2195), makeUp: [] });
    const flagged = await upload(2195, bare);
    expect(flagged.body).toMatchObject({ confirm: ['CALENDAR_NO_MAKE_UP_DAYS'] });
    const confirmed = await upload(2195, bare, '&confirm=CALENDAR_NO_MAKE_UP_DAYS');
    expect(confirmed.status).toBe(201);
  });
});
