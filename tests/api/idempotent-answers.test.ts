import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { LocalKeyStore } from '../../adapters/key-store/local-key-store.ts';
import { openDatabase } from '../../prisma/database.ts';
import { IdempotentAnswers, TAKE_OVER_AFTER_MS } from '../../prisma/idempotency.ts';
import { wrappedKeys } from '../../prisma/wrapped-keys.ts';
import { config } from './support/client.ts';

const db = openDatabase(config.database.url, 2);
const answers = new IdempotentAnswers(
  db,
  new LocalKeyStore({ masterKey: config.masterKey, storage: wrappedKeys(db) }),
);
afterAll(() => db.$disconnect());

const request = () => ({ actor: 'demo-clerk', key: randomUUID(), requestHash: 'h' });
const now = new Date();
const after = (ms: number) => new Date(now.getTime() + ms);

describe('a key', () => {
  it('belongs to the request that came first', async () => {
    const keyed = request();
    expect(await answers.claim(keyed, now)).toEqual({ kind: 'claimed' });
    expect(await answers.claim(keyed, after(1_000))).toEqual({ kind: 'in-progress' });
    expect(await answers.claim({ ...keyed, requestHash: 'other' }, now)).toEqual({ kind: 'reused' });
  });

  it('of a process that died is taken over, by one only', async () => {
    const keyed = request();
    await answers.claim(keyed, now);
    const late = after(TAKE_OVER_AFTER_MS + 1_000);
    const claims = await Promise.all([answers.claim(keyed, late), answers.claim(keyed, late)]);
    expect(claims.map(({ kind }) => kind).sort()).toEqual(['claimed', 'in-progress']);
  });

  it('gives the kept answer, which is sealed in the table', async () => {
    const keyed = request();
    await answers.claim(keyed, now);
    const answer = { status: 201, headers: { location: '/x' }, body: '{"caseNumber":"GM01-2026-000001"}' };
    await answers.keep(keyed, answer);
    expect(await answers.claim(keyed, now)).toEqual({ kind: 'answered', answer });
    const { actor, key } = keyed;
    const row = await db.idempotentAnswer.findUniqueOrThrow({ where: { actor_key: { actor, key } } });
    expect(Buffer.from(row.sealedBody ?? []).toString('latin1')).not.toContain('GM01');
  });

  it('is free again when the request is given back, and its answer stands when it is not', async () => {
    const keyed = request();
    await answers.claim(keyed, now);
    await answers.giveBack(keyed);
    expect(await answers.claim(keyed, now)).toEqual({ kind: 'claimed' });
    await answers.keep(keyed, { status: 200, headers: {}, body: '{}' });
    await answers.giveBack(keyed);
    expect(await answers.claim(keyed, now)).toMatchObject({ kind: 'answered' });
  });
});
