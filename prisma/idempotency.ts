import { open, seal } from '../adapters/key-store/envelope.ts';
import type { KeyStore } from '../adapters/key-store/port.ts';
import type { Database } from './database.ts';

/** Who sends what under which key. */
export interface KeyedRequest {
  readonly actor: string;
  readonly key: string;
  /** SHA-256 over method, path and body. */
  readonly requestHash: string;
}

export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Claim =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  | { readonly kind: 'in-progress' }
  | { readonly kind: 'reused' };

/** A request that has not answered after this long is taken for lost with its process: another may take over. */
export const TAKE_OVER_AFTER_MS = 60_000;
/** How long an answer is kept. */
export const KEEP_ANSWERS_MS = 7 * 86_400_000;

/** Answers to requests that carry an Idempotency-Key, so that one sent twice is answered twice and done once. */
export class IdempotentAnswers {
  private readonly db: Database;
  private readonly keys: Pick<KeyStore, 'currentKey' | 'dataKey'>;

  constructor(db: Database, keys: Pick<KeyStore, 'currentKey' | 'dataKey'>) {
    this.db = db;
    this.keys = keys;
  }

  async claim({ actor, key, requestHash }: KeyedRequest, now: Date): Promise<Claim> {
    const made = await this.db.idempotentAnswer.createMany({
      data: [{ actor, key, requestHash, at: now }],
      skipDuplicates: true,
    });
    if (made.count === 1) return { kind: 'claimed' };
    const row = await this.db.idempotentAnswer.findUnique({ where: { actor_key: { actor, key } } });
    // Given back between the two statements: the caller may try again at once.
    if (!row) return { kind: 'in-progress' };
    if (row.requestHash !== requestHash) return { kind: 'reused' };
    if (row.status !== null && row.sealedBody !== null) {
      const headers = (row.headers ?? {}) as Record<string, string>;
      return {
        kind: 'answered',
        answer: { status: row.status, headers, body: await this.opened(actor, key, row.sealedBody) },
      };
    }
    const { count } = await this.db.idempotentAnswer.updateMany({
      where: {
        actor,
        key,
        status: null,
        at: { equals: row.at, lt: new Date(now.getTime() - TAKE_OVER_AFTER_MS) },
      },
      data: { at: now },
    });
    return { kind: count === 1 ? 'claimed' : 'in-progress' };
  }

  async keep({ actor, key }: KeyedRequest, answer: KeptAnswer): Promise<void> {
    await this.db.idempotentAnswer.updateMany({
      where: { actor, key, status: null },
      data: {
        status: answer.status,
        headers: answer.headers,
        sealedBody: await this.sealed(actor, key, answer.body),
      },
    });
  }

  /** Nothing was done, or nobody knows what: the key may be used again. */
  async giveBack({ actor, key }: KeyedRequest): Promise<void> {
    await this.db.idempotentAnswer.deleteMany({ where: { actor, key, status: null } });
  }

  async forgetBefore(instant: Date): Promise<number> {
    return (await this.db.idempotentAnswer.deleteMany({ where: { at: { lt: instant } } })).count;
  }

  /** Layout: length of the key id, key id, envelope. */
  private async sealed(actor: string, key: string, body: string): Promise<Uint8Array<ArrayBuffer>> {
    const current = await this.keys.currentKey('payload');
    const keyId = Buffer.from(current.keyId);
    return new Uint8Array(
      Buffer.concat([Buffer.of(keyId.length), keyId, seal(current.key, body, aad(actor, key))]),
    );
  }

  private async opened(actor: string, key: string, sealed: Uint8Array): Promise<string> {
    const bytes = Buffer.from(sealed);
    const end = 1 + (bytes[0] ?? 0);
    const keyId = bytes.subarray(1, end).toString();
    const house = await this.keys.dataKey(keyId);
    if (!house) throw new Error(`the key store has no key ${keyId}`);
    return open(house, bytes.subarray(end), aad(actor, key)).toString('utf8');
  }
}

function aad(actor: string, key: string): string {
  return `idempotent_answer|${actor}|${key}`;
}
