import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError, type Environment, loadConfig } from './config.ts';
import { demoSecrets, secretsFile } from './secrets.ts';
import { REQUIRED_IN_PRODUCTION } from './variables.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'heli-config-'));
});
afterEach(() => rmSync(data, { recursive: true }));

const production = (): Record<string, string> => ({
  HELI_MODE: 'production',
  HELI_DATA: data,
  HELI_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  DATABASE_URL: 'postgresql://heli:pw@db.example.org/heli',
  HELI_PUBLIC_URL: 'https://heli.example.org/',
  OIDC_ISSUER: 'https://login.example.org',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+8610000000000',
  SMTP_URL: 'smtps://mail.example.org:465',
  MARRIAGE_REGISTER_URL: 'https://registers.example.org/marriage',
  HOUSEHOLD_REGISTER_URL: 'https://registers.example.org/household',
  HELI_REGISTER_TOKEN: 'register-token',
});

function refusal(env: Environment): ConfigError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('demo', () => {
  it('needs no variable but a data folder', () => {
    const config = loadConfig({ HELI_DATA: data });
    expect(config.api).toEqual({
      port: 8080,
      publicUrl: 'http://127.0.0.1:8080',
      uploadLimitBytes: 20_000_000,
    });
    expect(config.database.managed).toBe(true);
    expect(config.temporal).toMatchObject({ address: '127.0.0.1:7233', managed: true, uiPort: 8233 });
    expect(config.oidc.issuer).toBe('http://127.0.0.1:8080/oidc');
    expect(config.twilio.baseUrl).toBe('http://127.0.0.1:8090');
    expect(config.masterKey).toHaveLength(32);
  });

  it('makes its secrets once, for their owner only', () => {
    const first = loadConfig({ HELI_DATA: data });
    const second = loadConfig({ HELI_DATA: data, HELI_PORT: '9000' });
    expect(second.masterKey).toEqual(first.masterKey);
    expect(second.oidc.embedded).toEqual(first.oidc.embedded);
    expect(statSync(secretsFile(data)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(secretsFile(data), 'utf8'))).toEqual(demoSecrets(data));
  });

  it('takes an empty variable as not set', () => {
    expect(loadConfig({ HELI_DATA: data, HELI_PORT: '', DATABASE_URL: '' }).api.port).toBe(8080);
  });

  it('uses the services it is given instead of its own', () => {
    const config = loadConfig({
      HELI_DATA: data,
      DATABASE_URL: 'postgres://u:p@h/d',
      TEMPORAL_ADDRESS: 'temporal:7233',
      OIDC_ISSUER: 'https://login.example.org/',
    });
    expect(config.database).toMatchObject({ url: 'postgres://u:p@h/d', managed: false });
    expect(config.temporal).toMatchObject({ address: 'temporal:7233', managed: false });
    expect(config.oidc).toMatchObject({ issuer: 'https://login.example.org', embedded: undefined });
  });
});

describe('wrong values', () => {
  it.each([
    ['HELI_PORT', '80a', 'a port number'],
    ['HELI_PORT', '70000', 'a port number'],
    ['HELI_MODE', 'live', 'one of demo, production'],
    ['HELI_LOG_LEVEL', 'loud', 'one of trace, debug'],
    ['TEMPORAL_ADDRESS', 'http://host:7233', 'host:port'],
    ['HELI_DEMO_CASES', '-1', 'a number of cases'],
    ['TWILIO_ACCOUNT_SID', 'SK1', 'AC and 32'],
    ['OIDC_ISSUER', 'login', 'a URL such as'],
    ['HELI_TEMPORAL_RETENTION_DAYS', '0', 'a number of days'],
  ])('%s=%s is named with what is expected', (variable, value, expected) => {
    const error = refusal({ HELI_DATA: data, [variable]: value });
    expect(error.issues).toHaveLength(1);
    expect(error.message).toContain(`${variable} is "${value}"`);
    expect(error.message).toContain(expected);
  });

  it('lists every wrong variable at once', () => {
    const error = refusal({ HELI_DATA: data, HELI_PORT: 'x', TEMPORAL_UI_PORT: '0', SMTP_URL: 'http://h' });
    expect(error.issues.map(({ variable }) => variable).sort()).toEqual([
      'HELI_PORT',
      'SMTP_URL',
      'TEMPORAL_UI_PORT',
    ]);
  });

  it.each([
    ['HELI_MASTER_KEY', 'c2VjcmV0'],
    ['DATABASE_URL', 'mysql://u:s3cret@h/d'],
    ['SMTP_URL', 'mail://u:s3cret@h'],
  ])('%s is never shown', (variable, value) => {
    const { message } = refusal({ HELI_DATA: data, [variable]: value });
    expect(message).toContain(variable);
    expect(message).not.toContain(value);
    expect(message).not.toContain('s3cret');
  });
});

describe('production', () => {
  it('starts with values of its own and makes no secrets', () => {
    const config = loadConfig(production());
    expect(config.api.publicUrl).toBe('https://heli.example.org');
    expect(config.twilio.baseUrl).toBe('https://api.twilio.com');
    expect(config.oidc.embedded).toBeUndefined();
    expect(() => statSync(secretsFile(data))).toThrow('ENOENT');
  });

  it.each(REQUIRED_IN_PRODUCTION)('refuses to start without %s', (variable) => {
    expect(refusal({ ...production(), [variable]: undefined }).issues).toEqual([
      expect.objectContaining({ variable, problem: 'is not set' }),
    ]);
  });

  it('refuses the secrets of a demo district', () => {
    const demo = demoSecrets(data);
    const error = refusal({
      ...production(),
      HELI_MASTER_KEY: demo.masterKey,
      TWILIO_AUTH_TOKEN: demo.twilioAuthToken,
      DATABASE_URL: `postgresql://heli:${demo.postgresPassword}@127.0.0.1/heli`,
    });
    expect(error.issues.map(({ variable }) => variable)).toEqual([
      'HELI_MASTER_KEY',
      'TWILIO_AUTH_TOKEN',
      'DATABASE_URL',
    ]);
    expect(error.message).not.toContain(demo.masterKey);
  });
});
