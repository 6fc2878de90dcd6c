import { type Logger, pino } from 'pino';
import { smtpMailer } from '../adapters/email/smtp-mailer.ts';
import { smtpOptions } from '../adapters/email/smtp-url.ts';
import { LocalKeyStore } from '../adapters/key-store/local-key-store.ts';
import type { KeyStore } from '../adapters/key-store/port.ts';
import { FileBlobStore } from '../adapters/object-store/file-blob-store.ts';
import type { ObjectStore } from '../adapters/object-store/port.ts';
import { SealedObjectStore } from '../adapters/object-store/sealed-object-store.ts';
import { httpHouseholdRegister, httpMarriageRegister } from '../adapters/registers/http-registers.ts';
import { twilioGateway } from '../adapters/sms/twilio-gateway.ts';
import type { Mailer, SmsGateway } from '../activities/notices/port.ts';
import type { HouseholdRegister, MarriageRegister } from '../activities/registers/port.ts';
import type { Config } from '../config/config.ts';
import { type PolicyBook, policyBook } from '../config/policy-book.ts';
import { CaseCipher } from '../prisma/case-cipher.ts';
import { type Database, openDatabase } from '../prisma/database.ts';
import { policyKeeper } from '../prisma/reminder-policies.ts';
import { wrappedKeys } from '../prisma/wrapped-keys.ts';

/** Everything outside the process that activities touch, behind its ports. */
export interface Outside {
  readonly config: Config;
  readonly db: Database;
  readonly keys: KeyStore;
  readonly cipher: CaseCipher;
  readonly objects: ObjectStore;
  readonly sms: SmsGateway;
  readonly mailer: Mailer;
  readonly marriages: MarriageRegister;
  readonly households: HouseholdRegister;
  /** What cases are reminded of; `start` puts the versions on record and begins to watch the file. */
  readonly policies: PolicyBook;
}

/**
 * Connects nothing yet: every adapter connects on first use.
 * @throws ReminderPolicyError
 */
export function outsideOf(config: Config, log: Logger = pino({ level: 'silent' })): Outside {
  const db = openDatabase(config.database.url);
  const keys = new LocalKeyStore({
    masterKey: config.masterKey,
    storage: wrappedKeys(db),
    cacheCapacity: 2_000,
  });
  const { accountSid, authToken, from, baseUrl } = config.twilio;
  const register = { accessToken: config.registers.accessToken, timeoutMs: 10_000 };
  return {
    config,
    db,
    keys,
    cipher: new CaseCipher(keys),
    objects: new SealedObjectStore(new FileBlobStore({ root: config.objectsDir }), keys),
    sms: twilioGateway({ accountSid, authToken, from, baseUrl, publicUrl: config.api.publicUrl }),
    mailer: smtpMailer(smtpOptions(config.smtp.url, config.smtp.from)),
    marriages: httpMarriageRegister({ ...register, baseUrl: config.registers.marriageUrl }),
    households: httpHouseholdRegister({ ...register, baseUrl: config.registers.householdUrl }),
    policies: policyBook(config.reminderPolicyFile, policyKeeper(db, log, Date.now)),
  };
}
