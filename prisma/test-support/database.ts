import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { LocalKeyStore } from '../../adapters/key-store/local-key-store.ts';
import type { KeyStore } from '../../adapters/key-store/port.ts';
import type { Application } from '../../domain/application/application.ts';
import { plainDate } from '../../domain/plain-date.ts';
import { type EpochMs, instantAt } from '../../domain/zoned-time.ts';
import { applyMigrations } from '../../scripts/lib/migrate.ts';
import { system } from '../../tests/support/system.ts';
import { CaseCipher } from '../case-cipher.ts';
import { type Database, openDatabase } from '../database.ts';
import { writeNewCase } from '../open-case.ts';
import { seedVenues } from '../venues.ts';
import { wrappedKeys } from '../wrapped-keys.ts';

/** A database of its own on the running PostgreSQL server, migrated and with the district's venues. */
export interface TestDatabase {
  readonly db: Database;
  readonly keys: KeyStore;
  readonly cipher: CaseCipher;
  /** As the server's own superuser, past the rules that bind the application. */
  readonly superuser: pg.Client;
  /** Milliseconds the key store's clock is moved ahead, so that no cached key hides what the table says. */
  forgetKeys(): void;
  drop(): Promise<void>;
}

/** @throws when neither HELI_TEST_DATABASE_URL is set nor a system runs */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env['HELI_TEST_DATABASE_URL'] ?? system().databaseUrl;
  const name = `heli_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  await applyMigrations(url);
  const db = openDatabase(url);
  await seedVenues(db);
  let ahead = 0;
  const keys = new LocalKeyStore({
    masterKey: randomBytes(32),
    storage: wrappedKeys(db),
    now: () => Date.now() + ahead,
  });
  const superuser = new pg.Client({ connectionString: url });
  await superuser.connect();
  return {
    db,
    keys,
    cipher: new CaseCipher(keys),
    superuser,
    forgetKeys: () => (ahead += 3_600_000),
    drop: async () => {
      await superuser.end();
      await db.$disconnect();
      await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export const at = (date: string, time = '10:00'): EpochMs => instantAt(plainDate(date), time);
export const OPENED = at('2026-10-28', '09:00');

/** Synthetic couple: identity numbers of the unassigned region 440399. */
export function application(changes: Partial<Application> = {}): Application {
  return {
    channel: 'online',
    locale: 'zh-Hans',
    venueId: 'gm-centre',
    parties: [
      {
        name: '欧阳试',
        idType: 'mainland-id',
        idNumber: '440399199003070014',
        mobile: '10012345678',
        email: 'a@heli.example',
      },
      {
        name: '样本',
        idType: 'mainland-id',
        idNumber: '440399199205080026',
        mobile: '10087654321',
        address: '样品花园12栋',
      },
    ],
    marriage: { certificateNumber: 'J440311-2015-001234', registeredOn: '2015-05-20', office: '测试登记处' },
    agreement: { voluntary: true, children: true, property: true, debts: true },
    minorChildren: [],
    ...changes,
  };
}

let openings = 0;
/** A new case of the couple; answers its number. */
export async function openedCase(
  { db, keys, cipher }: TestDatabase,
  changes: Partial<Application> = {},
  realm: 'live' | 'rehearsal' = 'live',
): Promise<string> {
  openings += 1;
  const { caseNumber } = await writeNewCase(db, keys, cipher, {
    application: application(changes),
    realm,
    actor: 'staff-1',
    role: 'clerk',
    actId: `opening-${openings}`,
    now: OPENED,
  });
  return caseNumber;
}
