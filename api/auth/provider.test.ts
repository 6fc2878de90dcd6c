import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { ROLES } from '../../domain/case/vocabulary.ts';
import { embeddedProvider } from './embedded-provider.ts';
import { publicKeyOf } from './public-key.ts';
import { type TokenVerifier, tokenVerifier } from './verify-token.ts';

const signingKey = {
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  kid: 'k1',
  alg: 'ES256',
  use: 'sig',
};
let server: Server;
let base: string;
let verify: TokenVerifier;

beforeAll(async () => {
  const app = express();
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${base}/oidc`;
  const provider = embeddedProvider({
    issuer,
    audience: 'heli-api',
    clientSecret: 'secret',
    cookieKey: 'cookie',
    signingKey,
    venueIds: ['gm-centre', 'gm-gongming'],
  });
  app.use('/oidc', provider.callback());
  verify = tokenVerifier({
    issuer,
    audience: 'heli-api',
    defaultVenue: 'gm-centre',
    keys: [publicKeyOf(signingKey)],
  });
});
afterAll(() => {
  server.close();
});

async function tokenFor(role: string, body = '', secret = 'secret'): Promise<Response> {
  return fetch(`${base}/oidc/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`demo-${role}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: `grant_type=client_credentials${body}`,
  });
}

describe('the embedded provider', () => {
  it.each(ROLES)('gives %s a token the API accepts', async (role) => {
    const answer = await tokenFor(role);
    const { access_token: token } = (await answer.json()) as { access_token: string };
    await expect(verify(`Bearer ${token}`)).resolves.toEqual({
      sub: `demo-${role}`,
      role,
      venue: 'gm-centre',
      venues: ['*'],
    });
  });

  it('lets a demo user work at another venue', async () => {
    const answer = await tokenFor('clerk', '&venue=gm-gongming');
    const { access_token: token } = (await answer.json()) as { access_token: string };
    await expect(verify(`Bearer ${token}`)).resolves.toMatchObject({ venue: 'gm-gongming' });
  });

  it('refuses a wrong secret', async () => {
    expect((await tokenFor('clerk', '', 'guess')).status).toBe(401);
  });
});

describe('the verifier', () => {
  it.each([
    [undefined, 'TOKEN_MISSING'],
    ['Basic abc', 'TOKEN_INVALID'],
    ['Bearer a.b.c', 'TOKEN_INVALID'],
  ])('answers %s with %s', async (header, code) => {
    await expect(verify(header)).rejects.toMatchObject({ code, status: 401 });
  });

  it('refuses a token for another audience', async () => {
    const { access_token: token } = (await (await tokenFor('clerk')).json()) as { access_token: string };
    const other = tokenVerifier({
      issuer: `${base}/oidc`,
      audience: 'another',
      defaultVenue: 'x',
      keys: [publicKeyOf(signingKey)],
    });
    await expect(other(`Bearer ${token}`)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('finds the keys of an outside issuer by discovery', async () => {
    const { access_token: token } = (await (await tokenFor('auditor')).json()) as { access_token: string };
    const remote = tokenVerifier({ issuer: `${base}/oidc`, audience: 'heli-api', defaultVenue: 'x' });
    await expect(remote(`Bearer ${token}`)).resolves.toMatchObject({ role: 'auditor' });
  });
});
