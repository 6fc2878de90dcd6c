import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import proto from '@temporalio/proto';
import { addDays } from '../../domain/plain-date.ts';
import { openDatabase } from '../../prisma/database.ts';
import type { PartyLabel } from '../../domain/case/vocabulary.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { eventually } from '../support/cases/eventually.ts';
import { expectCase } from '../support/cases/expect-case.ts';
import { BOTH, FINAL_VISIT, untilAccepted } from '../support/cases/path.ts';

const { History } = proto.temporal.api.history.v1;
const { DescribeWorkflowExecutionResponse } = proto.temporal.api.workflowservice.v1;

let district: District;
let theCase: CaseDriver;
let secrets: readonly string[];
/** What was found in the case database while the case was open, and what it could be started again from. */
let midLife: { readonly tables: readonly string[]; readonly resumeState: string };

/** A life with a refused act, a message that fails, a correction, a new number and a reason in free text. */
beforeAll(async () => {
  district = await openDistrict();
  const mark = String(randomInt(100_000, 1_000_000));
  const email = `zhenming${mark}@example.test`;
  const policy = district.policies.inForce(dateAt(Date.now()));
  theCase = await CaseDriver.open(district, { changes: { a: { email } }, policy });
  const reason = `户口本丢失${mark}经过`;
  const newAddress = `改正后的虚构大道${mark}号`;
  const newMobile = `100${mark}77`;
  secrets = [...personalOf(theCase), email, reason, newAddress, newMobile];

  const clock = await untilAccepted(theCase);
  // The number is refused by the gateway, so that a failure is on record too.
  await district.simulators.setFault('twilio', { mode: 'reject-recipient', to: theCase.mobileOf('b') });
  await theCase.to(addDays(clock.coolingOffLastDay, -3), '09:01');
  await expectCase(theCase, { stage: 'cooling-off', last: 'attention-raised', attention: ['NOTICE_FAILED'] });
  await district.simulators.clearFaults();
  await theCase.act(
    'correct',
    { fields: ['parties.a.address', 'parties.a.mobile'], numbers: ['a'] },
    { sealed: await sealed({ parties: { a: { address: newAddress, mobile: `+86${newMobile}` } } }) },
  );
  // Its code goes to the new number, and to no other.
  await eventually(async () => {
    expect(await district.simulators.received({ to: newMobile, channel: 'sms' })).toHaveLength(1);
  }, 20_000);
  midLife = {
    tables: await tablesHolding(district.db, await tablesOf(district.db), secrets.flatMap(formsOf)),
    resumeState: JSON.stringify((await theCase.row()).resumeState),
  };
  await theCase.refusal('register', FINAL_VISIT);
  await theCase.to(clock.claimFirstWorkingDay, '10:00');
  await theCase.act('refuse-registration', { reason: 'NOT_VOLUNTARY' }, { sealed: await sealed({ reason }) });
  await theCase.act('register', FINAL_VISIT);
  await expectCase(theCase, { stage: 'archived', last: 'archive' });
}, 120_000);
afterAll(() => district.close());

async function sealed(value: unknown): Promise<string> {
  const bytes = await district.cipher.seal(theCase.caseNumber, 'case_step.sealed', value);
  return Buffer.from(bytes).toString('base64');
}

function personalOf({ application }: CaseDriver): string[] {
  const { parties, marriage, agreement } = application;
  return [
    ...parties.flatMap(({ name, idNumber, mobile, address }) => [name, idNumber, mobile, address ?? '']),
    marriage.certificateNumber,
    String(agreement.children),
    String(agreement.property),
  ];
}

/** A text as it may stand in a store: plain, as JSON escapes it, in base64 of any alignment, or in hexadecimal. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const escaped = json.replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const base64 = [0, 1, 2].map((offset) => {
    const whole = bytes.subarray((3 - offset) % 3);
    return whole.subarray(0, whole.length - (whole.length % 3)).toString('base64');
  });
  const hex = [secret, escaped].map((text) => Buffer.from(text).toString('hex'));
  return [...new Set([secret, json, escaped, ...hex, ...base64])].filter((form) => form.length >= 6);
}

/** In a binary column base64 could only be that of the sealed text an act carries; the history's check covers it. */
function isBase64Of(secret: string, form: string): boolean {
  return form !== secret && /^[A-Za-z0-9+/]+$/.test(form) && !/^[0-9a-f]+$/.test(form);
}

function expectClean(where: string, content: string | Uint8Array): void {
  const bytes = Buffer.from(content);
  const found = secrets.flatMap((secret) => formsOf(secret).filter((form) => bytes.includes(form)));
  expect({ where, found }).toEqual({ where, found: [] });
}

it('finds each secret in a store that does hold it', () => {
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThanOrEqual(6);
    const stores = [secret, JSON.stringify({ secret }), Buffer.from(secret).toString('hex')];
    for (const pad of ['', 'x', 'xy']) stores.push(Buffer.from(`${pad}${secret}`).toString('base64'));
    for (const store of stores) expect(() => expectClean('store', store)).toThrow();
  }
});

it('is not in the histories, ids, search attributes or memo, as the engine holds them', async () => {
  const { workflowService } = district.client;
  const { namespace } = district.client.options;
  const execution = { workflowId: theCase.workflowId };
  const history = await district.client.workflow.getHandle(theCase.workflowId).fetchHistory();
  expect(history.events?.length ?? 0).toBeGreaterThan(30);
  const raw = History.encode(History.fromObject(history)).finish();
  expect(Buffer.from(raw).includes(theCase.caseNumber)).toBe(true);
  expectClean('history', raw);
  const described = await workflowService.describeWorkflowExecution({ namespace, execution });
  expectClean('description', DescribeWorkflowExecutionResponse.encode(described).finish());
});

it('is not in the database of the engine: activities of their own, failures, queues, visibility', async () => {
  for (const name of ['temporal', 'temporal_visibility']) {
    const engineDb = databaseBeside(name);
    try {
      const tables = await tablesOf(engineDb);
      // That the search finds what is there: the case's number stands in both.
      expect(await tablesHolding(engineDb, tables, formsOf(theCase.caseNumber))).not.toEqual([]);
      const forms = secrets.flatMap((secret) => formsOf(secret).filter((form) => !isBase64Of(secret, form)));
      expect(await tablesHolding(engineDb, tables, forms)).toEqual([]);
    } finally {
      await engineDb.$disconnect();
    }
  }
}, 60_000);

it('is not in the logs of any process', () => {
  const folder = join(district.config.dataDir, 'logs');
  const files = readdirSync(folder).filter((name) => !name.startsWith('simulators'));
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const file of files) expectClean(file, readFileSync(join(folder, file)));
});

it('is not in any column of the case database that is not sealed', async () => {
  const tables = await tablesOf(district.db);
  expect(tables).toEqual(
    expect.arrayContaining(['case_record', 'party', 'case_step', 'notice', 'audit_entry']),
  );
  expect(await tablesHolding(district.db, tables, [theCase.caseNumber])).toContain('case_record');
  expect(await tablesHolding(district.db, tables, secrets.flatMap(formsOf))).toEqual([]);
  expect(midLife.tables).toEqual([]);
}, 60_000);

it('is not in what a case is started again from, what proves its notices, nor what reconciliations found', async () => {
  const { db } = district;
  const { caseNumber } = theCase;
  expect(midLife.resumeState).toContain(caseNumber);
  expectClean('resume state', midLife.resumeState);
  const attempts = await db.noticeAttempt.findMany({ where: { notice: { caseNumber } } });
  expect(attempts.length).toBeGreaterThan(2);
  const numbers = await db.numberChange.findMany({ where: { caseNumber } });
  expect(numbers).toHaveLength(1);
  const [runs, findings, alarms] = await Promise.all([
    db.reconciliationRun.findMany(),
    db.reconciliationFinding.findMany(),
    db.alarm.findMany(),
  ]);
  expect(runs.length).toBeGreaterThan(0);
  const rows = { attempts, numbers, runs, findings, alarms };
  for (const [table, all] of Object.entries(rows)) {
    expectClean(
      table,
      JSON.stringify(all, (_, value: unknown) => (value instanceof Uint8Array ? null : value)),
    );
    for (const row of all) {
      const bytes = Object.values(row).filter((value) => value instanceof Uint8Array);
      for (const sealedBytes of bytes) expectClean(table, sealedBytes);
    }
  }
});

it('is found nowhere because it is sealed, not because it is not there', async () => {
  const { db, cipher } = district;
  const parties = await db.party.findMany({ where: { caseNumber: theCase.caseNumber } });
  expect(parties).toHaveLength(BOTH.length);
  for (const { label, sealed: bytes } of parties) {
    const opened = await cipher.open<{ name: string }>(theCase.caseNumber, `party.${label}`, bytes);
    expect(opened.name).toBe(
      theCase.application.parties[(['a', 'b'] as PartyLabel[]).indexOf(label as PartyLabel)]?.name,
    );
  }
});

type Rows = Pick<District['db'], '$queryRawUnsafe' | '$disconnect'>;

async function tablesOf(db: Rows): Promise<string[]> {
  const found = await db.$queryRawUnsafe<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  return found.map(({ name }) => name);
}

/** Tables with a row that holds one of the texts; binary columns are searched as PostgreSQL shows them, in hexadecimal. */
async function tablesHolding(
  db: Rows,
  tables: readonly string[],
  texts: readonly string[],
): Promise<string[]> {
  const patterns = texts.map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  const found: string[] = [];
  for (const table of tables) {
    const [row] = await db.$queryRawUnsafe<{ held: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM "${table}" t WHERE t::text LIKE ANY ($1)) AS held`,
      patterns,
    );
    if (row?.held) found.push(table);
  }
  return found;
}

/** The engine keeps its databases on the same server. */
function databaseBeside(name: string): District['db'] {
  const url = new URL(district.config.database.url);
  url.pathname = `/${name}`;
  return openDatabase(url.href, 1);
}
