import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { get, post } from './support/client.ts';
import { application } from './support/couples.ts';

const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

describe('an Idempotency-Key', () => {
  it('opens one case however often the request is sent', async () => {
    const [body, key] = [application(), randomUUID()];
    const first = await post('clerk', '/cases', body, keyed(key));
    const second = await post('clerk', '/cases', body, keyed(key));
    expect(first.status).toBe(201);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
  });

  it('does it once when the same request is sent many times at once', async () => {
    const [body, key] = [application(), randomUUID()];
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => post('clerk', '/cases', body, keyed(key))),
    );
    const made = new Set(
      replies.filter(({ status }) => status === 201).map((reply) => reply.body.caseNumber),
    );
    expect(made.size).toBe(1);
    for (const { status, body: answer } of replies) {
      if (status !== 201) expect(answer).toMatchObject({ status: 409, code: 'IDEMPOTENCY_IN_PROGRESS' });
    }
    expect((await get('clerk', `/cases?q=${body.parties[0].mobile}`)).body.items).toHaveLength(1);
  });

  it('is not good for another request', async () => {
    const key = randomUUID();
    await post('clerk', '/cases', application(), keyed(key));
    const reply = await post('clerk', '/cases', application(), keyed(key));
    expect(reply).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('may be used again after a request that was wrong', async () => {
    const [body, key] = [application(), randomUUID()];
    const wrong = { ...body, venueId: 'gm-nowhere' };
    expect((await post('clerk', '/cases', wrong, keyed(key))).status).toBe(422);
    expect((await post('clerk', '/cases', body, keyed(key))).status).toBe(201);
  });

  it('does an act once and repeats its refusal', async () => {
    const { caseNumber } = (await post('clerk', '/cases', application())).body as { caseNumber: string };
    const path = `/cases/${caseNumber}/acts/submit`;
    const key = randomUUID();
    const first = await post('clerk', path, {}, keyed(key));
    expect(first.body.stage).toBe('pre-check');
    expect((await post('clerk', path, {}, keyed(key))).body).toEqual(first.body);
    const refusal = randomUUID();
    const refused = await post('clerk', path, {}, keyed(refusal));
    expect(refused).toMatchObject({ status: 409, body: { code: 'ACT_NOT_ALLOWED' } });
    const again = await post('clerk', path, {}, keyed(refusal));
    expect(again).toMatchObject({ status: 409, body: refused.body });
    expect(again.headers.get('content-type')).toContain('application/problem+json');
    const steps = (await get('clerk', `/cases/${caseNumber}/timeline`)).body.entries;
    expect(steps.filter(({ kind }) => kind === 'submit')).toHaveLength(1);
  });
});
