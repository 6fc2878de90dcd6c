import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOTICE_STATES } from '../../activities/notices/notice-store.ts';
import { addDays, type PlainDate } from '../../domain/plain-date.ts';
import { dateAt, instantAt } from '../../domain/zoned-time.ts';
import { daysFrom } from '../../api/reminders/get-reminder.ts';
import { summaryOf } from '../../api/reminders/summary.ts';
import { countReminders, listReminders } from '../../prisma/queries/reminders.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { get, post, type Reply } from './support/client.ts';
import { application } from './support/couples.ts';
import { addressOf, keepNotices, noticeRow } from './support/notices.ts';

interface Item {
  readonly id: string;
  readonly caseNumber: string;
  readonly party: string;
  readonly kind: string;
  readonly state: string;
  readonly proof: string;
  readonly declined: boolean;
  readonly late?: boolean;
  readonly attempts: readonly { readonly n: number; readonly channel: string; readonly state: string }[];
}
interface Day {
  readonly summary: Record<string, number> & {
    readonly byKind: Record<string, Record<string, number>>;
    readonly byChannel: Record<string, Record<string, number>>;
  };
  readonly items: readonly Item[];
  readonly nextCursor?: string;
}
const day = (reply: Reply) => reply.body as unknown as Day;

/** Days nobody else writes notices for, also when the tests run twice on one system. */
const FULL_DAY = addDays('2100-01-01' as PlainDate, randomInt(250_000));
const LONG_DAY = addDays(FULL_DAY, 1);
const SAFE_DAY = addDays(FULL_DAY, 2);
const READ_DAY = addDays(FULL_DAY, 3);
const at = (on: PlainDate, time = '09:00') => new Date(instantAt(on, time));

let district: District;
let caseNumber: string;
let protectedCase: string;
beforeAll(async () => {
  district = await openDistrict();
  caseNumber = (await post('clerk', '/cases', application())).body.caseNumber;
  const couple = application();
  const parties = [{ ...couple.parties[0], safety: true }, couple.parties[1]];
  protectedCase = (await post('clerk', '/cases', { ...couple, parties })).body.caseNumber;
  await keepNotices(
    district,
    NOTICE_STATES.map((state) => noticeRow({ caseNumber, state, dueAt: at(FULL_DAY) })),
  );
});
afterAll(() => district.close());

/** A cursor that no list has given out. */
function forged(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Every page of a list, in small pieces. */
async function pages(path: string, role: 'quality' | 'clerk' = 'quality'): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor: next } = day(await get(role, path + (cursor ? `&cursor=${cursor}` : '')));
    all.push(...items);
    cursor = next;
  } while (cursor !== undefined);
  return all;
}

describe('the reminders of a day', () => {
  it('are counted once each, whatever became of them', async () => {
    const { summary } = day(await get('quality', `/reminders?on=${FULL_DAY}`));
    expect(summary).toMatchObject({
      due: 10,
      planned: 1,
      waiting: 2,
      sent: 1,
      delivered: 1,
      calledInstead: 1,
      toCall: 1,
      failed: 2,
      suppressed: 1,
      cancelled: 1,
    });
    expect(summary.byKind['window-open']).toMatchObject({ due: 10, failed: 2 });
    expect(summary.byChannel['call']).toMatchObject({ due: 2, calledInstead: 1, toCall: 1 });
  });

  it('are paged without gap or repetition, though all have the same hour', async () => {
    const all = await pages(`/reminders?on=${FULL_DAY}&limit=3`);
    expect(all.map(({ state }) => state).sort()).toEqual([...NOTICE_STATES].sort());
    expect(new Set(all.map(({ id }) => id)).size).toBe(NOTICE_STATES.length);
  });

  it.each([
    ['state=to-call,failed', 2],
    ['kind=window-open', 11],
    ['kind=registered', 0],
    ['party=b', 0],
  ])('are narrowed by %s, and the numbers stay those of the day', async (query, many) => {
    const { items, summary } = day(await get('quality', `/reminders?on=${FULL_DAY}&${query}`));
    expect(items).toHaveLength(many);
    expect(summary['due']).toBe(10);
  });

  it('say in words of the reader’s language what became of them', async () => {
    const path = `/reminders?on=${FULL_DAY}&state=to-call`;
    expect(day(await get('quality', path, { 'accept-language': 'en' })).items[0]?.proof).toBe(
      'To be told by telephone.',
    );
    expect(day(await get('quality', path, { 'accept-language': 'zh-CN' })).items[0]?.proof).toBe(
      '须由工作人员电话告知。',
    );
  });

  it.each([
    ['on=2026-02-30', 'DATE_INVALID'],
    ['on=tomorrow', 'DATE_INVALID'],
    [`on=${FULL_DAY}&state=lost`, 'VALUE_NOT_ALLOWED'],
    [`on=${FULL_DAY}&cursor=eA`, 'CURSOR_INVALID'],
    [`on=${FULL_DAY}&limit=1000`, 'NUMBER_OUT_OF_RANGE'],
    [`on=${FULL_DAY}&cursor=${forged({ dueAt: 9e15, id: 'x' })}`, 'CURSOR_INVALID'],
    [`on=${FULL_DAY}&cursor=${forged({ dueAt: 0, id: 'a\u0000b' })}`, 'CURSOR_INVALID'],
  ])('asked for by %s are refused', async (query, code) => {
    const reply = await get('quality', `/reminders?${query}`);
    expect(reply).toMatchObject({ status: 422, body: { code } });
  });

  it('stand there for days to come, as soon as a case is accepted', async () => {
    const receivedOn = '2026-11-20';
    const paper = { ...application(), receivedOn, reason: '纸质案件' };
    const imported = await post('supervisor', '/cases/import', paper);
    const { caseNumber: planned } = imported.body;
    const clock = (await get('clerk', `/legal-clock?receivedOn=${receivedOn}`)).body as unknown as {
      coolingOffLastDay: PlainDate;
    };
    const on = addDays(clock.coolingOffLastDay, -3);
    await expectSoon(async () => {
      const items = (await pages(`/reminders?on=${on}&kind=cooling-off-ending&limit=200`)).filter(
        (each) => each.caseNumber === planned,
      );
      expect(items.map(({ party, state }) => [party, state])).toEqual([
        ['a', 'planned'],
        ['b', 'planned'],
      ]);
    });
  });

  it('are kept apart from those of rehearsals', async () => {
    expect(day(await get('quality', `/reminders?on=${FULL_DAY}&realm=rehearsal`))).toMatchObject({
      summary: { due: 0 },
      items: [],
    });
  });

  it.each(['reviewer', 'counsellor', 'dispatcher', 'archivist', 'admin'] as const)(
    'are not for a %s',
    async (role) => {
      expect((await get(role, `/reminders?on=${FULL_DAY}`)).body.code).toBe('ROLE_NOT_ALLOWED');
    },
  );

  it('of another office are not shown to its neighbour', async () => {
    const whole = { realm: 'live', seesSafety: true, ...daysFrom(FULL_DAY), limit: 50 } as const;
    const seenFrom = async (venue: string) => {
      const scope = { ...whole, visibleVenues: [venue] };
      const counts = await countReminders(district.db, scope);
      return [(await listReminders(district.db, scope)).length, summaryOf(counts).due];
    };
    expect(await seenFrom('gm-centre')).toEqual([11, 10]);
    expect(await seenFrom('gm-xinhu')).toEqual([0, 0]);
  });

  it('do not tell who must be protected from whom', async () => {
    const facts = { caseNumber: protectedCase, state: 'suppressed', dueAt: at(SAFE_DAY) };
    const [hidden = ''] = await keepNotices(district, [
      noticeRow({ ...facts, party: 'b', kind: 'status-changed' }),
    ]);
    expect(day(await get('clerk', `/reminders?on=${SAFE_DAY}`)).summary['due']).toBe(1);
    expect(day(await get('quality', `/reminders?on=${SAFE_DAY}`)).summary['due']).toBe(0);
    expect((await get('auditor', addressOf(hidden))).body.code).toBe('REMINDER_UNKNOWN');
    for (const [role, seen] of [
      ['clerk', true],
      ['auditor', false],
    ] as const) {
      const { notices } = (await get(role, `/cases/${protectedCase}/notices`)).body;
      expect(notices.some(({ kind }) => kind === 'status-changed')).toBe(seen);
      const log = (await get(role, `/cases/${protectedCase}/timeline`)).bytes.toString();
      expect(log.includes('status-changed')).toBe(seen);
    }
  });
});

describe('twenty thousand reminders on one day', () => {
  const MANY = 20_000;
  afterAll(() => district.db.notice.deleteMany({ where: { dueAt: at(LONG_DAY) } }));

  it('are counted and paged within a second', async () => {
    await district.db.$executeRaw`
      INSERT INTO notice (id, case_number, party, kind, deadline_version, offset_days, channels, channel, state, due_at, props)
      SELECT ${caseNumber} || '/a/window-open/v1/0/' || n, ${caseNumber}, 'a', 'window-open', 1, 0, '{sms}', 'sms',
             'delivered', ${at(LONG_DAY)}, '{}'
      FROM generate_series(1, ${MANY}) AS n`;
    const first = day(await get('quality', `/reminders?on=${LONG_DAY}&limit=200`));
    expect(first.summary).toMatchObject({ due: MANY, delivered: MANY });
    const began = performance.now();
    const second = day(
      await get('quality', `/reminders?on=${LONG_DAY}&limit=200&cursor=${first.nextCursor ?? ''}`),
    );
    expect(performance.now() - began).toBeLessThan(1_000);
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(400);
    expect(second.nextCursor).toBeDefined();
  });
});

describe('one notice', () => {
  it('shows its attempts, and its words to those who may read them', async () => {
    const text = '【示例】业务提醒';
    const row = noticeRow(
      { caseNumber, state: 'delivered', dueAt: at(READ_DAY) },
      {
        attempts: 2,
        channel: 'email',
        deliveredAt: at(READ_DAY, '09:02'),
        sealedText: await district.cipher.seal(caseNumber, 'notice.text', text),
      },
    );
    const [id = ''] = await keepNotices(district, [row]);
    const tried = (n: number, channel: string, state: string) => ({
      noticeId: id,
      n,
      channel,
      state,
      parts: 1,
    });
    const words = {
      at: row.dueAt,
      templateVersion: 'window-open.1',
      sealedText: await district.cipher.seal(caseNumber, 'notice.text', text),
    };
    await district.db.noticeAttempt.createMany({
      data: [
        { ...tried(1, 'sms', 'rejected'), ...words, error: '21211' },
        { ...tried(2, 'email', 'delivered'), ...words },
      ],
    });
    const quality = await get('quality', addressOf(id), { 'accept-language': 'en' });
    expect(quality.body).toMatchObject({
      id,
      proof: `Not delivered by text message at ${READ_DAY} 09:00 (21211); delivered by e-mail at ${READ_DAY} 09:02.`,
      attempts: [
        { n: 1, channel: 'sms', state: 'rejected', error: '21211' },
        { n: 2, channel: 'email', state: 'delivered' },
      ],
    });
    expect(quality.bytes.toString()).not.toContain('示例');
    expect((await get('supervisor', addressOf(id))).body).toMatchObject({
      text,
      texts: [
        { n: 1, text },
        { n: 2, text },
      ],
    });
    const read = await district.db.auditEntry.findMany({
      where: { stream: caseNumber, action: 'read-notice' },
      orderBy: { seq: 'asc' },
    });
    expect(read.map(({ actor, detail }) => [actor, (detail as { texts: boolean }).texts])).toEqual([
      ['demo-quality', false],
      ['demo-supervisor', true],
    ]);
  });

  it('says to every reader who rang, and what was noted to those who may read it', async () => {
    const [id = ''] = await keepNotices(district, [
      noticeRow({ caseNumber, state: 'to-call', dueAt: at(READ_DAY) }),
    ]);
    await post('clerk', `${addressOf(id)}/calls`, { outcome: 'no-answer', note: '无人接听' });
    const quality = await get('quality', addressOf(id));
    expect(quality.body).toMatchObject({ callLog: [{ by: 'demo-clerk', outcome: 'no-answer' }] });
    expect(quality.bytes.toString()).not.toContain('无人接听');
    expect((await get('supervisor', addressOf(id))).bytes.toString()).toContain('无人接听');
  });

  it('whose id has control characters is refused', async () => {
    expect(await get('quality', '/reminders/a%00b')).toMatchObject({
      status: 422,
      body: { code: 'FORMAT_WRONG' },
    });
  });

  it('that is not there is not found', async () => {
    expect(await get('quality', addressOf(`${caseNumber}/a/x/v1/0`))).toMatchObject({
      status: 404,
      body: { code: 'REMINDER_UNKNOWN' },
    });
  });
});

describe('people who could not be warned', () => {
  it('stand in the order of their urgency, the lost causes last, the handled nowhere', async () => {
    const dueAt = new Date();
    const inHours = (hours: number) => ({ usefulUntil: new Date(Date.now() + hours * 3_600_000) });
    const make = (state: string, more: object) => noticeRow({ caseNumber, state, dueAt }, more);
    const ids = await keepNotices(district, [
      make('failed', inHours(48)),
      make('to-call', inHours(-1)),
      make('undelivered', inHours(2)),
      make('to-call', { usefulUntil: null }),
      make('to-call', { ...inHours(1), handledAt: dueAt, handledBy: 'staff-1' }),
      make('delivered', inHours(1)),
      make('failed', { ...inHours(1), optional: true }),
    ]);
    const [later, late, soon, open] = ids;
    const mine = (await pages('/reminders/unwarned?limit=2')).filter(({ id }) => ids.includes(id));
    expect(mine.map(({ id }) => id)).toEqual([soon, later, open, late]);
    expect(mine.map((each) => each.late)).toEqual([false, false, false, true]);
    expect((await get('dispatcher', '/reminders/unwarned')).status).toBe(200);
    expect((await get('reviewer', '/reminders/unwarned')).body.code).toBe('ROLE_NOT_ALLOWED');
  });
});

describe('the plan of the week', () => {
  it('counts by hour and kind, and names whom no gateway can reach', async () => {
    const today = dateAt(Date.now());
    const on = addDays(today, 5);
    const facts = { caseNumber, state: 'planned', dueAt: at(on, '10:20') };
    const before = (await planOn(on)).copies;
    const [, unreachable = ''] = await keepNotices(district, [
      noticeRow({ ...facts, kind: 'archive-copy' }),
      noticeRow({ ...facts, kind: 'archive-copy' }, { channels: ['call'], channel: 'call' }),
      noticeRow({ ...facts, kind: 'archive-copy', state: 'cancelled' }),
    ]);
    const { days, planned, copies, named } = await planOn(on);
    expect(days).toEqual(Array.from({ length: 8 }, (_, n) => addDays(today, n)));
    expect(copies - before).toBe(2);
    expect(planned?.unreachable).toBeGreaterThanOrEqual(1);
    expect(named).toContain(unreachable);
  });
});

async function planOn(on: string) {
  const { days, unreachable } = (await get('quality', '/reminders/plan')).body as unknown as {
    days: { on: string; hours: { hour: string; byKind: Record<string, number> }[]; unreachable: number }[];
    unreachable: { id: string }[];
  };
  const planned = days.find((each) => each.on === on);
  return {
    days: days.map((each) => each.on),
    planned,
    copies: planned?.hours.find(({ hour }) => hour === '10:00')?.byKind['archive-copy'] ?? 0,
    named: unreachable.map(({ id }) => id),
  };
}

async function expectSoon(check: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await check();
      return;
    } catch (error) {
      if (attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
