import { paperPress } from '../activities/papers/print-paper.ts';
import { countAsPublished } from '../adapters/calendars/chinese-days.ts';
import { LocalKeyStore } from '../adapters/key-store/local-key-store.ts';
import { FileBlobStore } from '../adapters/object-store/file-blob-store.ts';
import { SealedObjectStore } from '../adapters/object-store/sealed-object-store.ts';
import { twilioReceiptReader } from '../adapters/sms/verify-status-callback.ts';
import type { Config } from '../config/config.ts';
import { CaseCipher } from '../prisma/case-cipher.ts';
import { openDatabase } from '../prisma/database.ts';
import { IdempotentAnswers } from '../prisma/idempotency.ts';
import { paperFacts } from '../prisma/paper-facts.ts';
import { wrappedKeys } from '../prisma/wrapped-keys.ts';
import { connect } from '../temporal/client.ts';
import { answerCodecRequest } from '../temporal/codec/codec-endpoint.ts';
import { payloadCodec } from '../temporal/codec/payload-codec.ts';
import type { Logger } from 'pino';
import { volumeChecker } from './archive/check-volume.ts';
import { publicKeyOf } from './auth/public-key.ts';
import { tokenVerifier } from './auth/verify-token.ts';
import type { ApiDependencies } from './dependencies.ts';
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
 * @throws EngineUnreachable
 */
export async function wire(config: Config, log: Logger): Promise<Wired> {
  const db = openDatabase(config.database.url);
  const keys = new LocalKeyStore({ masterKey: config.masterKey, storage: wrappedKeys(db) });
  const cipher = new CaseCipher(keys);
  const codec = payloadCodec(keys);
  const { namespace: main, rehearsalNamespace: rehearsal, address, uiPort } = config.temporal;
  const engine = await connect({ address, keyStore: keys, namespaces: { main, rehearsal }, identity: 'api' });
  const { issuer, audience, embedded } = config.oidc;
  const deps: ApiDependencies = {
    settings: {
      publicUrl: config.api.publicUrl,
      demo: config.mode === 'demo',
      webUiUrl: `http://127.0.0.1:${uiPort}`,
      uploadLimitBytes: config.api.uploadLimitBytes,
      actTimeoutMs: ACT_TIMEOUT_MS,
      defaultVenue: DEFAULT_VENUE,
      version: '0.1.0',
    },
    log,
    db,
    keys,
    cipher,
    engine: temporalEngine({ engine, codec, actTimeoutMs: ACT_TIMEOUT_MS }),
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
    receipts: twilioReceiptReader({ publicUrl: config.api.publicUrl, authToken: config.twilio.authToken }),
    codec: (operation, body) => answerCodecRequest(codec, operation, body),
    countAsPublished,
    metrics: apiMetrics(db),
    now: Date.now,
  };
  return {
    deps,
    close: async () => {
      await engine.close();
      await db.$disconnect();
    },
  };
}
