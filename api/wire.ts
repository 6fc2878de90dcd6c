import { parseSeal, verifySeal } from '../activities/archive/volume/seal-signature.ts';
import { verifyVolume } from '../activities/archive/volume/verify-volume.ts';
import { applyReceipt } from '../activities/notices/apply-receipt.ts';
import { isConfirmationCode } from '../activities/notices/confirmation-code.ts';
import { paperPress } from '../activities/papers/print-paper.ts';
import { countAsPublished } from '../adapters/calendars/chinese-days.ts';
import type { KeyStore } from '../adapters/key-store/port.ts';
import { officeSealKeys } from '../adapters/key-store/seal-key.ts';
import { LocalKeyStore } from '../adapters/key-store/local-key-store.ts';
import { FileBlobStore } from '../adapters/object-store/file-blob-store.ts';
import { SealedObjectStore } from '../adapters/object-store/sealed-object-store.ts';
import { twilioReceiptReader } from '../adapters/sms/verify-status-callback.ts';
import { smtpMailer } from '../adapters/email/smtp-mailer.ts';
import { smtpOptions } from '../adapters/email/smtp-url.ts';
import type { Config } from '../config/config.ts';
import { policyBook } from '../config/policy-book.ts';
import { CaseCipher } from '../prisma/case-cipher.ts';
import { openDatabase } from '../prisma/database.ts';
import { IdempotentAnswers } from '../prisma/idempotency.ts';
import { noticeReceipts } from '../prisma/notice-receipts.ts';
import { paperFacts } from '../prisma/paper-facts.ts';
import { policyKeeper } from '../prisma/reminder-policies.ts';
import { wrappedKeys } from '../prisma/wrapped-keys.ts';
import { signalsByCase } from '../temporal/case-signals.ts';
import { connect } from '../temporal/client.ts';
import { answerCodecRequest } from '../temporal/codec/codec-endpoint.ts';
import { payloadCodec } from '../temporal/codec/payload-codec.ts';
import { recomputationControl } from '../temporal/recomputation.ts';
import { deliveries } from '../temporal/deliveries.ts';
import packageJson from '../package.json' with { type: 'json' };
import type { Logger } from 'pino';
import { publicKeyOf } from './auth/public-key.ts';
import { tokenVerifier } from './auth/verify-token.ts';
import type { ApiDependencies, VolumeVerdict } from './dependencies.ts';
import { temporalEngine } from './engine/temporal-engine.ts';
import { apiMetrics } from './metrics.ts';

const ACT_TIMEOUT_MS = 15_000;
const DEFAULT_VENUE = 'gm-centre';

export interface Wired {
  readonly deps: ApiDependencies;
  close(): Promise<void>;
}

/**
 * Everything the API works with, by the configuration.
 * @throws EngineUnreachable, ReminderPolicyError
 */
export async function wire(config: Config, log: Logger): Promise<Wired> {
  const db = openDatabase(config.database.url);
  const policies = policyBook(config.reminderPolicyFile, policyKeeper(db, log, Date.now));
  await policies.start();
  const keys = new LocalKeyStore({ masterKey: config.masterKey, storage: wrappedKeys(db) });
  const cipher = new CaseCipher(keys);
  const codec = payloadCodec(keys);
  const { namespace: main, rehearsalNamespace: rehearsal, address } = config.temporal;
  const engine = await connect({ address, keyStore: keys, namespaces: { main, rehearsal }, identity: 'api' });
  const { issuer, audience, embedded } = config.oidc;
  const looks = deliveries(engine.main, config.rates);
  const receipts = noticeReceipts(db, cipher);
  const signals = signalsByCase((caseNumber) => engine.clientFor(caseNumber));
  const deps: ApiDependencies = {
    settings: {
      publicUrl: config.api.publicUrl,
      demo: config.mode === 'demo',
      webUiUrl: config.temporal.uiUrl,
      uploadLimitBytes: config.api.uploadLimitBytes,
      actTimeoutMs: ACT_TIMEOUT_MS,
      defaultVenue: DEFAULT_VENUE,
      version: packageJson.version,
      reconcileEveryMs: config.reconciliation.everyMinutes * 60_000,
    },
    log,
    db,
    keys,
    cipher,
    engine: temporalEngine({ engine, codec, actTimeoutMs: ACT_TIMEOUT_MS }),
    recomputations: recomputationControl(engine.main),
    objects: new SealedObjectStore(new FileBlobStore({ root: config.objectsDir }), keys),
    answers: new IdempotentAnswers(db, keys),
    verifyToken: tokenVerifier({
      issuer,
      audience,
      defaultVenue: DEFAULT_VENUE,
      ...(embedded ? { keys: [publicKeyOf(embedded.signingKey)] } : {}),
    }),
    papers: paperPress(paperFacts(db, cipher)),
    verifyVolume: volumeChecker(keys),
    policies,
    noteReceipt: (receipt) =>
      applyReceipt({ receipts, deliveries: looks, signals }, receipt, receipt.reference, Date.now()),
    deliveries: looks,
    receipts: twilioReceiptReader({ publicUrl: config.api.publicUrl, authToken: config.twilio.authToken }),
    isConfirmationCode: (changeId, code) => isConfirmationCode(keys, changeId, code),
    codec: (operation, body) => answerCodecRequest(codec, operation, body),
    countAsPublished,
    metrics: apiMetrics(db),
    alarmMail: alarmMailOf(config),
    now: Date.now,
  };
  return {
    deps,
    close: async () => {
      policies.stop();
      await engine.close();
      await db.$disconnect();
    },
  };
}

function alarmMailOf({ smtp, alarmEmail }: Config): ApiDependencies['alarmMail'] {
  if (alarmEmail === undefined) return undefined;
  return { mailer: smtpMailer(smtpOptions(smtp.url, smtp.from)), to: alarmEmail };
}

/**
 * Checks a volume's bytes against their manifest, and the seal against the keys this office has ever sealed with.
 */
function volumeChecker(
  keys: Pick<KeyStore, 'keysOf'>,
): (bytes: Uint8Array, seal: unknown) => Promise<VolumeVerdict> {
  return async (bytes, sealJson) => {
    const verified = await verifyVolume(bytes);
    if (!verified.ok) {
      return { ok: false, problems: verified.problems.map((each) => ({ code: each.code, path: each.path })) };
    }
    const { manifest, manifestHash } = verified;
    const seal = parseSeal(sealJson);
    if (!seal) return { ok: false, manifestHash, problems: [{ code: 'seal-malformed' }] };
    const checks = (await officeSealKeys(keys)).map((key) =>
      verifySeal(seal, { manifest, manifestHash }, key),
    );
    if (checks.some(({ ok }) => ok)) return { ok: true, manifestHash, problems: [] };
    const refused = checks.flatMap((check) => (check.ok ? [] : [check.problem]));
    // With another office key the seal may be fine in itself; what is wrong with it under its own key says more.
    const code = refused.find((problem) => problem !== 'other-key') ?? 'other-key';
    return { ok: false, manifestHash, problems: [{ code }] };
  };
}
