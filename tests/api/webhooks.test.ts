import { beforeAll, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import type { AnswerBody } from './support/answers.ts';
import { acceptedCase, moveTo } from './support/accepted-case.ts';
import { API, config, get, post } from './support/client.ts';

let caseNumber: string;
let notice: string;

/** As the gateway sends it; `token` other than ours makes it a forgery. */
async function report(
  status: string,
  token = config.twilio.authToken,
  extra: Record<string, string> = {},
): Promise<number> {
  const path = `/api/v1/webhooks/sms-status?notice=${encodeURIComponent(notice)}`;
  const form = { MessageSid: 'SM0123456789abcdef0123456789abcdef', MessageStatus: status, ...extra };
  const signature = twilio.getExpectedTwilioSignature(token, config.api.publicUrl + path, form);
  const answer = await fetch(API + path, {
    method: 'POST',
    headers: { 'x-twilio-signature': signature },
    body: new URLSearchParams(form),
  });
  return answer.status;
}

async function shown(): Promise<AnswerBody['notices'][number]> {
  const { notices } = (await get('clerk', `/cases/${caseNumber}/notices`)).body;
  const found = notices.find(({ id }) => id === notice);
  if (!found) throw new Error('the notice is gone');
  return found;
}

beforeAll(async () => {
  const { caseNumber: accepted, accepted: reply } = await acceptedCase();
  caseNumber = accepted;
  await moveTo(caseNumber, `${reply.body.clock.coolingOffLastDay}T10:00:00+08:00`);
  const { notices } = (await get('clerk', `/cases/${caseNumber}/notices`)).body;
  notice = notices.find(({ kind }) => kind === 'cooling-off-ending')?.id ?? '';
});

describe('a delivery receipt', () => {
  it('without the signature of the gateway is refused', async () => {
    expect(await report('delivered', 'another-token')).toBe(403);
    const answer = await fetch(`${API}/api/v1/webhooks/sms-status?notice=x`, { method: 'POST' });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'SIGNATURE_INVALID' });
  });

  it('tells that the message arrived, once and for all', async () => {
    expect(await report('delivered')).toBe(204);
    const first = await shown();
    expect(first).toMatchObject({ state: 'delivered', deliveredAt: expect.any(String) });
    expect(await report('sent')).toBe(204);
    expect(await report('failed', undefined, { ErrorCode: '30003' })).toBe(204);
    expect(await report('delivered')).toBe(204);
    expect(await shown()).toEqual(first);
  });

  it('for a notice nobody knows is taken and forgotten', async () => {
    const known = notice;
    notice = 'unknown/notice';
    expect(await report('delivered')).toBe(204);
    notice = known;
  });
});

describe('the codec endpoint', () => {
  const payload = {
    metadata: { encoding: Buffer.from('json/plain').toString('base64') },
    data: Buffer.from('{"x":1}').toString('base64'),
  };
  const ask = (operation: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${API}/api/v1/codec/${operation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('seals and opens', async () => {
    const sealed = (await (await ask('encode', { payloads: [payload] })).json()) as {
      payloads: { data: string }[];
    };
    expect(sealed.payloads[0]?.data).not.toBe(payload.data);
    const opened = (await (await ask('decode', sealed)).json()) as { payloads: { data: string }[] };
    expect(opened.payloads[0]?.data).toBe(payload.data);
  });

  it('answers the origin of the engine’s console and no other', async () => {
    const origin = `http://127.0.0.1:${config.temporal.uiPort}`;
    const allowed = await ask('decode', { payloads: [] }, { origin });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    const other = await ask('decode', { payloads: [] }, { origin: 'https://evil.example' });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('refuses a token of the wrong role, and a body that is none', async () => {
    expect((await post('clerk', '/codec/decode', { payloads: [] })).body.code).toBe('ROLE_NOT_ALLOWED');
    expect((await post('supervisor', '/codec/decode', { payloads: 'x' })).status).toBe(422);
  });
});
