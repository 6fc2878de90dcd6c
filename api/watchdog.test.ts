import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { openAlarms } from '../prisma/alarms.ts';
import { beginRun, finishRun } from '../prisma/queries/reconciliation-runs.ts';
import { testDatabase, type TestDatabase } from '../prisma/test-support/database.ts';
import { alarmMailing } from './alarms/mail-alarms.ts';
import type { ApiDependencies } from './dependencies.ts';
import { readHealth, watch } from './watchdog.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CODE = 'RECONCILIATION_MISSED';

let test: TestDatabase;
let deps: ApiDependencies;
let mails: string[] = [];
let tries: number[] = [];
let mailServerIsAway = false;
let now: number;
let installedAt: number;

beforeAll(async () => {
  test = await testDatabase();
  installedAt = Date.now();
  const mailer = {
    send: ({ text }: { text: string }) => {
      tries.push(now);
      if (mailServerIsAway) return Promise.reject(new Error('away'));
      mails.push(text);
      return Promise.resolve({ providerId: 'm' });
    },
  };
  const parts = {
    db: test.db,
    log: pino({ level: 'silent' }),
    now: () => now,
    settings: { reconcileEveryMs: 10 * MINUTE, publicUrl: 'http://heli.test' },
    alarmMail: { mailer, to: 'duty@heli.test' },
  };
  deps = parts as unknown as ApiDependencies;
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.db.alarm.deleteMany();
  await test.db.reconciliationRun.deleteMany();
  mails = [];
  tries = [];
  mailServerIsAway = false;
});

async function ran(depth: 'quick' | 'deep', at: number): Promise<void> {
  const id = `${depth}-${at}`;
  await beginRun(test.db, id, depth, at);
  await finishRun(test.db, id, { cases: 0, notices: 0 }, at);
}
const look = () => watch(deps, alarmMailing(deps));
const standing = () => openAlarms(test.db);

it('blames no fresh installation for a night it has not seen', async () => {
  now = installedAt + 48 * HOUR;
  await ran('quick', now);
  await look();
  expect(await standing()).toEqual([]);
  expect(await readHealth(deps, now)).toMatchObject({
    quick: { state: 'on-time' },
    deep: { state: 'on-time' },
  });
});

it('raises the alarm over nights without a deep run, however often the quick one runs', async () => {
  const night = installedAt;
  await ran('deep', night);
  now = night + 49 * HOUR;
  await ran('quick', now);
  await look();
  expect(await standing()).toEqual([]);
  now += 1;
  await look();
  const detail = { depth: 'deep', deepLastFinishedAt: new Date(night).toISOString() };
  expect(await standing()).toMatchObject([{ code: CODE, raisedAt: now, detail }]);
  await ran('quick', now);
  await look();
  expect(await standing()).toMatchObject([{ detail }]);
  await ran('deep', now);
  await look();
  expect(await standing()).toEqual([]);
  expect(mails).toHaveLength(1);
});

it('says which depths are late, and mails again only when one more is', async () => {
  const mail = alarmMailing(deps);
  const night = installedAt;
  await ran('quick', night);
  await ran('deep', night);
  now = night + HOUR;
  await watch(deps, mail);
  expect(await standing()).toMatchObject([{ detail: { depth: 'quick' } }]);
  expect(mails).toHaveLength(1);
  now = night + 50 * HOUR;
  await Promise.all([watch(deps, mail), watch(deps, mail)]);
  expect(await standing()).toMatchObject([{ code: CODE, detail: { depth: 'quick, deep' } }]);
  expect(mails).toHaveLength(2);
  await ran('quick', now);
  await watch(deps, mail);
  expect(await standing()).toMatchObject([{ detail: { depth: 'deep' } }]);
  await watch(deps, mail);
  expect(mails).toHaveLength(2);
});

it('asks a mail server that is away after growing pauses', async () => {
  const mail = alarmMailing(deps);
  mailServerIsAway = true;
  const begin = installedAt + HOUR;
  for (now = begin; now < begin + HOUR; now += 10_000) await watch(deps, mail);
  const seconds = tries.map((at) => (at - begin) / 1_000);
  expect(seconds).toEqual([0, 20, 60, 140, 300, 620, 1_260, 2_160, 3_060]);
  mailServerIsAway = false;
  now += 15 * MINUTE;
  await watch(deps, mail);
  expect(mails).toHaveLength(1);
  expect(mails[0]).toContain(CODE);
});
